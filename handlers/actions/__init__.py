"""Actions that people may take: one verb a file."""
