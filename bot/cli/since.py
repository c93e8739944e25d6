"""`--since`: from which day or moment on."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from bot.cli.failed import WRONG_USAGE, Failed
from handlers.turn import Environment

Since = Annotated[str, typer.Option(metavar="DATE", help="从哪天或哪一刻起 | from which day or moment on")]


def moment_of(text: str, environment: Environment) -> datetime | None:
    """A day begins, and a moment without a zone is, in the plan's time zone. None: not given. Raises Failed."""
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=environment.zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise Failed(environment.words("audit.bad-since", found=text), WRONG_USAGE) from None
