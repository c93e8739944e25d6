"""Commands by family: the words of each, and what is read of them."""
