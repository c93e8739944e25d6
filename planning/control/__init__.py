"""Fences, rules, authority and shadow mode: the limits of a change, and the people asked about it."""
