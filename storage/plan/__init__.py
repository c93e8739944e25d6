"""The plan: items and links, their history, revisions and baselines."""
