"""Notices and cards of what has happened: goods, readiness, sources, exceptions."""
