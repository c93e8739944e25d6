"""Requests replayed through the whole product with waiting times as people have them: `python -m tests.simulation`."""
