"""Decisions that a sentence may mean."""

import re
from collections.abc import Iterator

from handlers.inbound.speech.heard import Heard
from handlers.inbound.speech.requests import requests_of
from handlers.inbound.speech.wishes.against import says_no
from handlers.inbound.speech.wishes.spelling import Wanted, reason_of
from handlers.language import Acks, Approve, Extend, Modify, Pending, Reject, Transfer
from planning.change.approval import still_theirs

_HANGS_ON = re.compile(
    r"(?:不过|但是?|只是|就是)[^。]{0,4}(?:得|要|先|等|必须)|前提|除非|只要[^。]{1,20}就|如果|要是"
    r"|\b(?:as long as|provided|unless|only if|once)\b"
)
"""A yes that hangs on something is none."""
_DECIDING = re.compile(r"同意|[批签审]|点头|拍板|approv|sign")


def approves(heard: Heard) -> Iterator[Wanted]:
    if says_no(heard):
        return  # whoever says no is never offered a yes
    if not _HANGS_ON.search(heard.spoken):
        yield from (Approve(no) for no in requests_of(heard, asked=True))
    yield from _who_decides(heard)


def rejects(heard: Heard) -> Iterator[Wanted]:
    yield from (Reject(no, reason_of(heard)) for no in requests_of(heard, asked=True))
    yield from _who_decides(heard)


def sends_back(heard: Heard) -> Iterator[Wanted]:
    wish = reason_of(heard) or _wish(heard)
    yield from (Modify(no, wish) for no in requests_of(heard, asked=True))
    yield from _who_decides(heard)


def _who_decides(heard: Heard) -> Iterator[Wanted]:
    """To somebody who is not asked: who is."""
    deputies = heard.turn.deputies()
    named = [heard.turn.uow.changes.get(no) for no in (requests_of(heard, asked=True) if heard.changes else ())]
    others = [change for change in named if change and not still_theirs(change, heard.ask.person.id, deputies)]
    yield from (Acks(change.no) for change in others)
    if not heard.changes and _DECIDING.search(heard.spoken) and not requests_of(heard, asked=True):
        yield Pending()


def _wish(heard: Heard) -> str:
    """What to propose instead, as said: all of it but the request's number."""
    last = max((span.end for span in heard.taken if span in heard.taken[: len(heard.changes)]), default=0)
    return heard.said[last:].strip(" ,，。.:：号单张")


def transfers(heard: Heard) -> Iterator[Wanted]:
    for no in requests_of(heard, asked=True):
        people = [person.name for person in heard.people if person != heard.ask.person]
        yield from (Transfer(no, name) for name in people or [heard.called or "<姓名>"])


def extends(heard: Heard) -> Iterator[Wanted]:
    yield from _extensions(heard)
    yield from _who_decides(heard)


def _extensions(heard: Heard) -> Iterator[Wanted]:
    days = heard.lengths[-1].days if heard.lengths else 0
    if not days and heard.days:
        until = heard.days[-1].choices[0]
        days = max(1, heard.turn.calendar.between(heard.today, until))
    return (Extend(no, days or 1) for no in requests_of(heard, asked=True))
