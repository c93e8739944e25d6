"""Values inside a command as people write them: dates, spans, numbers, quantities, requests, objects."""
