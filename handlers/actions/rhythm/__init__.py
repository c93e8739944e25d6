"""What people say to each other beside the plan: issues."""
