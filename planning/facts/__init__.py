"""What happened, as people report it, and what that makes of the plan."""
