"""Foundation of every route: access, problems, paging, limits, documentation."""
