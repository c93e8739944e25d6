"""What a sentence may want of requests that are there: seen, put right, taken back, hurried, explained."""

import re
from collections.abc import Iterator

from handlers.inbound.speech.heard import Heard
from handlers.inbound.speech.items import items_of
from handlers.inbound.speech.requests import requests_of
from handlers.inbound.speech.wishes.changes import changes_of
from handlers.inbound.speech.wishes.spelling import Wanted, spelt
from handlers.language import THIS, Acks, EffectOf, Remind, Revise, Undo, Withdraw
from handlers.language.commands.following import RemindSupply

_ABOUT_ONE = re.compile(
    r"影响|牵扯|波及|动到|连累|(?:分别)?(?:是|都是|讲|说)(?:个)?(?:啥|什么|么子|哪些)|什么(?:单|内容|情况)|详情"
    r"|\b(?:what (?:is|are|does)|what.s|affects?)\b"
)


def shown_of(heard: Heard) -> list[str]:
    """What requests that are named would do, where that is asked."""
    if not heard.changes or not _ABOUT_ONE.search(heard.spoken):
        return []
    return [spelt(heard, EffectOf(no)) for no in requests_of(heard)]


def revises(heard: Heard) -> Iterator[Wanted]:
    for no in requests_of(heard, mine=True) or [THIS]:
        for inner in changes_of(heard, _item_of(heard, no)):
            yield Revise(no, inner)


def _item_of(heard: Heard, no: str) -> str:
    if heard.codes:
        return heard.codes[0]
    change = heard.turn.uow.changes.get(no)
    return change.operations[0].item if change else THIS


def withdraws(heard: Heard) -> Iterator[Wanted]:
    return (Withdraw(no) for no in requests_of(heard, mine=True) or [THIS])


def undoes(heard: Heard) -> Iterator[Wanted]:
    return (Undo(no) for no in requests_of(heard, in_effect=True))


def reminds(heard: Heard) -> Iterator[Wanted]:
    """Of the requests that may be meant the speaker's own first."""
    supplies = [RemindSupply(code) for code in items_of(heard, or_this=False)[:2] if "-" in code]
    wanted = [Remind(no) for no in requests_of(heard, mine=True) or requests_of(heard)]
    both = [*supplies, *wanted] if supplies and not heard.changes else [*wanted, *supplies]
    yield from (one for one in both)


def shows_acks(heard: Heard) -> Iterator[Wanted]:
    return (Acks(no) for no in requests_of(heard))


def shows_effect(heard: Heard) -> Iterator[Wanted]:
    yield from (EffectOf(no) for no in requests_of(heard))


def explains(heard: Heard) -> Iterator[Wanted]:
    for no in heard.changes and requests_of(heard):
        if item := _item_of(heard, no).replace(THIS, ""):
            yield f"为什么 {item}"
        yield EffectOf(no)
    for item in items_of(heard, or_this=False, as_said=True):
        yield f"为什么 {item}"
    yield from (f"为什么 {department.name}" for department in heard.departments)
    yield "为什么"
