"""Who is let in to the pages and the API."""
