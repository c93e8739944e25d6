"""People, departments and roles, and who acts for whom."""
