"""The check card between two processes: the key that opens the door, and what is told of a card."""

import hmac
from hashlib import sha256

from pydantic import BaseModel

from bot.logs import secrets_of
from bot.settings import Settings
from planning.control.settings_request import Standing

PATH = "/doctor/cards"
_OF_WHAT = b"tongpan: the check card of doctor"


class State(BaseModel):
    """How far a check card has come."""

    number: int
    standing: Standing
    department: str
    conversation: str
    is_shown: bool
    """The platform took it."""
    pressed_by: str
    lost: str
    """Why it is not sent any more; empty: it is, or will be."""
    trouble: str
    """What is wrong with the way to it; empty: nothing."""


def key_of(settings: Settings) -> str:
    """The key that whoever has the platforms' secrets can make, and nobody else; empty where no platform is set up, so
    that nothing can be sent."""
    known = sorted(secret for _, section in settings.set_up() for secret in secrets_of(section))
    return hmac.new("\n".join(known).encode(), _OF_WHAT, sha256).hexdigest() if any(known) else ""
