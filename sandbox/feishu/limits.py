"""The platform's figures. Tests shorten the times; the defaults are the documented ones where there are any."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Limits:
    answer_seconds: float = 3.0
    """An event or a click must be answered within this."""
    redelivery_seconds: tuple[float, ...] = (15.0, 300.0, 3600.0, 21600.0)
    """Pauses before an unanswered event comes again; a click never does."""
    ping_seconds: int = 120
    """What the server tells clients to keep; one that is silent for two of them is dropped (unconfirmed)."""
    connections: int = 50
    frame_bytes: int = 0
    """Longer payloads are cut into several frames; 0: never (where the platform cuts is unconfirmed)."""
    token_life: timedelta = timedelta(hours=2)
    token_kept: timedelta = timedelta(minutes=30)
    """A token with at least this left is given out again."""
    bad_token_status: int = 400
    """HTTP status of a refusal (unconfirmed: the code is what counts)."""
    card_bytes: int = 30_000
    text_bytes: int = 150_000
    uuid_characters: int = 50
    uuid_life: timedelta = timedelta(hours=1)
    repeat_refused: bool = False
    """A send with a uuid that was used: refused, or answered as the first one was (unconfirmed)."""
    patch_age: timedelta = timedelta(days=14)
    patches_per_second: int = 5
    """Of one message."""
    calls_per_second: int = 50
    """Of one API (unconfirmed)."""
    click_token_life: timedelta = timedelta(minutes=30)
    click_token_uses: int = 2
