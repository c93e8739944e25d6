"""A change request: its steps, votes, deadlines and conflicts."""
