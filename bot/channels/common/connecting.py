"""What `run.py init` asks an operator for, to connect one way to a platform."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from string import ascii_letters, digits


def made_token() -> str:
    return secrets.token_hex(16)


def made_aes_key() -> str:
    """43 letters and digits that decode to 32 bytes."""
    return "".join(secrets.choice(ascii_letters + digits) for _ in range(42)) + secrets.choice("AEIMQUYcgkosw048")


@dataclass(frozen=True, slots=True)
class Asked:
    """One value. `key`: where it stands in the platform's section (`app.secret`); `word`: the key of what is asked;
    `variable`: of a secret, the name under which the environment holds it."""

    key: str
    word: str
    variable: str = ""
    optional: bool = False
    makes: Callable[[], str] | None = None
    """Makes one where nothing is typed, which the platform's console is to be told."""


@dataclass(frozen=True, slots=True)
class Connection:
    """`section`: the settings that it makes, as a path of keys (`wecom.app`); `word`: the key of what it is."""

    section: str
    word: str
    asks: tuple[Asked, ...]
