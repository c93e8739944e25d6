"""What people may do: one verb a file."""
