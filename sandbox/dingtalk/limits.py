"""The platform's figures. Tests shorten the times; the defaults are the documented ones."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    redelivery_seconds: float = 60.0
    """An unacknowledged EVENT or CALLBACK is delivered again after this (rule D2: seen after 16 to 60 s)."""
    deliveries: int = 5
    """Most deliveries of one frame."""
    click_seconds: float = 2.0
    """A card callback must be answered within this (rule D9)."""
    ping_seconds: float = 60.0
    """SYSTEM ping period; a connection that does not echo within one period is dropped."""
    drain_seconds: float = 10.0
    """From SYSTEM disconnect to the closed socket (rule D3)."""
    ticket_seconds: float = 90.0
    token_seconds: int = 7200
    session_webhook_seconds: int = 5400
    connections: int = 50
    qps: int = 20
    """Calls per second, app and API (rule D10)."""
    monthly_calls: int = 5000
    """API calls per calendar month of the whole organisation (rule D10)."""
    key_bytes: int = 100
    value_bytes: int = 1024
    """One card parameter (rule D7; longer ones may pass on the real platform)."""
    message_bytes: int = 15_000
    image_bytes: int = 1_000_000
    """One uploaded picture (the older of two documents; the newer says 20 MB)."""
    bad_token_status: int = 401
    """HTTP status for a token that is wrong or expired (unconfirmed: some APIs say 400)."""
