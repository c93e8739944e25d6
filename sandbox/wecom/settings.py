"""Registrations of the simulated corporation: one self-built app, one aibot."""

import hashlib
from dataclasses import dataclass, field

from sandbox.world import Person


@dataclass(slots=True)
class App:
    """A self-built app. `callback_url` may be set once the product is up; without it no card can be pressed."""

    agent_id: int
    secret: str = field(repr=False)
    token: str = field(default="", repr=False)
    aes_key: str = field(default="", repr=False)
    callback_url: str | None = None


@dataclass(slots=True)
class Bot:
    """An aibot. With a `callback_url` it is in callback mode (needs token and aes_key), otherwise on a websocket."""

    bot_id: str
    secret: str = field(default="", repr=False)
    name: str = "通盘"
    token: str = field(default="", repr=False)
    aes_key: str = field(default="", repr=False)
    callback_url: str | None = None


def user_id(person: Person) -> str:
    """What a frame calls a person: the userid of an employee, an encrypted id for anybody else (rule W14)."""
    if person.corp == "home" and person.wecom:
        return person.wecom
    return f"wo{hashlib.sha256(f'{person.corp}:{person.id}'.encode()).hexdigest()[:30]}"
