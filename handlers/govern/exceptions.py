"""The situation that exceptions are looked for in, read from the plan, the ledgers and what people were told."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Set
from datetime import timedelta

from handlers.govern.facts import finishes_promised, outlook_of, outlook_of_all, promised_in
from handlers.govern.readiness import days_before, readiness_of, starting_soon
from handlers.govern.reporters import owner_of
from handlers.govern.rules import reminders
from handlers.govern.sources import ages
from handlers.turn import Turn
from planning.change.approvers import deciders
from planning.control.reasons import reason_code
from planning.exceptions.episode import Episode
from planning.exceptions.finding import Code
from planning.exceptions.situation import Situation, Unacked
from planning.exceptions.touched import behind, touched
from planning.plan.item import Item
from planning.plan.plan import Plan
from planning.readiness.goods import PRODUCTION
from planning.subject import Subject
from storage.delivery.cards import CardRow, Purpose

WORKDAY = timedelta(hours=9)
"""Of work."""
NOTICES = timedelta(days=30)
"""So long a notice that nobody has answered is looked at."""


def situation_of(turn: Turn, plan: Plan, among: Collection[str] | None, others: Collection[str] = ()) -> Situation:
    """`among`: items that are looked at, and `others` what else may be a change request; None: all. It costs what these
    hang on, and what hangs on them."""
    network = turn.environment.networks.of(plan)
    about = plan.items.keys() if among is None else behind(network, among)
    near = set(starting_soon(turn, plan)) if among is None else {code for code in among if _is_order(plan, code)}
    baseline = finishes_promised(turn, about)
    added = dict(_added(turn, plan))
    outlook = outlook_of_all(turn, plan) if among is None else outlook_of(turn, plan, about)
    return Situation(
        network,
        outlook,
        turn.today,
        promised=promised_in(turn, plan, about, baseline),
        baseline=baseline,
        readiness=readiness_of(turn, plan, near),
        days_before=lambda item: days_before(turn, item),
        old_stock=_old_stock(turn, plan),
        changing=frozenset().union(*pending_changes(turn).values()),
        added=added.keys(),
        reasoned={code for code, has_reason in added.items() if has_reason},
        is_owned=_Owned(turn),
        unacked=list(_unacked(turn, _notices(turn) if among is None else _notices_of(turn, others))),
        sources=ages(turn),
        reminders=reminders(turn, plan, outlook),
        thresholds=turn.environment.exceptions.thresholds,
    )


def touched_in(turn: Turn, plan: Plan, subjects: Set[str]) -> set[str]:
    """The items that a fact about these items and products bears on."""
    requirements = turn.environment.requirements.of(turn.environment.networks.of(plan))
    return touched(requirements, subjects, lambda code: not plan.items[code].status.has_started)


def _notices(turn: Turn) -> Iterable[CardRow]:
    """Notices of late, and older ones that are told of as long as nobody answers them."""
    told_of = {one.key.item for one in turn.uow.exceptions.open_ones() if one.key.code is Code.UNACKED}
    rows = [*_notices_of(turn, told_of), *turn.uow.cards.notices_since(turn.now - NOTICES)]
    return {row.card_id: row for row in rows}.values()


def _notices_of(turn: Turn, changes: Iterable[str]) -> Iterable[CardRow]:
    rows = (row for no in changes for row in turn.uow.cards.about(Subject.of_change(no)))
    return (row for row in rows if row.purpose is Purpose.NOTICE)


def _unacked(turn: Turn, notices: Iterable[CardRow]) -> Iterator[Unacked]:
    """Departments that were told of a change and of which nobody has said 收到, or decided."""
    people, seen = turn.organisation.people, dict[str, Set[str]]()
    for row in notices:
        if not row.subject.changes or row.department not in turn.organisation.departments or not row.first_shown_at:
            continue
        no = row.subject.changes[0]
        if no not in seen:
            change = turn.uow.changes.get(no)
            decided = {one.person for step in change.steps for one in step.decisions} if change else set[str]()
            answered = {*turn.uow.changes.acknowledged(no), *decided}
            seen[no] = {people[person].department for person in answered if person in people}
        if row.department not in seen[no]:
            silent = turn.hours.between(row.first_shown_at, turn.now) / timedelta(hours=1)
            yield Unacked(no, row.department, silent)


def pending_changes(turn: Turn) -> Mapping[str, Set[str]]:
    """The items that each request touches which waits to be decided, by its number."""
    waiting = (change for change in turn.uow.changes.open_ones() if change.state.is_pending)
    return {change.no: {line.item for line in change.impact.lines} for change in waiting}


def touching_changes(pending: Mapping[str, Set[str]], one: Episode) -> list[str]:
    """Those of the requests that touch its item, or what it comes from."""
    about = {one.key.item, one.facts.get("cause", one.key.item)}
    return [no for no, items in pending.items() if items & about]


def _is_order(plan: Plan, code: str) -> bool:
    return code in plan.items and plan.items[code].type == PRODUCTION


def _old_stock(turn: Turn, plan: Plan) -> Collection[str]:
    before = turn.hours.before(turn.now, WORKDAY)
    return {name for name, one in plan.stock.items() if one.as_of is not None and one.as_of < before}


def _added(turn: Turn, plan: Plan) -> Iterator[tuple[str, bool]]:
    """The items that change requests added, and whether their reason is one of the codes."""
    for code, reason in turn.uow.changes.additions():
        if code in plan.items:
            kind, fitting = plan.items[code].type, turn.environment.fitting
            yield code, reason_code(reason, kind, fitting) != "other"


class _Owned:
    """Remembers of each owner's name and department whether there is somebody."""

    def __init__(self, turn: Turn) -> None:
        self._turn = turn
        self._approved = {
            department: bool(deciders(department, turn.organisation)) for department in turn.organisation.departments
        }
        self._known: dict[str, bool] = {"": False}

    def __call__(self, item: Item) -> bool:
        if item.owner not in self._known:
            self._known[item.owner] = owner_of(self._turn, item) is not None
        return self._known[item.owner] or self._approved.get(item.department, False)

