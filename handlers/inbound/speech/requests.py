"""Change requests that somebody speaks of: by number or its last digits, by item or proposer, or what waits."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from handlers.inbound.speech.heard import Heard
from handlers.inbound.speech.items import alike
from handlers.language import THIS
from handlers.language.values.numbers import chinese
from planning.change.approval import still_theirs
from planning.change.change import Change
from planning.plan.operation import Op, Operation

_NUMBER = re.compile(r"CR-\d{8}-\d{3,}")
_RECENT = 50
_SOMEBODYS = re.compile(
    r"(?:改|提|弄|动|搞|交|发|申请)(?:交|出)?的(?:那|这)?|\b(?:made|moved|changed|proposed|submitted) by\b"
)
"""Before it stands the name of who proposed it."""
_THAT_ONE = re.compile(
    r"(?:推|延|晚|迟|提前|早|改|加|减|到|号|天|周|的)\S{0,4}[那这](?:一)?[张个条单笔份]|\bthe one (?:that|with)\b"
)
"""Before it stands what it changes."""
_OFFERED = 3


def requests_of(heard: Heard, *, mine: bool = False, asked: bool = False, in_effect: bool = False) -> list[str]:
    """Numbers of the requests that may be meant, likeliest first; 本单 where nothing says which. Of those
    that wait for the speaker's word each by its number: nobody decides on what is not shown.

    `mine`: proposed by the speaker; `asked`: waiting for the speaker's word; `in_effect`: already so.
    """
    changes = heard.turn.uow.changes
    if in_effect:
        known = [change for change in changes.newest_first(_RECENT) if change.state.is_in_effect]
    else:
        known = changes.open_ones()[::-1]
    if heard.changes:
        return [_whole(heard, short, known) for short in heard.changes]
    if quoted := _NUMBER.search(heard.ask.quoted):
        return [quoted[0]]
    theirs = [change for change in known if _is_theirs(heard, change, mine, asked)]
    if _SOMEBODYS.search(heard.spoken) and (names := {person.id for person in heard.people} - {heard.ask.person.id}):
        return [change.no for change in theirs or known if names & set(change.proposers)][:2]
    about = list(_about(heard, theirs or known))
    if about:
        return [change.no for change in about[:2]]
    if asked or mine or len(theirs) == 1:
        return [change.no for change in theirs[:_OFFERED]]
    return [THIS]


def whole_numbers(heard: Heard) -> list[str]:
    """Those that were named, each in full."""
    known = heard.turn.uow.changes.open_ones()[::-1] if heard.changes else []
    return [_whole(heard, short, known) for short in heard.changes]


def _whole(heard: Heard, short: str, known: list[Change]) -> str:
    """The request with these last digits: an open one, else today's of this number."""
    if short.startswith("CR-"):
        return short
    number = int(short) if short.isascii() else chinese(short) or 0
    ending = f"-{number:03d}"
    today = f"CR-{heard.today:%Y%m%d}{ending}"
    return next((change.no for change in known if change.no.endswith(ending)), today)


def _is_theirs(heard: Heard, change: Change, mine: bool, asked: bool) -> bool:
    if mine:
        return heard.ask.person.id in change.proposers
    if asked:
        return change.state.is_deciding and bool(still_theirs(change, heard.ask.person.id, heard.turn.deputies()))
    return True


def _about(heard: Heard, known: list[Change]) -> Iterator[Change]:
    """Those that are what was said of them, then those that change an item spoken of, then those of a person named."""
    if _THAT_ONE.search(heard.spoken):
        yield from (change for change in known if any(_is_as_said(heard, one) for one in change.operations))
    items = set(heard.codes)
    if not items and (words := heard.part("item", 0.3)):
        items = set(alike(heard, words))
    names = {person.id for person in heard.people}
    for change in known:
        if items & {operation.item for operation in change.operations}:
            yield change
    yield from (change for change in known if names & set(change.proposers))


def _is_as_said(heard: Heard, operation: Operation) -> bool:
    """`推3天那张`, `改到8号的那个`: the request that is that change."""
    match operation.to:
        case date():
            return any(operation.to in day.choices for day in heard.days)
        case int() if operation.op is Op.SHIFT:
            return any(abs(operation.to) == length.days for length in heard.lengths)
        case Decimal():
            return any(abs(operation.to) == amount.amount for amount in heard.amounts)
    return False
