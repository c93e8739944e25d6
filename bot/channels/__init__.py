"""Platforms: each one folder, on one contract."""
