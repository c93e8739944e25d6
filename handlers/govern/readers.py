"""Readers of a conversation: an answer in a group is read by everybody in it."""

from collections.abc import Iterable

from handlers.turn import Ask, Turn
from planning.change.change import Change, ChangeState
from planning.people.masks import gives_away, masked
from planning.people.organisation import Person
from planning.plan.item import Item


def readers(turn: Turn, ask: Ask) -> list[Person]:
    """One-to-one the person who asks; in a group them and all of the departments that hear there.

    Nobody: a group that is no department's, of which the settings cannot tell who is in it.
    """
    if ask.single:
        return [ask.person]
    here = [member for d in turn.environment.heard_in(ask.conversation) for member in turn.organisation.members(d.id)]
    return [*here, ask.person] if here else []


def shown_attributes(turn: Turn, ask: Ask, item: Item) -> dict[str, str]:
    """An item's further columns, as all may see them who will read the answer."""
    return masked(turn.environment.masks, item.attributes, readers(turn, ask))


def caution(turn: Turn, change: Change) -> str:
    """A warning that the reason, which all who are asked read, may hold a price; empty: none seen, or too late."""
    if change.state is not ChangeState.DRAFT or not _tells(turn, change, change.proposer, change.reason):
        return ""
    return turn.words("authority.reason-gives-away")


def warning(turn: Turn, change: Change, person: str, said: str) -> str:
    """The same of what somebody said about a change request, for the end of their answer; it counts all the same."""
    return f" ⚠ {turn.words('authority.words-give-away')}" if _tells(turn, change, person, said) else ""


def price_warning(turn: Turn, person: str, said: str, codes: Iterable[str]) -> str:
    """The same of words about these items; empty: there is nothing to warn of."""
    items = turn.plan().items if turn.uow.plans.exists() else {}
    touched = [items[code] for code in codes if code in items]
    tells = gives_away(said, touched, turn.environment.masks, turn.organisation.people.get(person))
    return f" ⚠ {turn.words('authority.words-give-away')}" if tells else ""


def _tells(turn: Turn, change: Change, person: str, said: str) -> bool:
    plan = turn.plan()
    codes = dict.fromkeys([*(op.item for op in change.operations), *(line.item for line in change.impact.lines)])
    items = [plan.items[code] for code in codes if code in plan.items]
    return gives_away(said, items, turn.environment.masks, turn.organisation.people.get(person))
