"""The platform's figures. Tests shorten the times; the defaults are the documented ones."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    callback_seconds: float = 5.0
    """One attempt of the app's callback (rule W3)."""
    callback_attempts: int = 3
    echo_seconds: float = 1.0
    """The address check (rule W2)."""
    click_seconds: float = 5.0
    """An aibot event must be answered within this, once (rule W7)."""
    token_seconds: int = 7200
    response_code_hours: int = 72
    reply_hours: int = 24
    """How long a message's req_id takes replies (rule W9)."""
    stream_minutes: int = 6
    recall_hours: int = 24
    subscribe_seconds: float = 10.0
    """From the open socket to aibot_subscribe."""
    idle_seconds: float = 90.0
    """Without any frame for this long (pings are due every 30 s) the connection is dropped."""
    ack_seconds: float = 0.005
    """Seconds that a reply is in flight: a second one for the same req_id before its ack is refused with 6000."""
    subscriptions_per_minute: int = 20
    per_minute: int = 30
    """App: messages to one member; aibot: messages into one conversation (rules W6, W10)."""
    per_hour: int = 1000
    daily_person_times: int = 10_000
    """App: account limit x 200 (rule W6)."""
    calls_per_minute: int = 10_000
    markdown_bytes: int = 20_480
    text_bytes: int = 2048
    image_bytes: int = 10 * 1024 * 1024
    least_bytes: int = 5
    """No uploaded file has fewer."""
    chunk_bytes: int = 512 * 1024
    chunks: int = 100
    uploads_per_minute: int = 30
    """Aibot: begun uploads."""
    uploads_per_hour: int = 1000
