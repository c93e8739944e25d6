"""A change request as its cards speak of it: names, dates and effects in words."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, tzinfo
from typing import Any

from cards.action import Action, Verb
from cards.approver import approver_name
from cards.card import Tone
from cards.faces.votes import count, mode, progress
from cards.governed import fence_lines, governed
from cards.held import held_line
from cards.rows import RowWriter
from cards.standing import at_once_or_not, restored_or_not, standing
from cards.words import Words
from cards.words.dates import day, moment
from planning.approvers import awaited
from planning.change import Change, ChangeState, Decision, Step, StepState, Verdict
from planning.compensation import given_back, left_of
from planning.delegation import NO_DEPUTIES, Deputies
from planning.escalation import DEFAULT, Climb, Escalation, capacity
from planning.horizon import Horizon
from planning.operation import Op, Operation
from planning.organisation import Organisation

SEEN = 8
"""Characters of a hash: enough to tell one effect of a request from another."""
MARKS = {StepState.APPROVED: "✅", StepState.CHANGES_REQUESTED: "✏️"}
END_TONES = {
    ChangeState.APPLIED: Tone.SUCCESS,
    ChangeState.REJECTED: Tone.DANGER,
    ChangeState.FAILED: Tone.DANGER,
}


def deciding_word(step: Step) -> Decision:
    """What put a decided or returned step where it stands."""
    verdicts = {StepState.CHANGES_REQUESTED: Verdict.MODIFY, StepState.APPROVED: Verdict.APPROVE}
    wanted = verdicts.get(step.state, Verdict.REJECT)
    fitting = [said for said in step.last_words if said.verdict is wanted]
    return max(fitting or step.decisions, key=lambda said: said.at)


@dataclass(frozen=True, slots=True)
class ChangeView:
    change: Change
    organisation: Organisation
    words: Words
    zone: tzinfo
    now: datetime
    titles: Mapping[str, str] = field(default_factory=dict)
    """Item code → title, for items that are in operations but not in the impact's lines."""
    escalations: Mapping[str, Escalation] = field(default_factory=dict)
    """How far its steps have climbed, by department."""
    deputies: Deputies = NO_DEPUTIES
    horizon: Horizon | None = None
    """How far the plan's dates can be relied on."""
    taken_back_by: Change | None = None
    """The change that took it back."""

    @property
    def today(self) -> date:
        return self.now.astimezone(self.zone).date()

    @property
    def rows(self) -> RowWriter:
        return RowWriter(self.words, self.today, self.organisation, self.horizon)

    @property
    def headline(self) -> str:
        """What is wanted, in one line."""
        if no := self.change.reverts:
            code = "op.reverts" if self.change.operations else "op.reverts-nothing"
            return self.words(code, no=no, headline=self._wish)
        return self._wish

    @property
    def _wish(self) -> str:
        if not self.change.operations:
            return self.words("op.recount")
        first, *more = self.change.operations
        return self._operation(first) + (self.words("more", n=len(more)) if more else "")

    @property
    def proposer(self) -> str:
        if self.change.proposer == "system":
            return self.words("proposer.system")
        return self.organisation.name_of(self.change.proposer)

    @property
    def reason(self) -> str:
        return self.change.reason or self.words("no-reason")

    def department(self, department: str) -> str:
        return approver_name(self.words, self.organisation, department)

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
        """What holds it, class and rule, fences, then what the rules remark on without being in the way; of these the
        first three."""
        remarks = [self.words.refusal(remark) for remark in self.change.impact.exceptions[:3]]
        return [*filter(None, [self.held]), *self.governed, *self.at_once, *remarks]

    @property
    def at_once(self) -> list[str]:
        """Of a draft: that submitting it puts it in effect; empty where it is decided first."""
        asked = self.change.policy.asks(self.change.impact, self.organisation)
        return at_once_or_not(self.change, self.words, bool(asked))

    @property
    def held(self) -> str:
        """That a freeze holds it; empty: none does."""
        return held_line(self.change, self.words, self.zone)

    @property
    def left(self) -> list[str]:
        """Of a change that takes another back: what could not be given back, and why."""
        return [self.words.refusal(left) for left in left_of(self.change)]

    @property
    def given_back(self) -> str:
        """Of what was taken back, whether the plan is as before; empty: it was not taken back."""
        return restored_or_not(self.taken_back_by, self.words) if self.taken_back_by else ""

    def standing(self, asked: bool = False) -> str:
        """Of an emergency, and of what was taken back, how it stands; empty otherwise."""
        return standing(self.change, self.words, self.at(self.change.expires_at), self.taken_back_by, asked)

    @property
    def taken_back(self) -> str:
        """By what; empty: it was not."""
        return self.standing() if self.change.state is ChangeState.REVERTED else ""

    @property
    def governed(self) -> list[str]:
        """Class and rule, and the fences; none where there are none."""
        return governed(self.change, self.organisation, self.words, self.today)

    @property
    def fenced(self) -> list[str]:
        """The fences alone."""
        return fence_lines(self.change, self.organisation, self.words, self.today)

    @property
    def status(self) -> str:
        """Where the request stands, for everyone."""
        change = self.change
        facts: dict[str, Any] = {"no": change.no}
        match change.state:
            case ChangeState.IN_APPROVAL if change.returned and not change.required:
                return self.words("status.returned", departments=self.departments(change.returned), **facts)
            case ChangeState.IN_APPROVAL:
                waiting = change.required or change.waiting
                return self.words("status.waiting", departments=self.departments(waiting), **facts)
            case ChangeState.ON_HOLD:
                return self.words("held.status", **facts)
            case ChangeState.APPLIED:
                return self.words("status.applied", revision=change.applied_revision, **facts)
            case ChangeState.REJECTED:
                return self.words("status.rejected", name=self._rejecter(), **facts)
            case ChangeState.SUPERSEDED:
                return self.words("status.superseded", by_no=change.superseded_by, **facts)
            case ChangeState.REVERTED if self.taken_back_by is not None:
                return self.words(f"status.reverted-{given_back(self.taken_back_by).value}", **facts)
            case ChangeState.FAILED if change.reverts and not change.steps:
                unrestored = left_of(change) != []
                return self.words("status.unrestored" if unrestored else "status.as-it-was", **facts)
            case ChangeState.WITHDRAWN if change.submitted_at is None:
                return self.words("status.discarded", **facts)
            case ChangeState.DRAFT:
                return self.words("status.refused" if change.impact.refused else "status.preview", **facts)
            case _:
                return self.words(f"status.{change.state.value}", **facts)

    @property
    def tone(self) -> Tone:
        if self.change.state.is_deciding:
            return Tone.WARN if self.change.impact.late_orders else Tone.INFO
        return END_TONES.get(self.change.state, Tone.MUTED)

    def deciding(self, card_id: str, verb: Verb, choice: str = "") -> Action:
        """Of a button that decides: it goes with the effect that is shown."""
        return Action(card_id, verb, choice, seen=self.change.impact.hash[:SEEN])

    def verdicts(self) -> list[str]:
        """Who decided what and when, a line each, and who is still asked."""
        return [self.verdict(step) for step in self.change.steps if step.state is not StepState.NOT_REQUIRED]

    def verdict(self, step: Step) -> str:
        name = self.department(step.department)
        if step.state is StepState.OPEN:
            line = f"⏳ {name}：{self.progress(step)}"
            return self.words("optional.step", line=line) if step.optional else line
        last = deciding_word(step)
        mark = MARKS.get(step.state, "❌")
        said = f"{mark} {name}：{self._together(step, last)}"
        return f"{said}（{last.comment}）" if last.comment else said

    def progress(self, step: Step) -> str:
        """Who has approved an open step, and who may still; who acts for those of them who are away."""
        given = [self.by(vote) for vote in step.votes]
        return progress(self.words, step, given, self._there(step))

    def brief(self, step: Step) -> str:
        """A step in a list: whose it is, how far it is where several decide, and whether it is waited for."""
        how = [count(self.words, mode(self.words, step.needs, len(step.approvers)), step)] if step.needs > 1 else []
        how += [self.words("mode.optional")] if step.optional else []
        return " ".join([self.department(step.department), *how])

    def owed(self, step: Step) -> str:
        """Who has not answered yet, and of how many of them the word is waited for."""
        names = self.waited_for(step)
        if step.needs > 1:
            names = self.words("votes.owed", names=names, missing=step.missing)
        return self.words("optional.step", line=names) if step.optional else names

    @property
    def returned(self) -> str:
        """Who wants it modified, and how its proposer answers; empty: nobody."""
        if not self.change.returned:
            return ""
        example = self.words("modify.example", no=self.change.no)
        departments = self.departments(self.change.returned)
        return self.words("returned.row", departments=departments, example=example)

    def _together(self, step: Step, last: Decision) -> str:
        """Of a step that several approved, all of them; the time is the last one's."""
        if step.state is not StepState.APPROVED or len(step.votes) < 2:
            return self.said(last)
        names = self.words.list([self.by(vote) for vote in step.votes])
        return f"{names} {self.words('verdict.approve')} {self.at(last.at)}"

    def said(self, decision: Decision) -> str:
        verdict = self.words(f"verdict.{decision.verdict.value}")
        return f"{self.by(decision)} {verdict} {self.at(decision.at)}"

    def waited_for(self, step: Step) -> str:
        """Whose word a step waits for, and who acts for those of them who are away."""
        return self.words.list(self._there(step)) or self.words("nobody-left")

    def in_other_hands(self, step: Step) -> list[str]:
        """Who handed a step on to whom, and who acts for those of the others who are away."""
        name_of, handed = self.organisation.name_of, [said for said in step.decisions if said.to in step.approvers]
        last = {said.to: said for said in handed if said.round == step.round}
        given = [self.words("why-you.handed", name=self.by(said), to=name_of(said.to)) for said in last.values()]
        found = awaited(step, self.change.proposers, self.organisation, self.deputies)
        away = {name_of(person): name_of(who) for person, who in found.items() if who != person}
        return given + [self.words("why-you.acting", name=name, deputy=deputy) for name, deputy in away.items()]

    def not_answered(self, step: Step) -> str:
        """Who was asked before it was escalated."""
        escalation = self.escalations.get(step.department)
        called = escalation.asked() if escalation else ()
        return self.words.list(self._there(step, called)) or self.waited_for(step)

    def waited(self, step: Step) -> int:
        """Full working hours since a step was opened, without those in which a freeze held it."""
        escalation = self.escalations.get(step.department)
        opened = escalation.opened_at if escalation and escalation.round == step.round else step.opened_at
        working = (escalation.policy if escalation else DEFAULT).working(self.zone)
        return working.between(opened or self.now, self.now) // timedelta(hours=1)

    def climbed(self, department: str) -> list[str]:
        """Whom a step was escalated to, a line each."""
        escalation = self.escalations.get(department)
        step = self.change.step_of(department)
        if escalation is None or step is None or escalation.round != step.round:
            return []
        return [self._climb(climb) for climb in escalation.climbs if climb.people]

    def _climb(self, climb: Climb) -> str:
        names = self.words.list([self.organisation.name_of(person) for person in climb.people])
        return self.words("escalated", who=self.rung(climb), names=names, at=self.at(climb.at))

    def rung(self, climb: Climb) -> str:
        """As what those were asked to whom it was escalated."""
        return self.words(f"rung.{capacity(climb, self.organisation)}")

    def _there(self, step: Step, left_out: Collection[str] = ()) -> list[str]:
        """Those whose approval is waited for, by name; nobody who may not decide."""
        found = awaited(step, self.change.proposers, self.organisation, self.deputies)
        return [self.present(person, who) for person, who in found.items() if person not in left_out]

    def present(self, person: str, acting: str) -> str:
        """By name, with who acts for them where that is somebody else."""
        name = self.organisation.name_of(person)
        return name if acting == person else self.words("away", name=name, deputy=self.organisation.name_of(acting))

    def by(self, decision: Decision) -> str:
        """Who said it, and for whom."""
        name = self.organisation.name_of(decision.person)
        if not decision.acting_for:
            return name
        return self.words("acting-for", name=name, absent=self.organisation.name_of(decision.acting_for))

    def _rejecter(self) -> str:
        for step in self.change.steps:
            if step.state is StepState.REJECTED and not step.optional:
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
