"""Who is who, and who acts for whom."""
