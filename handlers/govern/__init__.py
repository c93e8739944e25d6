"""What the rules say of a request."""
