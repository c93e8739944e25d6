"""Change requests with their operations, steps, decisions and acknowledgements."""

import secrets
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    Connection,
    Row,
    Select,
    bindparam,
    delete,
    func,
    insert,
    literal_column,
    select,
    update,
)

from planning.change.change import PREVIEW, Change, ChangeState, Decision, Step, StepState, Verdict
from planning.control.rules import Class
from planning.plan.impact import Impact
from planning.plan.operation import Op, Operation
from planning.subject import SubjectKind
from storage.change.codec import (
    impact_from_json,
    impact_to_json,
    operation_of,
    operation_row,
    policy_from_json,
    policy_to_json,
)
from storage.repository import Repository, in_parts
from storage.tables.change import acknowledgements, changes, decisions, operations, past_steps, steps
from storage.tables.delivery import cards, showings

PENDING = tuple(state.value for state in ChangeState if state.is_pending)
_DROPPED = changes.c.submitted_at.is_(None) & (changes.c.state != ChangeState.DRAFT.value)
_NEWEST_DRAFT = (
    select(changes.c.no, changes.c.state, changes.c.reason)
    .where(changes.c.plan_id == bindparam("plan"), changes.c.proposer == bindparam("proposer"))
    .where(changes.c.origin == bindparam("origin"), changes.c.created_at >= bindparam("since"), ~_DROPPED)
    .order_by(changes.c.created_at.desc(), changes.c.no.desc())
    .limit(literal_column("1"))
)
"""Built once, as it is asked for at every command."""


class StaleChange(RuntimeError):
    """Somebody else saved this change request first: load it again."""


@dataclass(frozen=True, slots=True)
class Behind:
    """Facts of a request for a new assessment on a newer plan."""

    no: str
    impact_hash: str
    operations: tuple[Operation, ...]


