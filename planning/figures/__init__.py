"""Coordination figures: how fast, how honestly and how steadily plans are kept together (docs/figures.md)."""
