"""What was reported of the plan's items, read from the ledger."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from handlers.kept import Known, Seen
from handlers.kept_outlook import KnownOutlook
from handlers.turn import Turn
from planning.control.reasons import reason_code
from planning.facts.forecast import Outlook, involved_in
from planning.facts.planned import Planned, planned
from planning.facts.progress import Progress, progress
from planning.facts.promise import is_promised_by_baseline, promises
from planning.facts.report import Report, is_report
from planning.facts.tally import NOTHING, Tally, together
from planning.plan.plan import Plan
from planning.plan.revision import BaselineKind
from planning.plan.timetable import Timetable
from planning.schedule.network import Network


def progress_of(turn: Turn, plan: Plan, code: str, also: Iterable[Report] = ()) -> Progress:
    """Progress of one item; of a purchase with what was said on the receipts of its goods. `also`: as if this had been
    reported too."""
    item, receipts = plan.items[code], _receipts(turn, plan, code)
    said = {**turn.uow.reports.tallies_of([code, *receipts])}
    for report in also:
        said[report.item] = said.get(report.item, NOTHING).plus(report)
    known = planned_of(turn, plan, [code])[code]
    return progress(known.item, said.get(code, NOTHING), _said_on(said, receipts), Timetable(plan).of(item))


def touched_by(turn: Turn, plan: Plan, code: str) -> list[str]:
    """The items whose standing a report on this one may change: itself, and the purchases whose goods it is."""
    return [code, *turn.environment.networks.joined(plan).bought_by.get(code, ())]


def outlook_of(turn: Turn, plan: Plan, about: Collection[str], *, alone: bool = False) -> Outlook:
    """The forecast of these items and of all that hangs on them, by what was reported; stored nowhere. It costs what it
    touches; whoever only reads is given the one of every item where that is kept. `alone`: of these only."""
    if turn.uow.is_snapshot and plan is turn.plan() and turn.environment.outlooks.of(plan.id):
        return outlook_of_all(turn, plan)
    network = turn.environment.networks.of(plan)
    known, before = reported_on(turn, plan, involved_in(network, about, alone=alone))
    return Outlook(network, known, before, turn.today, turn.environment.prior_days)


def outlook_if(turn: Turn, plan: Plan, code: str, said: Sequence[Report]) -> Outlook:
    """The forecast of an item and of all that hangs on it, had this been reported of it."""
    network, touched = turn.environment.networks.of(plan), touched_by(turn, plan, code)
    known, before = reported_on(turn, plan, involved_in(network, touched))
    known |= {one: progress_of(turn, plan, one, said) for one in touched}
    before = {**before, **planned_of(turn, plan, touched)}
    return Outlook(network, known, before, turn.today, turn.environment.prior_days)


def outlook_of_all(turn: Turn, plan: Plan) -> Outlook:
    """The forecast of every item: the one that is kept, with what has come since."""
    kept, seen = turn.environment.outlooks, Seen.of(turn.uow)
    known = kept.of(plan.id)
    if known is None or not known.serves(plan, seen):
        progress, before = reported_on(turn, plan, plan.items.keys())
        outlook = Outlook(turn.environment.networks.of(plan), progress, before, turn.today, turn.environment.prior_days)
        known = KnownOutlook(seen, plan, turn.today, outlook, progress, before)
    else:
        known = _brought_up(turn, known, plan, seen)
    if turn.uow.is_snapshot:
        kept.keep(known)
    return known.outlook


def _brought_up(turn: Turn, known: KnownOutlook, plan: Plan, seen: Seen) -> KnownOutlook:
    """Only what is other since is read again; on another day no forecast is left, and all that was said is."""
    network = turn.environment.networks.of(plan)
    changed = changed_since(turn, known, plan, network)
    progress, before, outlook = known.progress, known.planned, known.outlook
    if changed:
        found, as_planned = reported_on(turn, plan, changed)
        progress = {code: one for code, one in progress.items() if code not in changed} | found
        before = {**before, **as_planned}
        outlook = outlook.updated(network, progress, before, changed)
    if known.today != turn.today:
        outlook = Outlook(network, progress, before, turn.today, turn.environment.prior_days)
    return KnownOutlook(seen, plan, turn.today, outlook, progress, before)


def changed_since(turn: Turn, known: Known, plan: Plan, network: Network) -> set[str]:
    """The items that are others, or of which something was said since."""
    others = plan.differing(known.plan)
    if others is None:
        others = [code for code, item in plan.items.items() if known.plan.items.get(code) is not item]
    said = turn.uow.reports.items_since(known.seen.reports)
    found = {code for code in (*others, *said) if code in plan.items}
    return found | {purchase for code in found for purchase in network.bought_by.get(code, ())}


def reported_on(
    turn: Turn, plan: Plan, codes: Collection[str]
) -> tuple[dict[str, Progress], Mapping[str, Planned]]:
    """Progress of those of these items of which, or of whose receipts, something was reported; and the items as they
    were planned."""
    receipts_of = turn.environment.networks.joined(plan).receipts
    receipts = (receipt for code in codes for receipt in receipts_of.get(code, ()))
    said = turn.uow.reports.tallies_of([*codes, *receipts])
    reported = {bought for code in said for bought in touched_by(turn, plan, code)} & {*codes}
    before, known, calendar_of = planned_of(turn, plan, reported), dict[str, Progress](), Timetable(plan).of
    for code in reported:
        on_receipts = _said_on(said, receipts_of.get(code, ()))
        calendar = calendar_of(plan.items[code])
        known[code] = progress(before[code].item, said.get(code, NOTHING), on_receipts, calendar)
    return known, before


def promised_in(
    turn: Turn, plan: Plan, among: Collection[str], baseline: Mapping[str, date] | None = None
) -> Mapping[str, date]:
    """Last days that were promised of these items: by the oldest promise baseline that has the item (`baseline`, where
    that was read before), else as the plan holds it; what was agreed with the customer since takes its place."""
    baseline = finishes_promised(turn, among) if baseline is None else baseline
    found = dict(promises((plan.items[code] for code in among), baseline))
    orders = [code for code in found if is_promised_by_baseline(plan.items[code])]
    return {**found, **_agreed_since(turn, plan, orders)} if orders else found


def baselines_by_now(turn: Turn) -> tuple[str, ...]:
    """Names of the baselines there are: they are added, and never changed."""
    return tuple(one.name for one in turn.uow.baselines.newest_first())


def finishes_promised(turn: Turn, among: Collection[str]) -> Mapping[str, date]:
    """The finish of these items in the oldest promise baseline that has them."""
    found: dict[str, date] = {}
    frozen = (one for one in turn.uow.baselines.newest_first() if one.kind is BaselineKind.PROMISE)
    for baseline in frozen:  # an older one takes the place of a newer
        then = turn.uow.plans.items_at(baseline.revision)
        found |= {code: then[code].finish for code in among if code in then}
    return found


def _agreed_since(turn: Turn, plan: Plan, orders: Collection[str]) -> Mapping[str, date]:
    """The finish that a change with the customer's reason brought, after the oldest promise baseline."""
    frozen = [one.revision for one in turn.uow.baselines.newest_first() if one.kind is BaselineKind.PROMISE]
    found: dict[str, date] = {}
    for code, past in turn.uow.revisions.history_of(orders).items() if frozen else ():
        for one in past:
            if one.line.field == "finish" and one.line.after and min(frozen) < one.revision <= plan.revision:
                change = None if is_report(one.change) else turn.uow.changes.get(one.change)
                kind, fitting = plan.items[code].type, turn.environment.fitting
                if change and reason_code(change.reason, kind, fitting) == "customer":
                    found[code] = date.fromisoformat(one.line.after)
    return found


def planned_of(turn: Turn, plan: Plan, codes: Collection[str]) -> Mapping[str, Planned]:
    """Items as they were planned, below what facts have made of them."""
    past, calendar_of, found = turn.uow.revisions.history_of(codes), Timetable(plan).of, dict[str, Planned]()
    for code in codes:
        item, lines = plan.items[code], [one for one in past[code] if one.revision <= plan.revision]
        found[code] = planned(item, ((one.change, one.line) for one in lines), calendar_of(item))
    return found


def _receipts(turn: Turn, plan: Plan, code: str) -> Sequence[str]:
    return turn.environment.networks.joined(plan).receipts.get(code, ())


def _said_on(said: Mapping[str, Tally], codes: Iterable[str]) -> Tally:
    return together([said[code] for code in codes if code in said])
