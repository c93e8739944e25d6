"""What somebody says, in a state of the plan, and what it leads to."""
