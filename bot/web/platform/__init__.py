"""What every route stands on: access, problems, paging, limits, documentation."""
