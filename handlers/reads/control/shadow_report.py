"""影子: what shadow mode would have refused and asked, counted from the audit trail."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from cards.lines.governed import approver_name, blockers
from cards.markdown import body
from handlers.language import ShowShadow
from handlers.turn import Ask, Turn
from planning.control.shading import Observation, Outcome
from planning.control.shadow import DEPARTMENT, PRODUCT, Shadow
from planning.refusal import Refused
from planning.trail.audit import Kind
from storage.trail.audit import Wanted

DAYS = 30
"""Days the report looks back when nobody says."""
SHOWN = 5
"""Change requests named for one reason; the rest is counted."""


@dataclass(frozen=True, slots=True)
class Row:
    """One department or product line."""

    name: str
    count: int
    refused: tuple[int, str]
    """Number of changes that would have been refused, and by what."""
    waited: tuple[int, str]
    same: tuple[int, str]


def shadow(turn: Turn, ask: Ask, command: ShowShadow) -> str:
    days = command.days or DAYS
    only = _place(turn, command.place) if command.place else ""
    return report(turn, turn.now - timedelta(days=days), turn.words("shadow.days", days=days), only)


def report(turn: Turn, since: datetime | None, span: str, only: str = "") -> str:
    """Report for each department and product line that is in shadow, or was: how many changes of it there were since
    then (None: ever), and what would have become of them had everything in shadow been enforced. `span` says since
    when; `only`: of this place alone."""
    seen = observations(turn, since)
    shadow = turn.environment.shadow
    places = dict.fromkeys((*_places(shadow), *sorted(place for one in seen.values() for place in one.places)))
    shown = [only] if only else places
    rows = [_row(turn, place, {no: one for no, one in seen.items() if place in one.places}) for place in shown]
    return body(
        turn.words.locale,
        "shadow",
        span=span,
        in_shadow=_in_shadow(turn),
        rows=rows,
        active=bool(shadow),
        everything=shadow.everything,
    )


def _place(turn: Turn, word: str) -> str:
    """A department or a product line of the plan. Raises "shadow-place"."""
    if department := turn.organisation.find_department(word):
        return DEPARTMENT + department.id
    products = {item.product for item in turn.plan().items.values() if item.product}
    if product := next((one for one in products if one.lower() == word.lower()), ""):
        return PRODUCT + product
    departments = [department.name for department in turn.organisation.departments.values()]
    raise Refused("shadow-place", found=word, departments=turn.words.list(departments))


def observations(turn: Turn, since: datetime | None = None) -> dict[str, Observation]:
    """Observations recorded of each change request since then, by its number."""
    seen: dict[str, Observation] = {}
    for event in turn.uow.audit.chain(Wanted(since, (Kind.SHADOWED.value,))):
        seen[event.subject] = seen.get(event.subject, Observation()).and_later(Observation.read(event.facts))
    return seen


def _row(turn: Turn, place: str, seen: dict[str, Observation]) -> Row:
    by = {outcome: {no: one for no, one in seen.items() if one.outcome is outcome} for outcome in Outcome}
    refused, waited, same = by[Outcome.REFUSED], by[Outcome.WAITED], by[Outcome.SAME]
    blocked = ((no, name) for no, one in refused.items() for name in blockers(one, turn.words))
    awaited = ((no, _approver(turn, who)) for no, one in waited.items() for who in one.asked)
    return Row(
        _name(turn, place), len(seen), (len(refused), _reasons(turn, blocked)), (len(waited), _reasons(turn, awaited)),
        (len(same), _numbers(turn, list(same))),
    )  # fmt: skip


def _reasons(turn: Turn, found: Iterable[tuple[str, str]]) -> str:
    """Each reason with its change requests, the most frequent first."""
    by: dict[str, list[str]] = {}
    for no, name in found:
        by.setdefault(name, []).append(no)
    often = sorted(by.items(), key=lambda entry: (-len(entry[1]), entry[0]))
    return turn.words.list(
        [turn.words("shadow.count", name=name, n=len(nos), nos=_numbers(turn, nos)) for name, nos in often]
    )


def _numbers(turn: Turn, nos: list[str]) -> str:
    """The newest of them."""
    more = turn.words("card.more", n=len(nos) - SHOWN) if len(nos) > SHOWN else ""
    return turn.words.list(nos[-SHOWN:]) + more


def _places(shadow: Shadow) -> list[str]:
    return [*(DEPARTMENT + one for one in shadow.departments), *(PRODUCT + one for one in shadow.products)]


def _in_shadow(turn: Turn) -> str:
    if turn.environment.shadow.everything:
        return turn.words("shadow.everything")
    return turn.words.list([_name(turn, place) for place in _places(turn.environment.shadow)]) or turn.words(
        "shadow.nothing"
    )


def _name(turn: Turn, place: str) -> str:
    shadow, words = turn.environment.shadow, turn.words
    if place.startswith(DEPARTMENT):
        name, still = _approver(turn, place.removeprefix(DEPARTMENT)), shadow.hides(place.removeprefix(DEPARTMENT))
    else:
        product = place.removeprefix(PRODUCT)
        unknown = product not in {item.product for item in turn.plan().items.values()}
        name = words("shadow.product-unknown" if unknown else "shadow.product", product=product)
        still = shadow.everything or product in shadow.products
    return name if still else words("shadow.enforced-by-now", name=name)


def _approver(turn: Turn, who: str) -> str:
    return approver_name(turn.words, turn.organisation, who)
