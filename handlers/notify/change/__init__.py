"""Notices and cards of change requests: conflicts, escalations, freezes, what else is under way."""
