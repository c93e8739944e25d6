"""Cards about people and settings: deputies, the directory, what an admin confirms."""
