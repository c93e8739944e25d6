"""Parts that every platform shares."""
