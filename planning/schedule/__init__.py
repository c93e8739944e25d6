"""Scheduling: the dates and quantities a change moves."""
