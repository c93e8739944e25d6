"""What a sentence names is what its suggestions are about: no other item, no other request, and nothing beside them."""

from typing import Any

from handlers.inbound.speech.heard import Heard
from handlers.inbound.speech.requests import whole_numbers
from handlers.language import THIS, Command, Delegate
from handlers.language.commands.records import KeepRecord
from handlers.language.commands.reporting import CorrectReport

_OF_THE_SPEAKER = (CorrectReport, Delegate, KeepRecord)
"""What they report last, that they are away, or what they have agreed on, in all of their words."""
_FIELDS = ("change_no", "item", "words", "scope", "place", "department")


def is_about_what_was_named(heard: Heard, command: Command, is_first: bool) -> bool:
    """Check whether a command is about one of the items or requests that were named; true where none was. `is_first`:
    the likeliest, which may ask something of all that there is (`007和012是不是打架`)."""
    requests, codes = set(whole_numbers(heard)), set(map(_bare, heard.codes))
    if not (requests or codes) or isinstance(command, _OF_THE_SPEAKER):
        return True
    if not _abouts(command):
        act = heard.turn.commands.act_of(command)
        return is_first and act is not None and not act.writes
    return any(_is_named(heard, about, requests, codes) for about in _abouts(command)) and not (
        {about for about in _abouts(command) if about.startswith("CR-")} - (requests or _of_items(heard, codes))
    )


def _is_named(heard: Heard, about: str, requests: set[str], codes: set[str]) -> bool:
    if about == THIS:
        return not requests
    if about.startswith("CR-"):
        return about in (requests or _of_items(heard, codes))
    if any(about == department.name for department in heard.departments):
        return True
    return _bare(about) in codes | {_bare(item) for no in requests for item in _items(heard, no)}


def _abouts(command: Command) -> list[str]:
    """The request and the item that a command is about, however its fields are called."""
    inner = getattr(command, "inner", None)
    said = [str(getattr(command, field, "")) for field in _FIELDS]
    return [*filter(None, said), *(_abouts(inner) if isinstance(inner, Command) else ())]


def _of_items(heard: Heard, codes: set[str]) -> set[str]:
    """The requests that change these items."""
    changes: Any = (*heard.turn.uow.changes.open_ones(), *heard.turn.uow.changes.newest_first(20))
    return {one.no for one in changes if codes & {_bare(operation.item) for operation in one.operations}}


def _items(heard: Heard, no: str) -> set[str]:
    change = heard.turn.uow.changes.get(no)
    return {operation.item for operation in change.operations} if change else set()


def _bare(code: str) -> str:
    return "".join(c for c in code.upper() if c.isalnum())