class Changes(Repository):
    def __init__(self, connection: Connection, plan_id: str) -> None:
        super().__init__(connection, plan_id)
        self._effects: dict[str, Impact] = {}
        """Effects as they are in the database."""

    def next_number(self, day: date) -> str:
        """Next number CR-YYYYMMDD-nnn of the plan and day. The plan row is locked, so no two get the same."""
        prefix = f"CR-{day:%Y%m%d}-"
        of_day = self._of_plan(changes) & self._begins(changes.c.no, prefix)
        taken = self._connection.scalar(select(func.count()).select_from(changes).where(of_day))
        return f"{prefix}{(taken or 0) + 1:03d}"

    def preview_key(self) -> str:
        """Key of a preview, until its number is given."""
        return f"{PREVIEW}{secrets.token_hex(5)}"

    def number(self, preview: Change, day: date) -> Change:
        """Give a preview its number: all that is kept of it bears that from now on. StaleChange when someone saved it
        in between."""
        numbered = replace(preview, no=self.next_number(day))
        self._write(insert(changes).values(self._whole_row(numbered)))
        for table in (operations, acknowledgements, showings):
            theirs = self._of_plan(table, change_no=preview.no)
            self._write(update(table).where(theirs).values(change_no=numbered.no))
        about = self._of_plan(cards, subject_kind=SubjectKind.CHANGE.value, subject=preview.no)
        self._connection.execute(update(cards).where(about).values(subject=numbered.no))
        which = self._of_plan(changes, no=preview.no, row_version=preview.row_version)
        if self._write(delete(changes).where(which)).rowcount == 0:
            raise StaleChange(preview.no)
        return replace(numbered, row_version=1)

    def add(self, change: Change) -> Change:
        self._write(insert(changes), self._whole_row(change))
        rows = [
            {"plan_id": self._plan_id, "change_no": change.no, **operation_row(operation, seq)}
            for seq, operation in enumerate(change.operations)
        ]
        if rows:
            self._write(insert(operations), rows)
        if change.steps:
            self._save_steps(change)
        return replace(change, row_version=1)

    def _whole_row(self, change: Change) -> dict[str, Any]:
        return {"plan_id": self._plan_id, "no": change.no, **_row(change), **_effect_row(change), "row_version": 1}

    def undone(self) -> None:
        super().undone()
        self._effects.clear()

    def get(self, no: str) -> Change | None:
        return self._once(no, lambda: self._read(no))

    def _read(self, no: str) -> Change | None:
        row = self._row(changes, no=no)
        return self._change(row) if row else None

    def save(self, change: Change) -> Change:
        """Write back what was loaded; StaleChange when someone saved in between."""
        version = change.row_version
        row = _row(change) | {"row_version": version + 1}
        if self._effects.get(change.no) is not change.impact:  # hundreds of lines that need not be written again
            row |= _effect_row(change)
        if not self._alter(changes, {"no": change.no, "row_version": version}, **row):
            raise StaleChange(change.no)
        self._effects[change.no] = change.impact
        self._save_steps(change)
        return replace(change, row_version=version + 1)

    def open_ones(self) -> list[Change]:
        """Pending requests, oldest first: in approval, held, and emergencies to be ratified."""
        query = (
            select(changes)
            .where(self._of_plan(changes), changes.c.state.in_(PENDING))
            .order_by(changes.c.submitted_at, changes.c.no)
        )
        return [self._change(row) for row in self._connection.execute(query)]

    def waiting(
        self, proposer: str, items: Collection[str], without: Collection[str] = ()
    ) -> tuple[int, dict[str, int]]:
        """Count of the requests that are submitted and not decided: of this proposer, and for each of these items."""
        pending = self._of_plan(changes) & changes.c.state.in_(PENDING) & changes.c.no.not_in(without)
        proposers = list(self._connection.scalars(select(changes.c.proposer).where(pending)))
        item, count = operations.c.item, func.count(operations.c.change_no.distinct())
        theirs_are = operations.c.change_no.in_(select(changes.c.no).where(pending))
        of_items = select(item, count).where(self._of_plan(operations), theirs_are, item.in_(items))
        counted = self._connection.execute(of_items.group_by(item))
        return proposers.count(proposer), {code: count for code, count in counted}

    def newest_draft(self, proposer: str, origin: str, since: datetime, reason: str | None = None) -> Change | None:
        """What somebody previewed last in a conversation, if that is still a draft: when the last one was submitted,
        those before it are not meant any more. `reason`: only if it was previewed for this one."""
        whose = {"plan": self._plan_id, "proposer": proposer, "origin": origin, "since": since}
        row = self._connection.execute(_NEWEST_DRAFT, whose).one_or_none()
        is_meant = row and row.state == ChangeState.DRAFT.value and reason in (None, row.reason)
        return self.get(row.no) if row and is_meant else None

    def open_of_facts(self, item: str) -> list[Change]:
        """The drafts and requests that reports of this item have led to and that have not ended, newest first."""
        are_open = changes.c.state.in_([state.value for state in ChangeState if state.is_open])
        theirs = self._of_plan(changes, facts_of=item) & (changes.c.facts_of != "") & are_open
        newest = select(changes).where(theirs).order_by(changes.c.created_at.desc(), changes.c.no.desc())
        return [self._change(row) for row in self._connection.execute(newest)]

    def applied_since(self, moment: datetime) -> list[Change]:
        """Changes in effect since then, newest first."""
        which = self._of_plan(changes, state=ChangeState.APPLIED.value) & (changes.c.ended_at >= moment)
        rows = self._connection.execute(select(changes).where(which).order_by(changes.c.ended_at.desc(), changes.c.no))
        return [self._change(row) for row in rows]

    def additions(self) -> list[tuple[str, str]]:
        """The items that changes in effect added, each with the reason that was given."""
        applied = select(changes.c.no).where(self._of_plan(changes, state=ChangeState.APPLIED.value))
        theirs = self._of_plan(operations, op=Op.ADD.value) & operations.c.change_no.in_(applied)
        added = self._connection.execute(
            select(operations.c.change_no, operations.c.item).where(theirs).order_by(operations.c.change_no)
        ).all()
        reasons: dict[str, str] = {}
        for part in in_parts({row.change_no for row in added}):
            said = select(changes.c.no, changes.c.reason).where(self._of_plan(changes), changes.c.no.in_(part))
            reasons |= {row.no: row.reason for row in self._connection.execute(said)}
        return [(row.item, reasons[row.change_no]) for row in added]

    def behind(self, revision: int) -> list[Behind]:
        """Requests in approval on an older revision, oldest first."""
        older = self._of_plan(changes, state=ChangeState.IN_APPROVAL.value) & (changes.c.base_revision < revision)
        found = select(changes.c.no, changes.c.impact_hash).where(older).order_by(changes.c.submitted_at, changes.c.no)
        wanted = operations_of(self._connection, self._plan_id, select(changes.c.no).where(older))
        return [Behind(row.no, row.impact_hash, wanted.get(row.no, ())) for row in self._connection.execute(found)]

    def fast_forward(self, nos: Collection[str], revision: int) -> None:
        """Move the base revision of requests whose effect stays as people see it."""
        which = self._of_plan(changes) & changes.c.no.in_(nos)
        self._write(update(changes).where(which).values(base_revision=revision))

    def reverting(self, no: str) -> str:
        """The change that took this one back, or is to once its fences' approvals are there; empty: there is none."""
        there = changes.c.state.in_((ChangeState.APPLIED.value, *PENDING))
        by = select(changes.c.no).where(self._of_plan(changes, reverts=no), there)
        return self._connection.scalar(by.order_by(changes.c.no.desc()).limit(1)) or ""

    def took_back(self, no: str) -> Change | None:
        """Compensating change of one no longer in effect, also where it could restore nothing."""
        ended = changes.c.state.in_((ChangeState.APPLIED.value, ChangeState.FAILED.value))
        by = select(changes).where(self._of_plan(changes, reverts=no), ended)
        best = by.order_by(changes.c.state, changes.c.no.desc()).limit(1)  # applied before failed
        row = self._connection.execute(best).one_or_none()
        return self._change(row) if row else None

    def taken_back(self, nos: Collection[str]) -> frozenset[str]:
        """Numbers of these changes that were in effect and are no longer."""
        which = self._of_plan(changes, state=ChangeState.REVERTED.value) & changes.c.no.in_(nos)
        return frozenset(self._connection.scalars(select(changes.c.no).where(which)))

    def voted_for(self, nos: Collection[str]) -> frozenset[str]:
        """Those of these changes that somebody approved, and that were not taken back."""
        in_effect = self._of_plan(changes, state=ChangeState.APPLIED.value) & changes.c.no.in_(nos)
        vote = self._of_plan(decisions, verdict=Verdict.APPROVE.value) & (decisions.c.change_no == changes.c.no)
        query = select(changes.c.no).where(in_effect, select(decisions.c.seq).where(vote).exists())
        return frozenset(self._connection.scalars(query))

    def emergencies(self, since: datetime, until: datetime) -> list[tuple[str, str]]:
        """The proposer and the number of each emergency submitted from `since` up to, not including, `until`."""
        urgent = self._of_plan(changes, klass=Class.EMERGENCY.value) & (changes.c.submitted_at >= since)
        query = select(changes.c.proposer, changes.c.no).where(urgent, changes.c.submitted_at < until)
        return [(row.proposer, row.no) for row in self._connection.execute(query.order_by(changes.c.no))]

    def newest_first(self, limit: int, before: str | None = None) -> list[Change]:
        """Submitted requests, newest first; drafts are their proposers' own."""
        query = select(changes).where(self._of_plan(changes), changes.c.submitted_at.is_not(None))
        if before is not None:
            query = query.where(changes.c.no < before)
        rows = self._connection.execute(query.order_by(changes.c.no.desc()).limit(limit))
        return [self._change(row) for row in rows]

    def counts(self) -> dict[str, int]:
        """Change requests by state, for metrics."""
        return self._by_state(changes)

    def acknowledge(self, no: str, person: str, at: datetime) -> bool:
        """Record that a person has seen it; only the first time counts. True when this was it."""
        known = select(acknowledgements.c.at).where(self._of_plan(acknowledgements, change_no=no, person=person))
        if self._connection.scalar(known) is not None:
            return False
        self._connection.execute(
            insert(acknowledgements).values(plan_id=self._plan_id, change_no=no, person=person, at=at)
        )
        return True

    def acknowledged(self, no: str) -> dict[str, datetime]:
        rows = self._connection.execute(select(acknowledgements).where(self._of_plan(acknowledgements, change_no=no)))
        return {row.person: row.at for row in rows}

    def past_steps(self, no: str) -> list[Step]:
        """The steps of earlier rounds, in their order, each with what was said to it by then."""
        votes = self._rows(decisions, "seq", change_no=no)
        past = self._rows(past_steps, "round", "seq", change_no=no)
        return [_step(row, [vote for vote in votes if vote.round <= row.round]) for row in past]

    def _save_steps(self, change: Change) -> None:
        """Write over the steps that changed; one that is asked anew is kept as it stood, and decisions are only ever
        added."""
        key = {"plan_id": self._plan_id, "change_no": change.no}
        known = {row.department: row for row in self._rows(steps, change_no=change.no)}
        new: list[dict[str, Any]] = []
        over: list[dict[str, Any]] = []
        for seq, step in enumerate(change.steps):
            row, was = _step_row(step, seq), known.get(step.department)
            if was is None:
                new.append({**key, **row})
            elif any(getattr(was, name) != value for name, value in row.items()):
                if was.round != step.round:
                    over.append(dict(was._mapping))
                self._alter(steps, {"change_no": change.no, "department": step.department}, **row)
        if new:
            self._write(insert(steps), new)
        if over:
            self._write(insert(past_steps), over)
        self._add_decisions(key, change)

    def _add_decisions(self, key: dict[str, str], change: Change) -> None:
        query = select(decisions.c.department, func.count()).where(self._of_plan(decisions, change_no=change.no))
        known = {name: count for name, count in self._connection.execute(query.group_by(decisions.c.department))}
        rows = [
            {**key, "department": step.department, **_decision_row(decision, seq)}
            for step in change.steps
            for seq, decision in enumerate(step.decisions)
            if seq >= known.get(step.department, 0)
        ]
        if rows:
            self._write(insert(decisions), rows)

    def _change(self, row: Row[Any]) -> Change:
        votes = self._rows(decisions, "seq", change_no=row.no)
        impact = self._effects[row.no] = impact_from_json(row.impact)
        return Change(
            plan=row.plan_id,
            no=row.no,
            proposer=row.proposer,
            operations=tuple(operation_of(o) for o in self._rows(operations, "seq", change_no=row.no)),
            impact=impact,
            base_revision=row.base_revision,
            created_at=row.created_at,
            reason=row.reason,
            text=row.text,
            origin=row.origin,
            klass=row.klass,
            policy=policy_from_json(row.policy),
            state=ChangeState(row.state),
            steps=tuple(_step(s, votes) for s in self._rows(steps, "seq", change_no=row.no)),
            submitted_at=row.submitted_at,
            expires_at=row.expires_at,
            ended_at=row.ended_at,
            applied_revision=row.applied_revision,
            round=row.round,
            supersedes=tuple(row.supersedes),
            also_by=tuple(row.also_by),
            superseded_by=row.superseded_by,
            suggested_by=row.suggested_by,
            reverts=row.reverts,
            held_at=row.held_at,
            held_by=tuple(row.held_by),
            facts_of=row.facts_of,
            row_version=row.row_version,
        )


