"""Change requests: who is waited for, who knows, what they do to the plan."""
