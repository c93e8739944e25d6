"""What people type, and what it means. It is Thursday, 26 November 2026."""

from datetime import date

from handlers.inbound.commands import COMMANDS
from handlers.language import Command, parse
from planning.refusal import Refusal, Refused

TODAY = date(2026, 11, 26)


def asked(text: str, today: date = TODAY) -> Command:
    return parse(text, today, COMMANDS.vocabulary)


def refusal(text: str, today: date = TODAY) -> Refusal:
    """The refusal of text that must not be understood."""
    try:
        understood = asked(text, today)
    except Refused as refused:
        return refused.refusal
    raise AssertionError(f"{text!r} was taken for {understood!r}")
