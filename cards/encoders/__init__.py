"""A card in each platform's own format."""
