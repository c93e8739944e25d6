"""The digest, and cards of issues."""