def operations_of(connection: Connection, plan_id: str, nos: Select[tuple[str]]) -> Mapping[str, tuple[Operation, ...]]:
    """Operations of some changes, by their number. Looked up by number: joined, SQLite reads those of all changes."""
    theirs = (operations.c.plan_id == plan_id) & operations.c.change_no.in_(nos)
    found: dict[str, list[Operation]] = {}
    for row in connection.execute(select(operations).where(theirs).order_by(operations.c.change_no, operations.c.seq)):
        found.setdefault(row.change_no, []).append(operation_of(row))
    return {no: tuple(wanted) for no, wanted in found.items()}


def _row(change: Change) -> dict[str, Any]:
    return {
        "state": change.state.value,
        "klass": change.klass,
        "policy": policy_to_json(change.policy),
        "proposer": change.proposer,
        "reason": change.reason,
        "text": change.text,
        "origin": change.origin,
        "base_revision": change.base_revision,
        "round": change.round,
        "created_at": change.created_at,
        "submitted_at": change.submitted_at,
        "expires_at": change.expires_at,
        "ended_at": change.ended_at,
        "applied_revision": change.applied_revision,
        "supersedes": list(change.supersedes),
        "also_by": list(change.also_by),
        "superseded_by": change.superseded_by,
        "suggested_by": change.suggested_by,
        "reverts": change.reverts,
        "held_at": change.held_at,
        "held_by": list(change.held_by),
        "facts_of": change.facts_of,
    }


