"""What the plan rests on: fresh data (K9), linked items (K10), complete sets (K11)."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from planning.facts.relation import is_milestone
from planning.figures.tally import Span, Tally
from planning.plan.goods import PURCHASE
from planning.plan.item import Item
from planning.plan.link import Link
from planning.readiness.line import Colour

STALE = 3, 2
"""Of a source's interval: older than one and a half is stale."""


@dataclass(frozen=True, slots=True)
class Look:
    """A look at a source, taken each working hour: how old its word was, and how often it is expected."""

    source: str
    at: datetime
    age: timedelta
    interval: timedelta

    @property
    def fresh(self) -> bool:
        of, by = STALE
        return self.age * by <= self.interval * of


def fresh(looks: Iterable[Look], span: Span) -> Tally:
    """K9: of the looks, those that found fresh data."""
    taken = [look for look in looks if span.has(look.at)]
    return Tally.share(sum(look.fresh for look in taken), len(taken))


def worst_source(looks: Iterable[Look], span: Span) -> str | None:
    """The source whose share of fresh looks is least, the first by name of equals; None: there was no look."""
    by_source = defaultdict(list)
    for look in looks:
        by_source[look.source].append(look)
    shares = {source: fresh(mine, span).ratio for source, mine in by_source.items()}
    return min(((share, source) for source, share in shares.items() if share is not None), default=(None, None))[1]


def linked(items: Iterable[Item], links: Iterable[Link]) -> Tally:
    """K10: of the items that are not over, without milestones, those with a link."""
    tied = {code for link in links for code in link.ends}
    open_items = [item for item in items if not item.status.is_over and not is_milestone(item)]
    return Tally.share(sum(item.code in tied for item in open_items), len(open_items))


def pegged(items: Iterable[Item], links: Iterable[Link]) -> Tally:
    """K10: of the purchases that are not over, those that a link gives a quantity: somebody's need."""
    tied = {code for link in links if link.ratio is not None for code in link.ends}
    purchases = [item for item in items if item.type == PURCHASE and not item.status.is_over]
    return Tally.share(sum(item.code in tied for item in purchases), len(purchases))


def complete(colours: Iterable[Colour]) -> Tally:
    """K11: of the orders that need anything, those with everything there."""
    return _coloured(colours, (Colour.GREEN,))


def complete_in_time(colours: Iterable[Colour]) -> Tally:
    """K11: of the orders that need anything, those with everything there by their start."""
    return _coloured(colours, (Colour.GREEN, Colour.YELLOW))


def _coloured(colours: Iterable[Colour], good: Collection[Colour]) -> Tally:
    found = [colour for colour in colours if colour is not Colour.NONE]
    return Tally.share(sum(colour in good for colour in found), len(found))
