"""Whose issues and agreements are whose, and what they are about."""
