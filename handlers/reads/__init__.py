"""What people may ask: answers, and nothing is written."""