def _effect_row(change: Change) -> dict[str, Any]:
    return {"impact": impact_to_json(change.impact), "impact_hash": change.impact.hash}


def _step_row(step: Step, seq: int) -> dict[str, Any]:
    return {
        "department": step.department,
        "seq": seq,
        "approvers": list(step.approvers),
        "state": step.state.value,
        "due_at": step.due_at,
        "opened_at": step.opened_at,
        "round": step.round,
        "fallback": step.fallback,
        "needs": step.needs,
        "optional": step.optional,
        "any_deputy": step.any_deputy,
    }


def _decision_row(decision: Decision, seq: int) -> dict[str, Any]:
    return {
        "seq": seq,
        "person": decision.person,
        "verdict": decision.verdict.value,
        "at": decision.at,
        "impact_hash": decision.impact_hash,
        "comment": decision.comment,
        "channel": decision.channel,
        "to": decision.to,
        "acting_for": decision.acting_for,
        "round": decision.round,
    }


def _step(row: Row[Any], votes: Iterable[Row[Any]]) -> Step:
    return Step(
        department=row.department,
        approvers=tuple(row.approvers),
        state=StepState(row.state),
        due_at=row.due_at,
        opened_at=row.opened_at,
        round=row.round,
        decisions=tuple(_decision(vote) for vote in votes if vote.department == row.department),
        fallback=row.fallback,
        needs=row.needs,
        optional=row.optional,
        any_deputy=row.any_deputy,
    )


def _decision(row: Row[Any]) -> Decision:
    return Decision(
        row.person,
        Verdict(row.verdict),
        row.at,
        row.impact_hash,
        row.comment,
        row.channel,
        row.to,
        row.acting_for,
        row.round,
    )
