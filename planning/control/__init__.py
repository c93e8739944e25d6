"""Fences, rules, authority and shadow mode: what is allowed, and who is asked."""
