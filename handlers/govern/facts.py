"""What was reported of the plan's items, read from the ledger."""

from collections.abc import Iterable, Mapping, Sequence

from handlers.turn import Turn
from planning.facts.planned import Planned, planned
from planning.facts.progress import Progress, is_bought, progress, receipts_of
from planning.facts.report import Report, effective
from planning.plan.item import Item
from planning.plan.link import Link
from planning.plan.plan import Plan
from planning.plan.timetable import Timetable


def links_at(turn: Turn, plan: Plan, code: str) -> Sequence[Link]:
    """The links at an item."""
    network = turn.environment.networks.of(plan)
    return [network.links[number] for number in network.touching[network.index[code]]]


def planned_of(turn: Turn, item: Item) -> Planned:
    """The item as it was planned, below what facts have made of it."""
    past = turn.uow.revisions.lines_of_item(item.code)
    return planned(item, ((one.change, one.line) for one in past))


def progress_of(turn: Turn, plan: Plan, code: str) -> Progress:
    """Progress of one item; of a purchase with what was said on the receipts of its goods."""
    item = plan.items[code]
    receipts = _receipts(turn, plan, item)
    rows = turn.uow.reports.of_items([code, *receipts])
    return progress(
        planned_of(turn, item).item, effective(rows.get(code, ())), _said_on(rows, receipts), Timetable(plan).of(item)
    )


def touched_by(turn: Turn, plan: Plan, code: str) -> list[str]:
    """The items whose standing a report on this one may change: itself, and the purchases whose goods it is."""
    item = plan.items[code]
    into = (link for link in links_at(turn, plan, code) if link.successor == code)
    return [code, *is_bought(plan, item, into)]


def _receipts(turn: Turn, plan: Plan, item: Item) -> list[str]:
    return receipts_of(plan, item, (link for link in links_at(turn, plan, item.code) if link.predecessor == item.code))


def _said_on(rows: Mapping[str, Sequence[Report]], codes: Iterable[str]) -> list[Report]:
    return [one for code in codes for one in effective(rows.get(code, ()))]
