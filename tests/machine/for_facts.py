"""What holds for facts and for what is going wrong, after every step: rules I16 to I19.

Counted naively, from the rows of the ledger and of the episodes themselves.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from decimal import Decimal

from handlers.platforms import prefix_of
from planning.exceptions.episode import Episode, State
from planning.exceptions.finding import Severity
from planning.facts.report import Report
from planning.readiness.line import Source
from planning.subject import SubjectKind
from planning.trail.audit import Kind
from storage.delivery.cards import CardRow, Purpose
from tests.machine.snapshot import Snapshot
from tests.machine.step import Taken, What

FACT_FIELDS = ("start", "finish", "duration", "status")
CHANGE_IN_PLACE = "dingtalk"
"""The platform of this town where a card in a group can be changed whenever one likes."""


def invariant_16_the_ledger_only_grows(step: Taken) -> None:
    before, after = step.before.reports, step.after.reports
    assert after[: len(before)] == before, "a report was rewritten"
    assert len({report.no for report in after}) == len(after)
    told = [event.subject for event in step.audited("report") if event.kind in (Kind.REPORTED, Kind.CORRECTED)]
    assert sorted(told) == sorted(report.no for report in step.said()), "a report and its line in the trail are one"


def good_of(reports: Iterable[Report], code: str) -> Decimal:
    """The pieces that lie there by now: of each report what its last correction says, of one that was withdrawn
    nothing."""
    said = [report for report in reports if report.item == code]
    first = {report.no: report.no for report in said}
    for report in said:
        if report.corrects:
            first[report.no] = first[report.corrects]
    good, void = dict[str, Decimal](), dict[str, bool]()
    for report in said:
        chain = first[report.no]
        if report.good is not None or not report.corrects:
            good[chain] = report.good or Decimal(0)
        void[chain] = report.void
    return sum((amount for chain, amount in good.items() if not void[chain]), Decimal(0))


def invariant_17_nothing_is_promised_twice(step: Taken) -> None:
    """Neither to two orders nor to two lines of one: of the shelf, and of each supply."""
    now, shelf, supplies = step.after, defaultdict[str, Decimal](Decimal), defaultdict[str, Decimal](Decimal)
    for order in now.orders:
        for line in order.lines:
            assert 0 <= line.there <= line.need
            for one in line.allocated:
                if one.source in (Source.STOCK, Source.SAFETY):
                    shelf[line.name] += one.amount
                else:
                    supplies[one.supply] += one.amount
    for product, amount in shelf.items():
        assert amount <= max(now.plan.stock[product].on_hand, Decimal(0)), f"{product} was given twice"
    for code, amount in supplies.items():
        item = now.plan.items[code]
        came = good_of(now.reports, code) if item.product in now.plan.stock else Decimal(0)
        assert amount <= max((item.quantity or 0) - came, Decimal(0)), f"{code} was given twice"


def invariant_18_what_is_wrong_has_one_row_and_an_end(step: Taken) -> None:
    """One open row of a key; each that opened is open, or has its end: opened = closed + open."""
    rows = step.after.episodes.values()
    still = Counter(one.key for one in rows if one.state is State.OPEN)
    assert [key for key, times in still.items() if times > 1] == []
    for was in step.before.episodes.values():
        assert was.opened_at is None or was.number in step.after.episodes, f"EX-{was.number} was forgotten"
    for one in rows:
        assert (one.closed_at is None) or one.state is not State.OPEN
        assert one.state is not State.CLOSED or one.opened_at is None or one.closed_at is not None
    opened, closed = (
        sum(event.kind == kind for event in step.audited("exception"))
        for kind in (Kind.EXCEPTION_OPENED, Kind.EXCEPTION_CLOSED)
    )
    assert opened - closed == _open(step.after) - _open(step.before), "an end or a beginning is not in the trail"


def _open(shot: Snapshot) -> int:
    return sum(one.state is State.OPEN for one in shot.episodes.values())


def invariant_19_its_card_is_one_and_has_an_end(step: Taken) -> None:
    cards = [row for row in step.after.cards.values() if row.purpose is Purpose.EXCEPTION]
    places = Counter((row.subject, row.conversation) for row in cards)
    assert [place for place, times in places.items() if times > 1] == [], "a second card of the same"
    for row in cards:
        assert row.subject.kind == SubjectKind.EXCEPTION
        assert int(row.subject.id) in step.after.episodes, f"{row.card_id} is about nothing"
    told = {row.subject.id for row in cards}
    for one in step.after.episodes.values():
        assert not one.card or str(one.card) in told, f"EX-{one.number} says it has a card and has none"
    for row in cards:
        known = step.before.cards.get(row.card_id)
        changes = known and prefix_of(row.conversation) == CHANGE_IN_PLACE
        if known and changes and _on(step.before, row) and not _on(step.after, row):
            assert row.wanted_version > known.wanted_version, f"{row.card_id} does not say that all is over"
    for row in cards:
        if _is_quiet(step, row):
            known = step.before.cards.get(row.card_id)
            assert known, f"{row.card_id} is new, and all of it is put off or muted"
            assert row.wanted_version == known.wanted_version, f"{row.card_id} was sent again while all of it is quiet"


def _on(shot: Snapshot, row: CardRow) -> list[Episode]:
    """What is open on a card."""
    return [one for one in shot.episodes.values() if str(one.card) == row.subject.id and one.state is State.OPEN]


def _is_quiet(step: Taken, row: CardRow) -> bool:
    """All that is open on it was put off or muted before and is so still, nobody pressed it, and nothing else of it
    has begun, ended or got worse."""
    if step.act.what is What.CLICK or step.act.text.startswith(("静音", "mute")):
        return False
    before, after = _on(step.before, row), _on(step.after, row)
    same = [one.number for one in before] == [one.number for one in after]
    return bool(after) and same and all(
        _is_put_off(one, shot) for shot, rows in ((step.before, before), (step.after, after)) for one in rows
    )


def _is_put_off(one: Episode, shot: Snapshot) -> bool:
    snoozed = one.snoozed_until is not None and shot.now < one.snoozed_until
    muted = one.muted_until is not None and shot.now < one.muted_until
    return muted or (snoozed and one.severity <= one.snoozed_at and one.severity < Severity.CRITICAL)
