"""Who a change reached (K8), how soon (K15), and who takes part (K16)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction

from planning.figures.tally import Span, Tally


@dataclass(frozen=True, slots=True)
class Reached:
    """The departments that a change affects, and those with a card of it that was shown without trouble."""

    change: str
    at: datetime
    affected: frozenset[str]
    told: frozenset[str]


def missed(changes: Iterable[Reached], span: Span) -> Tally:
    """K8: departments affected and not told (漏通知), of the changes. It has to be nothing."""
    return _differing(one.affected - one.told for one in changes if span.has(one.at))


def disturbed(changes: Iterable[Reached], span: Span) -> Tally:
    """K8: departments told and not affected (误扰), of the changes. It has to be nothing."""
    return _differing(one.told - one.affected for one in changes if span.has(one.at))


@dataclass(frozen=True, slots=True)
class Shown:
    """A card: when what caused it came in, when it was first shown; `waited`: for quiet hours or a platform's limit."""

    caused_at: datetime
    shown_at: datetime
    waited: bool = False


def latency(cards: Iterable[Shown], span: Span, *, waited: bool = False) -> Tally:
    """K15: seconds from the cause to the card, of those that had to wait or of all others."""
    return Tally.measured(
        Fraction((card.shown_at - card.caused_at) // timedelta.resolution, timedelta(seconds=1) // timedelta.resolution)
        for card in cards
        if card.waited is waited and span.has(card.shown_at)
    )


def taking_part(active: Collection[str], people: Collection[str]) -> Tally:
    """K16: of the people with more than a viewer's role, those who typed, clicked or reported in the week."""
    able = set(people)
    return Tally.share(len(able & set(active)), len(able))


def _differing(sets: Iterable[frozenset[str]]) -> Tally:
    counts = [len(one) for one in sets]
    return Tally(Fraction(sum(counts)), Fraction(len(counts)), len(counts))
