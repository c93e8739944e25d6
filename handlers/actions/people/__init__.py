"""People and groups: who is in, with which roles, who stands in for whom, and how they open the pages."""
