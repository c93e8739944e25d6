"""Questions that people may ask: answers, and nothing is written."""
