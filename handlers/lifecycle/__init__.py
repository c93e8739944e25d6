"""What becomes of a request afterwards."""
