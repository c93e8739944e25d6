"""Dates and quantities: what a change moves."""
