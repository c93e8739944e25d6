"""Rules and settings: listed and tried, and what shadow mode would have done."""
