"""What holds for plans after every step: rules I1 to I6, I11 and I14.

Written against the words of docs/rules.md, not against the code: what the product computes cleverly is looked up or
counted naively here.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from math import ceil
from random import Random

from planning.change.change import Change, ChangeState
from planning.facts.report import is_report
from planning.plan.item import Item, Mode
from planning.plan.link import Drives, LagKind, LinkKind
from planning.plan.plan import Plan
from planning.plan.revision import first_broken
from planning.plan.timetable import Timetable
from planning.schedule.assess import assess
from tests.machine.for_facts import FACT_FIELDS, good_of
from tests.machine.snapshot import Snapshot
from tests.machine.step import Taken, What

SYSTEM = "system"
"""Who changes the plan when holidays are others."""


def invariant_1_only_an_applied_change_makes_a_revision(step: Taken) -> None:
    chain = step.after.revisions
    assert first_broken(chain) is None
    assert chain[: len(step.before.revisions)] == step.before.revisions, "the past was rewritten"
    assert [revision.number for revision in chain] == list(range(1, len(chain) + 1))
    assert step.after.plan.revision == len(chain)
    assert step.after.remembered == step.after.plan, "what is in memory is not what is written down"
    for revision in step.revisions():
        if revision.change.startswith("import "):
            assert step.act.what in (What.IMPORT, What.BEGIN)
            continue
        if is_report(revision.change):
            assert revision.change in {report.no for report in step.said()}, f"{revision.change} was not said now"
            continue
        change = step.after.changes[revision.change]
        assert change.state.is_in_effect or change.state is ChangeState.REVERTED, change.state
        assert (change.applied_revision, change.impact.hash) == (revision.number, revision.content_hash)
    if not step.revisions():
        assert step.after.plan.items == step.before.plan.items, "the plan moved without a revision"
        assert step.after.plan.links == step.before.plan.links
    if step.is_by_facts:
        _only_the_reported_have_changed(step)


def _only_the_reported_have_changed(step: Taken) -> None:
    """A fact moves nobody else, and of its own item what becomes of work that begins or ends."""
    assert step.after.plan.links == step.before.plan.links
    for code, was in step.before.plan.items.items():
        item = step.after.plan.items[code]
        fields = {name: getattr(was, name) for name in FACT_FIELDS}
        assert replace(item, **fields) == was, f"a fact changed more of {code} than {FACT_FIELDS}"
        assert item == was or code in step.reported_on(), f"a fact moved {code}, of which nobody said anything"


def invariant_2_no_cycle(step: Taken) -> None:
    waiting = {code: 0 for code in step.after.plan.items}
    for link in step.after.plan.links:
        waiting[link.successor] += 1
    free = [code for code, count in waiting.items() if not count]
    for code in free:
        for link in step.after.plan.links:
            if link.predecessor == code:
                waiting[link.successor] -= 1
                if not waiting[link.successor]:
                    free.append(link.successor)
    assert len(free) == len(waiting), f"in a circle: {sorted(set(waiting) - set(free))}"


def invariant_3_hard_links_hold(step: Taken) -> None:
    if not step.revisions():
        return
    plan = step.after.plan
    broken = {link.ends for link in plan.links if _is_broken(plan, *link.ends)}
    for predecessor, successor in broken:
        follower = plan.items[successor]
        if (predecessor, successor) in _broken_before(step) or {predecessor, successor} & step.reported_on():
            continue  # told when it came about; what a fact breaks stays so until a change is decided
        assert _cannot_move(follower), f"{predecessor} → {successor} does not hold"
        if follower.status.is_over:
            continue  # history
        applied = list(step.applied())  # one may let another go: it is told by which breaks it
        told = [one.facts for change in applied for one in change.impact.exceptions]
        ends = {(facts.get("predecessor"), facts.get("successor")) for facts in told}
        assert not applied or (predecessor, successor) in ends, f"{predecessor} → {successor} broke and nobody was told"


def _broken_before(step: Taken) -> set[tuple[str, str]]:
    plan = step.before.plan
    return {link.ends for link in plan.links if _is_broken(plan, *link.ends)}


def _is_broken(plan: Plan, predecessor: str, successor: str) -> bool:
    """The hard finish-start links between these two, in working days of one calendar."""
    timetable = Timetable(plan)
    first, then = plan.items[predecessor], plan.items[successor]
    gone = [item for item in (first, then) if item.status.is_over and not item.status.has_started]
    for link in plan.links:
        if link.ends != (predecessor, successor) or link.kind is not LinkKind.FS or not link.hard or gone:
            continue
        if link.lag_kind is not LagKind.WORKING or link.calendar:
            continue
        calendar = timetable.of(then)
        after_finish = 0 if first.is_milestone else 1
        earliest = calendar.position(first.finish) + after_finish + link.lag
        if calendar.position(then.start) < earliest:
            return True
    return False


def invariant_4_impacts_are_deterministic_and_idempotent(step: Taken) -> None:
    plan, today = step.after.plan, step.today
    for old, change in step.changed():
        if (old and old.impact.hash == change.impact.hash) or change.proposer == SYSTEM or change.impact.refused:
            continue
        if change.impact.revision != plan.revision or not change.operations:
            continue
        random = Random(change.no)
        shuffled = replace(
            plan,
            items=dict(random.sample(sorted(plan.items.items()), len(plan.items))),
            links=tuple(random.sample(plan.links, len(plan.links))),
        )
        again = assess(shuffled, change.operations, today)
        assert again.hash == change.impact.hash
        assert again.lines == change.impact.lines
        assert again.departments == change.impact.departments
    if any(True for _ in step.applied()):
        settled = assess(plan, (), today)
        assert settled.lines == (), "what was applied has to be applied again"


def invariant_5_nothing_is_pulled(step: Taken) -> None:
    for change in step.applied():
        if any(operation.pull for operation in change.operations) or len(step.revisions()) != 1:
            continue
        for code, was in step.before.plan.items.items():
            item = step.after.plan.items.get(code)
            if item is None or code in _named(change) or item.mode is Mode.ALAP:
                continue
            assert item.start >= was.start, f"{change.no} pulled {code} from {was.start} to {item.start}"


def _named(change: Change) -> set[str]:
    """The items its operations are about; a link names two."""
    named = {operation.item for operation in change.operations}
    for operation in change.operations:
        if isinstance(operation.to, dict):
            named |= {str(value) for value in operation.to.values()}
    return named


def invariant_6_what_has_begun_stays_begun(step: Taken) -> None:
    if step.act.what is What.IMPORT:
        return  # what an import says of the past is the past
    for code, was in step.before.plan.items.items():
        item = step.after.plan.items.get(code)
        assert item is not None, f"{code} is gone"
        if code in step.reported_on():
            continue  # what is said of it later may put right what was said before
        if was.status.has_started:
            assert item.start == was.start, f"{code} had begun on {was.start}"
        if was.status.is_over and item.status.is_over:  # a cancellation that is undone is over no more
            assert (item.finish, item.quantity) == (was.finish, was.quantity), f"{code} was over"


def invariant_11_quantities_are_never_below_zero(step: Taken) -> None:
    if not step.revisions():
        return
    plan = step.after.plan
    for item in plan.items.values():
        assert item.quantity is None or item.quantity >= 0, item
    for change in step.applied():
        if len(step.revisions()) == 1 and change.operations:
            _shortages_are_told(step, change)


def _shortages_are_told(step: Taken, change: Change) -> None:
    """One netting per product: what is asked beyond stock and supplies is a shortage, told in the impact."""
    told = {short.product: short.after for short in change.impact.shortages}
    for product in step.after.plan.stock:
        was, free = (_free(shot, product) for shot in (step.before, step.after))
        if free < 0 and free != was:
            assert told.get(product) == -free, f"{product}: {free} is missing and told is {told}"


def _free(shot: Snapshot, product: str) -> Decimal:
    """What was received or made lies in stock; of an open supply the rest is to come."""
    plan, stock = shot.plan, shot.plan.stock[product]
    free = stock.on_hand - stock.safety
    for item in plan.items.values():
        if item.product != product or item.quantity is None or item.status.is_over:
            continue
        free += max(item.quantity - good_of(shot.reports, item.code), Decimal(0))
        for link in plan.links:
            follower = plan.items[link.successor]
            pegged = link.predecessor == item.code and link.drives is Drives.PREDECESSOR and link.ratio
            if pegged and follower.quantity and not follower.status.is_over:
                free -= _needed(Fraction(follower.quantity) * Fraction(link.ratio or 0), item.unit)
    return free


def _needed(quantity: Fraction, unit: str) -> Decimal:
    """Whole pieces; what is measured has a decimal ratio in this town."""
    return Decimal(ceil(quantity)) if unit == "件" else Decimal(quantity.numerator) / quantity.denominator


def invariant_14_instants_are_utc_and_dates_local(step: Taken) -> None:
    for _, change in step.changed():
        for instant in _instants(change):
            assert instant.utcoffset() == UTC.utcoffset(None), f"{change.no}: {instant!r}"
    for due in step.after.timers.values():
        assert due.utcoffset() == UTC.utcoffset(None)
    if step.revisions():
        timetable = Timetable(step.after.plan)
        for item in step.after.plan.items.values():
            assert type(item.start) is date
            assert type(item.finish) is date
            calendar = timetable.of(item)
            if not _cannot_move(item) and not item.is_milestone:
                finish = calendar.finish_of(item.start, item.duration)
                assert finish == item.finish, f"{item.code} does not take {item.duration} days"


def _instants(change: Change) -> Iterable[datetime]:
    fixed = (change.created_at, change.submitted_at, change.expires_at, change.ended_at, change.held_at)
    for asked in change.steps:
        fixed += (asked.due_at, asked.opened_at, *(said.at for said in asked.decisions))  # type: ignore[assignment]
    return [instant for instant in fixed if instant is not None]


def _cannot_move(item: Item) -> bool:
    return item.mode is Mode.PINNED or item.status.has_started or item.status.is_over
