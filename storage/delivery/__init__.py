"""What comes in and what goes out: events, messages, cards, and how much of it."""
