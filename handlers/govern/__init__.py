"""Rules applied to a request: its class, its fences, the proposer's authority."""
