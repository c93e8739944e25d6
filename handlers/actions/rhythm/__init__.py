"""What people say to each other beside the plan: issues, and what they agreed on."""
