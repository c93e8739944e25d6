"""What is asked back before anything is offered: a day that is none, how many, of what."""

import re
from collections.abc import Mapping
from dataclasses import replace

from cards.question import holes
from handlers.inbound.questions import possible, sample
from handlers.inbound.speech.amend import FRESH
from handlers.inbound.speech.heard import Heard
from handlers.inbound.speech.items import HOLE, items_of
from handlers.inbound.speech.offers import handed_on
from handlers.inbound.speech.wishes.changes import gone
from handlers.language import (
    ChangeQuantity,
    Move,
    Revise,
)
from handlers.language.speech.days import a_few_days_in, direction_of, later_than_now_in, no_day_in, vague_amount_in
from handlers.language.values.approximate import APPROXIMATE, either
from planning.plan.item import Item
from planning.plan.link import LagKind
from planning.refusal import Refused

_PUT_OFF = re.compile("[这那个就先再都]*(?:放一?放|缓一?缓|拖一?拖|往后[放拖推]一?[放拖推]?)[着吧了再说啊嘛先]*[。.]?")
_SHIFTED = re.compile(
    r"[再就先还得要能不可以想帮我麻烦请给推迟后延期顺提前早往缓晚移挪赶拖吧嘛啊了呢吗行好么个\s，,。.!！?？~]*"
    r"|(?:(?:please|pls|can|could|we|it|by|push|delay|move|postpone|later|earlier|sooner)\b|[\s+?.!])*"
)
"""Words of a shift, of which nothing says what it is of."""


def asked_back(heard: Heard) -> Refused | None:
    """A day that there is not, or that has passed, and a number that is none."""
    item, spell = next(iter(items_of(heard, or_this=False)), ""), heard.turn.vocabulary.spell
    if no_day := no_day_in(heard.spoken, heard.today):
        return Refused("no-such-date", offers=[f"改期 {item} <日期>"] if item else [], found=no_day)
    if item and (passed := gone(heard)):
        return Refused("day-gone", offers=[f"改期 {item} <日期>"], found=passed)
    later, days = later_than_now_in(heard.spoken, heard.today)
    if item and later:
        offers = [spell(Move(item, to=day)) for day in days]
        return Refused("day-vague", offers=[*offers, f"改期 {item} <日期>"], found=later)
    vague, amounts = vague_amount_in(heard.spoken)
    if item and vague and not heard.amounts:
        wanted = (ChangeQuantity(item, one.amount * (one.sign or 1), relative=bool(one.sign)) for one in amounts)
        return Refused("amount-vague", offers=[*map(spell, wanted), f"改数量 {item} <数量>"], found=vague)
    if item in _items(heard) and _PUT_OFF.fullmatch(heard.spoken):
        return Refused("day-vague", offers=[f"改期 {item} <日期>"], found=heard.said)
    if bare := _bare_shift(heard):
        return bare
    few, direction = a_few_days_in(heard.spoken)
    if few and not heard.days:
        return _how_many_days(heard, few, "推迟" if direction > 0 else "提前")
    return None


def _items(heard: Heard) -> Mapping[str, Item]:
    return heard.turn.plan().items if heard.turn.uow.plans.exists() else {}


def _bare_shift(heard: Heard) -> Refused | None:
    """`推迟3天`, and nothing else: of what was just previewed, of one's own request, or of what is still to be said."""
    turn, ask = heard.turn, heard.ask
    if len(heard.lengths) != 1 or heard.codes or heard.changes or heard.ask.quoted:
        return None
    length = heard.lengths[0]
    around = f"{heard.spoken[: length.start]} {heard.spoken[length.end :]}"
    sign = direction_of(heard.spoken, length)
    if not sign or not _SHIFTED.fullmatch(around):
        return None
    unit = LagKind.CALENDAR if length.in_weeks else LagKind.WORKING
    shift = Move(HOLE, shift=sign * length.days, unit=unit)
    draft = turn.uow.changes.newest_draft(ask.person.id, ask.conversation, turn.now - FRESH)
    said = [replace(shift, item=draft.operations[0].item)] if draft else []
    own = [one for one in turn.uow.changes.open_ones() if one.proposer == ask.person.id and len(one.operations) == 1]
    revised = [Revise(one.no, replace(shift, item=one.operations[0].item)) for one in own[-1:] if not said]
    form = turn.vocabulary.spell(shift)
    return Refused("object-missing", offers=[*map(turn.vocabulary.spell, [*said, *revised]), form], example=form)


def of_theirs(heard: Heard, asked: Refused | None) -> Refused | None:
    """What is asked back, for whom the speaker may have to ask to propose it."""
    if asked is None:
        return None
    offers = [_or_handed_on(heard, offer) for offer in asked.refusal.offers]
    return Refused(asked.refusal.code, offers=offers, **asked.refusal.facts)


def _or_handed_on(heard: Heard, offer: str) -> str:
    whole = sample(offer) if holes(offer) else offer
    handed = "" if possible(heard.turn, heard.ask, whole) else handed_on(heard, whole)
    return handed.removesuffix(whole) + offer if handed else offer


def _how_many_days(heard: Heard, few: str, way: str) -> Refused:
    """Ask how many days, of the item that is spoken of; which one as well, where that may be any."""
    turn, ask = heard.turn, heard.ask
    items = [code for code in items_of(heard, or_this=False) if code in _items(heard)]
    if not items and (draft := turn.uow.changes.newest_draft(ask.person.id, ask.conversation, turn.now - FRESH)):
        items = [operation.item for operation in draft.operations[:1]]
    about = re.search(rf"{APPROXIMATE}", few)
    counts = either(about[0]) if about else either("几")
    unit = few[about.end() :] if about else "天"
    if not items:
        form = f"改期 {HOLE} {way}{about[0] if about else '几'}{unit}"
        return Refused("object-missing", offers=[form], example=form)
    form = f"改期 {items[0]} {way} <天数>"
    offers = [form.replace("<天数>", f"{count}{unit}") for count in counts]
    return Refused("shift-vague", offers=[*offers, form], found=few, example=form)
