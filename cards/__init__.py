"""Cards as values, the words on them, and one encoder per platform."""
