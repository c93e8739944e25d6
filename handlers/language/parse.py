"""The entrance: what someone typed in a group, as a command or as a refusal that says what to type instead."""

import re
from datetime import date

from handlers.language.clean import BOT, cleaned, folded, without_mentions
from handlers.language.commands import Command, Help
from handlers.language.nearest import nearest
from handlers.language.understand import understand
from handlers.language.verbs import verb_of
from planning.refusal import Refused

_SHOWN = 40
_MOST_SHOWN = 5


def parse(text: str, today: date, bot: str = BOT) -> Command:
    """The command in a group message. `today` is the local date; `bot` the name people mention the bot by.

    Raises `planning.refusal.Refused` for anything that is not exactly one command in a form we are sure of: nothing
    is guessed and then done. An empty message asks for help.
    """
    asked = without_mentions(cleaned(text), bot)
    if not any(c.isalnum() for c in asked):
        return Help()
    _refuse_two(asked)
    command = understand(asked, today)
    if command is None:
        raise Refused("not-understood", found=_short(asked), nearest=nearest(asked, today))
    return command


def _refuse_two(text: str) -> None:
    """Several commands in one message would be several changes with one reason: one at a time."""
    commands = [part for part in _parts(text) if part]
    if len(commands) > 1:
        shown = "、".join(f"「{_short(command)}」" for command in commands[:_MOST_SHOWN])
        raise Refused("two-commands", count=len(commands), commands=shown)


def _parts(text: str) -> list[str]:
    """The pieces that are commands: the first, and later lines or clauses that could stand alone."""
    return [piece.strip() for piece in re.split(r"[\n;；。]", text) if _stands_alone(piece)]


def _stands_alone(piece: str) -> bool:
    """A command's name with nothing, a code or a number after it. `取消展会` in a reason is no second command."""
    verb = verb_of(folded(piece))
    if verb is None:
        return False
    rest = piece[verb[2] :].strip()
    return not rest or any(c.isdigit() for c in rest) or piece.lstrip().startswith(("/", "／"))


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…"
