"""Who is told, and what a card shows."""
