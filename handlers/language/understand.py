"""From a command as typed to its value: one reader per verb."""

from collections.abc import Callable, Mapping
from datetime import date

from handlers.language import decisions, reads
from handlers.language.commands import Command
from handlers.language.typed import Typed
from handlers.language.what_if import what_if
from handlers.language.writes import WRITES

READERS: Mapping[str, Callable[[Typed], Command]] = {
    **WRITES,
    "impact": what_if,
    "plan": reads.query_plan,
    "todo": reads.todo,
    "why": reads.why,
    "digest": reads.digest,
    "help": reads.ask_help,
    "approve": decisions.approve,
    "reject": decisions.reject,
    "withdraw": decisions.withdraw,
    "acks": decisions.acks,
}


def understand(text: str, today: date) -> Command | None:
    """One command in cleaned text; None when it starts with no command.

    Raises `planning.refusal.Refused` where the command is known and its arguments are not.
    """
    typed = Typed.of(text, today)
    return READERS[typed.spec.english](typed) if typed else None
