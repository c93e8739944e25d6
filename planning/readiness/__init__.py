"""齐套: whether everything is there before an order starts, each piece given once."""
