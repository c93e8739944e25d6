"""What was reported of the plan's items, read from the ledger."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from handlers.turn import Turn
from planning.facts.forecast import Outlook, involved_in
from planning.facts.planned import Planned, planned
from planning.facts.progress import Progress, is_bought, progress, receipts_of
from planning.facts.promise import promises
from planning.facts.report import Report, effective
from planning.plan.impact import Line
from planning.plan.item import Item
from planning.plan.link import Link
from planning.plan.plan import Plan
from planning.plan.revision import BaselineKind
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


def outlook_of(turn: Turn, plan: Plan, about: str) -> Outlook:
    """The forecast of an item and of all that hangs on it, by what was reported; stored nowhere. It costs what it
    touches."""
    network = turn.environment.networks.of(plan)
    near = involved_in(network, about)
    words = {code: effective(said) for code, said in turn.uow.reports.of_items(near).items() if said}
    codes = {bought for code in words for bought in touched_by(turn, plan, code)}
    past: defaultdict[str, list[tuple[str, Line]]] = defaultdict(list)
    for one in turn.uow.revisions.lines_of_items(codes, plan.revision):
        past[one.line.item].append((one.change, one.line))
    calendar_of = Timetable(plan).of
    known, before = dict[str, Progress](), dict[str, Planned]()
    for code in codes:
        item = plan.items[code]
        before[code] = planned(item, past[code])
        on_receipts = [one for receipt in _receipts(turn, plan, item) for one in words.get(receipt, ())]
        known[code] = progress(before[code].item, words.get(code, []), on_receipts, calendar_of(item))
    return Outlook(network, known, before, turn.today, turn.environment.prior_days)


def promised_in(turn: Turn, plan: Plan) -> Mapping[str, date]:
    """Last days that were promised: by the oldest promise baseline that has the item, else as the plan holds it."""
    found: dict[str, date] = {}
    frozen = (one for one in turn.uow.baselines.newest_first() if one.kind is BaselineKind.PROMISE)
    for baseline in frozen:  # an older one takes the place of a newer
        then = turn.uow.plans.at(baseline.revision)
        found |= {code: item.finish for code, item in then.items.items()}
    return promises(plan.items.values(), found)
