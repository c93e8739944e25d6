"""Single lines of a card."""
