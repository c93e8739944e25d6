"""A change request as its cards speak of it: names, dates and effects in words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo
from typing import Any

from cards.card import Tone
from cards.rows import RowWriter
from cards.words import Words
from cards.words.dates import day, moment
from planning.change import Change, ChangeState, Decision, Step, StepState
from planning.operation import Op, Operation
from planning.organisation import Organisation

END_TONES = {
    ChangeState.APPLIED: Tone.SUCCESS,
    ChangeState.REJECTED: Tone.DANGER,
    ChangeState.FAILED: Tone.DANGER,
}


@dataclass(frozen=True, slots=True)
class ChangeView:
    change: Change
    organisation: Organisation
    words: Words
    zone: tzinfo
    now: datetime
    titles: Mapping[str, str] = field(default_factory=dict)
    """Item code → title, for items that are in operations but not in the impact's lines."""

    @property
    def today(self) -> date:
        return self.now.astimezone(self.zone).date()

    @property
    def rows(self) -> RowWriter:
        return RowWriter(self.words, self.today, self.organisation)

    @property
    def headline(self) -> str:
        """What is wanted, in one line."""
        first, *more = self.change.operations
        return self._operation(first) + (self.words("more", n=len(more)) if more else "")

    @property
    def proposer(self) -> str:
        return self.organisation.name_of(self.change.proposer)

    @property
    def reason(self) -> str:
        return self.change.reason or self.words("no-reason")

    def department(self, department: str) -> str:
        return self.organisation.department_name(department) or self.words("nobody")

    def departments(self, steps: tuple[Step, ...]) -> str:
        return self.words.list([self.department(step.department) for step in steps])

    def at(self, moment_: datetime | None) -> str:
        return moment(moment_, self.zone, self.today) if moment_ else "—"

    @property
    def effect(self) -> str:
        """The whole effect in a line: items, departments, lateness, shortage."""
        impact = self.change.impact
        items = len({line.item for line in impact.lines})
        parts = [self.words("effect.some", items=items, departments=len(impact.departments))]
        if impact.late_orders:
            worst = max(late.days for late in impact.late_orders)
            parts.append(self.words("effect.late", n=len(impact.late_orders), days=worst))
        else:
            parts.append(self.words("effect.on-time"))
        if short := [s for s in impact.shortages if s.after > 0]:
            parts.append(self.words("effect.short", n=len(short)))
        if impact.provisional:
            parts.append(self.words("effect.provisional"))
        return "，".join(parts) if self.words.locale == "zh-CN" else ", ".join(parts)

    @property
    def remarks(self) -> list[str]:
        """What the rules remark on without being in the way; the first three."""
        return [self.words.refusal(remark) for remark in self.change.impact.exceptions[:3]]

    @property
    def status(self) -> str:
        """Where the request stands, for everyone."""
        change = self.change
        facts: dict[str, Any] = {"no": change.no}
        match change.state:
            case ChangeState.IN_APPROVAL:
                return self.words("status.waiting", departments=self.departments(change.waiting), **facts)
            case ChangeState.APPLIED:
                return self.words("status.applied", revision=change.applied_revision, **facts)
            case ChangeState.REJECTED:
                return self.words("status.rejected", name=self._rejecter(), **facts)
            case ChangeState.WITHDRAWN if change.submitted_at is None:
                return self.words("status.discarded", **facts)
            case ChangeState.DRAFT:
                return self.words("status.refused" if change.impact.refused else "status.preview", **facts)
            case _:
                return self.words(f"status.{change.state.value}", **facts)

    @property
    def tone(self) -> Tone:
        if self.change.state is ChangeState.IN_APPROVAL:
            return Tone.WARN if self.change.impact.late_orders else Tone.INFO
        return END_TONES.get(self.change.state, Tone.MUTED)

    def verdicts(self) -> list[str]:
        """Who decided what and when, a line each, and who is still asked."""
        return [self.verdict(step) for step in self.change.steps if step.state is not StepState.NOT_REQUIRED]

    def verdict(self, step: Step) -> str:
        name = self.department(step.department)
        if step.state is StepState.OPEN:
            able = self.words.list([self.organisation.name_of(person) for person in step.approvers])
            return f"⏳ {name}：{able}"
        last = step.decisions[-1]
        mark = "✅" if step.state is StepState.APPROVED else "❌"
        said = f"{mark} {name}：{self.said(last)}"
        return f"{said}（{last.comment}）" if last.comment else said

    def said(self, decision: Decision) -> str:
        verdict = self.words(f"verdict.{decision.verdict.value}")
        return f"{self.organisation.name_of(decision.person)} {verdict} {self.at(decision.at)}"

    def _rejecter(self) -> str:
        for step in self.change.steps:
            if step.state is StepState.REJECTED:
                return self.organisation.name_of(step.decisions[-1].person)
        return "—"

    def _operation(self, operation: Operation) -> str:
        title = self.title(operation)
        if operation.op is Op.SHIFT and isinstance(operation.to, int):
            later = operation.to > 0
            code = "op.shift-later" if later else "op.shift-earlier"
            return self.words(code, title=title, n=abs(operation.to))
        return self.words(f"op.{operation.op.value}", title=title, to=self._wanted(operation))

    def title(self, operation: Operation) -> str:
        """The item by number and name."""
        known = next((line.title for line in self.change.impact.lines if line.item == operation.item), "")
        return f"{operation.item} {known or self.titles.get(operation.item, '')}".strip()

    def _wanted(self, operation: Operation) -> str:
        if isinstance(operation.to, date):
            return day(operation.to, self.today)
        if operation.op is Op.REASSIGN:
            return self.organisation.department_name(str(operation.to))
        return str(operation.to)
