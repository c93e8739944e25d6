"""Everything there is in the database at one moment, read without the product's memory."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from handlers.govern.readiness import in_turn, readiness_of
from handlers.stocks import Stocks
from handlers.turn import Turn
from planning.change.change import Change
from planning.control.fences import Fence
from planning.control.window import Window
from planning.exceptions.episode import Episode
from planning.facts.report import Report
from planning.people.delegation import Delegation, Deputies
from planning.plan.plan import Plan
from planning.plan.revision import Revision
from planning.readiness.line import Order
from planning.schedule.refresh import Networks
from planning.subject import SubjectKind
from planning.trail.audit import AuditEvent
from planning.trail.chain import End
from storage.connection.engine import open_engine
from storage.delivery.cards import CardRow, card_of
from storage.facts.exceptions import episode_of
from storage.plan.plans import PlanCache
from storage.tables.change import changes, conflicts, escalations
from storage.tables.delivery import cards, inbox, outbox, timers
from storage.tables.facts import exceptions
from storage.tables.plan import revisions
from storage.tables.trail import audit_events
from storage.unit_of_work import UnitOfWork
from tests.machine.works import Works


@dataclass(frozen=True, slots=True)
class Snapshot:
    now: datetime
    plan: Plan
    """With the stock there is by all counts and reports."""
    remembered: Plan
    """The same, as the product has it in memory, with the stock it keeps up from report to report."""
    revisions: tuple[Revision, ...]
    changes: Mapping[str, Change]
    cards: Mapping[str, CardRow]
    messages: Mapping[str, Row[Any]]
    inbox: Mapping[tuple[str, str], str]
    """State by bot and event id."""
    timers: Mapping[tuple[str, str], datetime]
    """The set ones, by kind and subject."""
    ladders: Mapping[tuple[str, str], Row[Any]]
    """By change request and department."""
    fences: tuple[Fence, ...]
    windows: tuple[Window, ...]
    deputies: Deputies
    delegations: Mapping[str, Delegation]
    """Those somebody was asked for on a card, by the id of its subject."""
    conflicts: Mapping[tuple[str, str], str]
    """What settled them, by the older and the newer request; empty: nothing yet."""
    reports: tuple[Report, ...]
    """The ledger."""
    episodes: Mapping[int, Episode]
    """What is going wrong and what was, by number."""
    orders: tuple[Order, ...]
    """What is given to each order, as the product keeps it up."""
    audit: tuple[AuditEvent, ...]
    """Those that came since the last snapshot."""
    audit_end: End


class Camera:
    """Takes snapshots over a connection of its own; what cannot have changed is not read again."""

    def __init__(self, works: Works) -> None:
        self._works = works
        self._engine = open_engine(works.url, writer=False)
        self._changes: dict[str, Change] = {}
        self._end = End()
        self._plan: Plan | None = None
        self._written: list[object] = []

    def close(self) -> None:
        self._engine.dispose()

    def take(self) -> Snapshot:
        remembered, orders = self._works.database.look(self._remembered)
        with self._engine.connect() as connection:
            uow = UnitOfWork(connection, "main", PlanCache(), reading=True)
            today = self._works.now.astimezone(self._works.environment.zone).date()
            told: list[Delegation] = uow.delegations.current(today)
            windows = [window.fence for window in uow.fences.enforced() if window.in_force(today)]
            newer = _AUDIT.where(audit_events.c.number > self._end.number)
            new = [AuditEvent(*row) for row in connection.execute(newer)]
            rows = [card_of(row) for row in connection.execute(select(cards))]
            snapshot = Snapshot(
                now=self._works.now,
                plan=Stocks().of(uow, self._read_plan(uow, connection), Networks(), self._works.environment.zone),
                remembered=remembered,
                revisions=tuple(Revision(*row) for row in connection.execute(_REVISIONS)),
                changes=self._read_changes(uow, connection.execute(_CHANGES).all()),
                cards={row.card_id: row for row in rows},
                messages={row.dedupe: row for row in connection.execute(_LETTERS)},
                inbox={(row.bot, row.event_id): row.state for row in connection.execute(_INBOX)},
                timers={(r.kind, r.subject): r.due_at for r in connection.execute(_TIMERS)},
                ladders={(r.change_no, r.department): r for r in connection.execute(_LADDERS)},
                fences=(*self._works.environment.fences, *windows),
                windows=tuple(uow.fences.all()),
                conflicts={(r.older, r.newer): r.settled for r in connection.execute(_CONFLICTS)},
                delegations=_asked(uow, rows),
                deputies=Deputies.on(today, told, self._works.environment.organisation),
                reports=tuple(uow.reports.all()),
                episodes=episodes_in(connection),
                orders=orders,
                audit=tuple(new),
                audit_end=self._end,
            )
        if new:
            self._end = new[-1].end
        return snapshot

    def _remembered(self, uow: UnitOfWork) -> tuple[Plan, tuple[Order, ...]]:
        turn = Turn(uow, self._works.now, self._works.company.environment)
        plan = turn.plan()
        return plan, tuple(in_turn(readiness_of(turn, plan, plan.items), plan.items))

    def _read_plan(self, uow: UnitOfWork, connection: Connection) -> Plan:
        """Anew whenever anything at all is written differently."""
        written = [connection.exec_driver_sql(f"SELECT * FROM {table}").all() for table in ("plans", "items", "links")]
        if self._plan is None or written != self._written:
            self._plan, self._written = uow.plans.load(), [*written]
        return self._plan

    def _read_changes(self, uow: UnitOfWork, rows: Any) -> dict[str, Change]:
        found = {}
        for no, version in rows:
            known = self._changes.get(no)
            if known is None or known.row_version != version:
                change = uow.changes.get(no)
                assert change is not None
                known = self._changes[no] = change
            found[no] = known
        return found


def episodes_in(connection: Connection) -> dict[int, Episode]:
    """All there ever were, by number."""
    rows = connection.execute(select(exceptions).order_by(exceptions.c.number))
    return {row.number: episode_of(row) for row in rows}


def _asked(uow: UnitOfWork, rows: list[CardRow]) -> dict[str, Delegation]:
    found = {}
    for row in rows:
        if row.subject.kind == SubjectKind.DELEGATION:
            person, _, number = row.subject.id.partition("/")
            delegation = uow.delegations.get(person, int(number))
            assert delegation is not None
            found[row.subject.id] = delegation
    return found


_COLUMNS = ("plan_id", "number", "at", "actor", "kind", "subject", "facts", "prev_hash", "hash")
_AUDIT = select(*(audit_events.c[name] for name in _COLUMNS)).order_by(audit_events.c.number)
_CHANGES = select(changes.c.no, changes.c.row_version).order_by(changes.c.created_at, changes.c.no)
_LETTERS = select(*(outbox.c[name] for name in ("dedupe", "conversation", "card_id", "version", "state", "attempts")))
_INBOX = select(inbox.c.bot, inbox.c.event_id, inbox.c.state)
_LADDERS = select(
    *(escalations.c[name] for name in ("change_no", "department", "round", "rung", "next_at", "climbs"))
)
_CONFLICTS = select(conflicts.c.older, conflicts.c.newer, conflicts.c.settled)
_TIMERS = select(timers).where(timers.c.state == "set")
_REVISIONS = select(
    *(revisions.c[name] for name in
      ("plan_id", "number", "change", "applied_at", "applied_by", "content_hash", "prev_hash", "hash",
      "plan_hash", "stock_hash"))
).order_by(revisions.c.number)  # fmt: skip
