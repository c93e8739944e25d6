"""What a sentence may want for a while or of the rules: leave, freezes, silence, and what the rules would say."""

import re
from collections.abc import Iterator
from dataclasses import replace

from handlers.inbound.speech.heard import Heard
from handlers.inbound.speech.items import items_of
from handlers.inbound.speech.wishes.changes import changes_in
from handlers.inbound.speech.wishes.periods import period_of
from handlers.inbound.speech.wishes.reads import shows_exceptions
from handlers.inbound.speech.wishes.spelling import REASON_HOLE, Wanted, reason_of
from handlers.language import Delegate, Freeze, ShowBudget, ShowLeaves, ShowRules, ShowShadow, TryRules, Unfreeze
from handlers.language.commands.exceptions import MuteException
from handlers.language.speech.days import period_in

_BACK = re.compile(r"回来|返嚟|销假|提前回|取消|不请|i'?m back|back at")
_UNTIL = re.compile(r"(?:冻|锁|停|封|别动|不动|不许动)[^，。]{0,6}[到至]|\b(?:until|till|through)\b")
"""With a last day alone it begins today."""
_TRIED = re.compile(r"试算|试一?[试下]|先算|模拟|走几级|触发|\bdry[ -]?run|\btry\b|哪[条些个]规则|经过谁|要谁批|谁批")
_NUMBERED = re.compile(r"ex[-_ ]?([0-9]{1,6})")


def leaves(heard: Heard) -> Iterator[Wanted]:
    others = [person.name for person in heard.people if person != heard.ask.person]
    name = others[-1] if others else ""
    if _BACK.search(heard.spoken):
        yield Delegate(cancel=True)
    if period := period_of(heard):
        yield Delegate(name, *period)
    elif re.search(r"[下上]午|今|今晚|一阵|afternoon|morning", heard.spoken):
        yield Delegate(name, heard.today, heard.today)
    elif name:
        yield f"代理 {name} <起>~<止>"
    yield ShowLeaves()


def freezes(heard: Heard) -> Iterator[Wanted]:
    scopes = [department.name for department in heard.departments] or items_of(heard, or_this=False)
    for scope in scopes or ["<部门>"]:
        if period := period_of(heard):
            if _UNTIL.search(heard.spoken) and period[0] == period[1]:
                period = (heard.today, period[1])
            yield Freeze(scope, *period, reason=heard.part("reason", 0.0))
        else:
            yield f"冻结 {scope} <起>~<止>"


def unfreezes(heard: Heard) -> Iterator[Wanted]:
    windows = heard.turn.uow.fences.enforced()
    scopes = {*(department.id for department in heard.departments), *heard.codes}
    named = bool(scopes) or items_of(heard, or_this=False)
    fitting = [window for window in windows if scopes & {*window.fence.scope.departments, *window.fence.scope.products}]
    yield from (Unfreeze(window.number) for window in (fitting if named else windows)[:2])
    yield "冻结 查看"


def shows_rules(heard: Heard) -> Iterator[Wanted]:
    """Which of them a change would meet, where one is spoken of; else all of them."""
    if heard.lengths or heard.amounts or (heard.days and _TRIED.search(heard.spoken)):
        yield from (TryRules(replace(one, reason="")) for one in changes_in(heard)[:2])
    yield ShowRules()


def shows_shadow(heard: Heard) -> Iterator[Wanted]:
    yield ShowShadow()


def mutes(heard: Heard) -> Iterator[Wanted]:
    """By its number, by the item it is about; else its number is asked for, and what there is stands beside."""
    said = [int(one[1]) for one in _NUMBERED.finditer(heard.spoken)]
    items = items_of(heard, or_this=False)
    numbers = said or [one.number for one in heard.turn.uow.exceptions.open_ones() if one.key.item in items][:2]
    days = heard.lengths[0].days if heard.lengths else None
    if days is None and (period := period_in(heard.spoken, heard.days, heard.today)):
        days = max(1, heard.turn.calendar.between(heard.today, period[1]))
    yield from (MuteException(number, days, reason_of(heard)) for number in numbers)
    if not numbers:
        yield f"静音 <异常号>{f' {days}天' if days else ''} 因为 {REASON_HOLE}"
        yield from shows_exceptions(heard)


def shows_budget(heard: Heard) -> Iterator[Wanted]:
    yield ShowBudget()
