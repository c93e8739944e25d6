"""What kinds of timers there are."""

EXPIRY = "expiry"
"""A change request's deadline; the subject is its number."""
DIGEST = "digest"
"""A conversation's morning; the subject is the conversation."""
