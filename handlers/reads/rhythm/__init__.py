"""The daily rhythm: the digest on demand, and issues."""
