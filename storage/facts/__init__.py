"""What was reported and counted, and what follows from it."""
