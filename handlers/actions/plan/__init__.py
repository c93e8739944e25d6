"""The plan as a whole: brought in from tables, and given a name as it stands."""
