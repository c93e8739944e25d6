"""The language model that may be asked what free words mean, where one is set up."""
