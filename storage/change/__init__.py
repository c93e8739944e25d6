"""Change requests, their conflicts, ladders and showings."""
