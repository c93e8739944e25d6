"""The rhythm between departments: issues with an owner and a clock, agreements that are confirmed."""
