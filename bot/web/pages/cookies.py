"""Cookies of the pages: the session, and the sign by which a browser is known again while it logs in."""

from collections.abc import Mapping

from starlette.responses import Response

from handlers.turn import Environment
from planning.people.web_access import IDLE

SESSION, LOGIN, AWAY = "tongpan_session", "tongpan_login", "tongpan_away"
PATIENCE = 600
"""Seconds between the page that a link opens and its button, and of the way to a platform and back."""


def _name(environment: Environment, name: str) -> str:
    """With this prefix no other host and no unencrypted answer can set it."""
    return f"__Host-{name}" if _is_safe(environment) else name


def _is_safe(environment: Environment) -> bool:
    return environment.pages_at.startswith("https://")


def read(environment: Environment, cookies: Mapping[str, str], name: str) -> str:
    return cookies.get(_name(environment, name), "")


def keep(environment: Environment, answer: Response, name: str, value: str) -> None:
    """`Lax`: a link in a chat opens the page logged in, and a form of somebody else's site does not."""
    seconds = int(IDLE.total_seconds()) if name == SESSION else PATIENCE
    answer.set_cookie(
        _name(environment, name), value, max_age=seconds, path="/", secure=_is_safe(environment), httponly=True,
        samesite="lax",
    )  # fmt: skip


def drop(environment: Environment, answer: Response, name: str) -> None:
    answer.delete_cookie(
        _name(environment, name), path="/", secure=_is_safe(environment), httponly=True, samesite="lax"
    )
