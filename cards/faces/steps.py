"""The steps of a change request as its cards speak of them: who decides, who has, who is still waited for."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, tzinfo

from cards.faces.votes import count, mode, progress
from cards.lines.approver import approver_name
from cards.words import Words
from cards.words.dates import moment
from planning.change.approvers import awaited
from planning.change.change import Change, Decision, Step, StepState, Verdict
from planning.change.escalation import DEFAULT, Climb, Escalation, capacity
from planning.people.delegation import NO_DEPUTIES, Deputies
from planning.people.organisation import Organisation

MARKS = {StepState.APPROVED: "✅", StepState.CHANGES_REQUESTED: "✏️"}


def deciding_word(step: Step) -> Decision:
    """What put a decided or returned step where it stands."""
    verdicts = {StepState.CHANGES_REQUESTED: Verdict.MODIFY, StepState.APPROVED: Verdict.APPROVE}
    wanted = verdicts.get(step.state, Verdict.REJECT)
    fitting = [said for said in step.last_words if said.verdict is wanted]
    return max(fitting or step.decisions, key=lambda said: said.at)


@dataclass(frozen=True, kw_only=True)
class StepsView:
    change: Change
    organisation: Organisation
    words: Words
    zone: tzinfo
    now: datetime
    escalations: Mapping[str, Escalation] = field(default_factory=dict)
    """How far its steps have climbed, by department."""
    deputies: Deputies = NO_DEPUTIES

    @property
    def today(self) -> date:
        return self.now.astimezone(self.zone).date()

    def department(self, department: str) -> str:
        return approver_name(self.words, self.organisation, department)

    def departments(self, steps: tuple[Step, ...]) -> str:
        return self.words.list([self.department(step.department) for step in steps])

    def at(self, moment_: datetime | None) -> str:
        return moment(moment_, self.zone, self.today) if moment_ else "—"

    def verdicts(self) -> list[str]:
        """Who decided what and when, a line each, and who is still asked."""
        return [self.verdict(step) for step in self.change.steps if step.state is not StepState.NOT_REQUIRED]

    def verdict(self, step: Step) -> str:
        name = self.department(step.department)
        if step.state is StepState.OPEN:
            line = f"⏳ {name}：{self.progress(step)}"
            return self.words("approver.optional.step", line=line) if step.optional else line
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
        how += [self.words("approver.mode.optional")] if step.optional else []
        return " ".join([self.department(step.department), *how])

    def owed(self, step: Step) -> str:
        """Who has not answered yet, and of how many of them the word is waited for."""
        names = self.waited_for(step)
        if step.needs > 1:
            names = self.words("approver.votes.owed", names=names, missing=step.missing)
        return self.words("approver.optional.step", line=names) if step.optional else names

    @property
    def returned(self) -> str:
        """Who wants it modified, and how its proposer answers; empty: nobody."""
        if not self.change.returned:
            return ""
        example = self.words("modify.example", no=self.change.no)
        departments = self.departments(self.change.returned)
        return self.words("modify.returned-row", departments=departments, example=example)

    def waited_for(self, step: Step) -> str:
        """Whose word a step waits for, and who acts for those of them who are away."""
        return self.words.list(self._there(step)) or self.words("approver.nobody-left")

    def not_answered(self, step: Step) -> str:
        """Who was asked before it was escalated."""
        escalation = self.escalations.get(step.department)
        called = escalation.asked() if escalation else ()
        return self.words.list(self._there(step, called)) or self.waited_for(step)

    def in_other_hands(self, step: Step) -> list[str]:
        """Who handed a step on to whom, and who acts for those of the others who are away."""
        name_of, handed = self.organisation.name_of, [said for said in step.decisions if said.to in step.approvers]
        last = {said.to: said for said in handed if said.round == step.round}
        given = [self.words("card.why-you.handed", name=self.by(said), to=name_of(said.to)) for said in last.values()]
        found = awaited(step, self.change.proposers, self.organisation, self.deputies)
        away = {name_of(person): name_of(who) for person, who in found.items() if who != person}
        return given + [self.words("card.why-you.acting", name=name, deputy=deputy) for name, deputy in away.items()]

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

    def rung(self, climb: Climb) -> str:
        """As what those were asked to whom it was escalated."""
        return self.words(f"escalation.rung.{capacity(climb, self.organisation)}")

    def said(self, decision: Decision) -> str:
        verdict = self.words(f"value.verdict.{decision.verdict.value}")
        return f"{self.by(decision)} {verdict} {self.at(decision.at)}"

    def by(self, decision: Decision) -> str:
        """Who said it, and for whom."""
        name = self.organisation.name_of(decision.person)
        if not decision.acting_for:
            return name
        return self.words("leave.acting-for", name=name, absent=self.organisation.name_of(decision.acting_for))

    def present(self, person: str, acting: str) -> str:
        """By name, with who acts for them where that is somebody else."""
        name = self.organisation.name_of(person)
        deputy = self.organisation.name_of(acting)
        return name if acting == person else self.words("leave.away", name=name, deputy=deputy)

    def _together(self, step: Step, last: Decision) -> str:
        """Of a step that several approved, all of them; the time is the last one's."""
        if step.state is not StepState.APPROVED or len(step.votes) < 2:
            return self.said(last)
        names = self.words.list([self.by(vote) for vote in step.votes])
        return f"{names} {self.words('value.verdict.approve')} {self.at(last.at)}"

    def _there(self, step: Step, left_out: Collection[str] = ()) -> list[str]:
        """Those whose approval is waited for, by name; nobody who may not decide."""
        found = awaited(step, self.change.proposers, self.organisation, self.deputies)
        return [self.present(person, who) for person, who in found.items() if person not in left_out]

    def _climb(self, climb: Climb) -> str:
        names = self.words.list([self.organisation.name_of(person) for person in climb.people])
        return self.words("escalation.escalated", who=self.rung(climb), names=names, at=self.at(climb.at))

    def rejecter(self) -> str:
        """Whose rejection ended it."""
        for step in self.change.steps:
            if step.state is StepState.REJECTED and not step.optional:
                return self.organisation.name_of(step.decisions[-1].person)
        return "—"
