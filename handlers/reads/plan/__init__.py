"""The plan as it stands: items, columns, bars, figures, and what moved it."""
