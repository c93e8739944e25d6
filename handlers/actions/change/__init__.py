"""Proposing a change, and what becomes of it: decided, revised, withdrawn, undone."""
