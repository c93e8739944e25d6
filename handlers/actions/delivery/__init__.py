"""What an operator does about delivery: proof of the way to a department, and messages that were given up."""
