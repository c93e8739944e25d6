"""WeCom: the intelligent robot, and the application."""
