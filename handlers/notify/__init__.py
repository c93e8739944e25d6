"""Notices and cards: who is told, and what a card shows."""
