"""Steps of a change request on its cards: deciders, votes, those still waited for."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo

from cards.lines.governed import approver_name
from cards.lines.lasting import lasting
from cards.words import Words
from cards.words.dates import moment
from planning.change.approvers import awaited
from planning.change.change import Change, ChangeState, Decision, Step, StepState, Verdict
from planning.change.escalation import DEFAULT, Climb, Escalation, capacity
from planning.control.policy import EVERYONE
from planning.people.delegation import NO_DEPUTIES, Deputies
from planning.people.organisation import Organisation
from planning.people.principal import SYSTEM
from planning.plan.hours import WorkingHours

NAMED = 2
"""Departments named where there is little room."""
MARKS = {StepState.APPROVED: "✅", StepState.CHANGES_REQUESTED: "✏️"}


def deciding_word(step: Step) -> Decision:
    """The decision behind a decided or returned step."""
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
    hours: WorkingHours
    """The company's."""
    escalations: Mapping[str, Escalation] = field(default_factory=dict)
    """Escalations of its steps, by department."""
    deputies: Deputies = NO_DEPUTIES

    @property
    def today(self) -> date:
        return self.now.astimezone(self.zone).date()

    @property
    def between(self) -> str:
        """What stands between two clauses."""
        return "；" if self.words.locale == "zh-CN" else "; "

    def department(self, department: str) -> str:
        return approver_name(self.words, self.organisation, department)

    def departments(self, steps: tuple[Step, ...]) -> str:
        return self.words.list([self.department(step.department) for step in steps])

    def first_departments(self, steps: tuple[Step, ...]) -> str:
        """The first two, and how many there are, for where there is little room."""
        if len(steps) <= NAMED + 1:
            return self.departments(steps)
        return self.words("approver.and-others", names=self.departments(steps[:NAMED]), n=len(steps))

    def at(self, moment_: datetime | None) -> str:
        return moment(moment_, self.zone, self.today) if moment_ else "—"

    def verdicts(self, told: Collection[str] = ()) -> list[str]:
        """Decisions with name and time, a line each, then the open steps. `told`: lines that say a reason already."""
        return [self.verdict(step, told) for step in self.change.steps if step.state is not StepState.NOT_REQUIRED]

    def verdict(self, step: Step, told: Collection[str] = ()) -> str:
        name = self.department(step.department)
        if step.state is StepState.OPEN:
            line = f"⏳ {name}：{self.progress(step)}"
            return self.words("approver.optional.step", line=line) if step.optional else line
        last = deciding_word(step)
        mark = MARKS.get(step.state, "❌")
        said = f"{mark} {name}：{self._together(step, last)}"
        reason = self.words("card.rejection", comment=last.comment)
        return f"{said}（{last.comment}）" if last.comment and reason not in told else said

    def progress(self, step: Step) -> str:
        """Votes of an open step: given, and still possible, with deputies for those away."""
        given = [self.by(vote) for vote in step.votes]
        return progress(self.words, step, given, self._there(step))

    def brief(self, step: Step) -> str:
        """A step in a list: department, progress where several decide, a mark if it is optional."""
        how = [count(self.words, mode(self.words, step.needs, len(step.approvers)), step)] if step.needs > 1 else []
        how += [self.words("approver.mode.optional")] if step.optional else []
        return " ".join([self.department(step.department), *how])

    def owed(self, step: Step) -> str:
        """Approvers without an answer, and how many of them it takes."""
        names = self.waited_for(step)
        if step.needs > 1:
            names = self.words("approver.votes.owed", names=names, missing=step.missing)
        return self.words("approver.optional.step", line=names) if step.optional else names

    @property
    def returned(self) -> str:
        """Departments with a wish to modify, and the proposer's command; empty: none."""
        if not self.change.returned:
            return ""
        example = self.words("modify.example", no=self.change.no)
        departments = self.departments(self.change.returned)
        return self.words("modify.returned-row", departments=departments, example=example)

    @property
    def goes_back(self) -> str:
        """Line for the others who are asked while it is sent back; empty: it is not."""
        if not self.change.goes_back:
            return ""
        facts = {"departments": self.departments(self.change.returned), "proposer": self.proposer}
        return self.words("modify.goes-back", **facts)

    @property
    def proposer(self) -> str:
        if self.change.author == SYSTEM:
            return self.words("card.proposer-system")
        return self.organisation.name_of(self.change.proposer)

    def waited_for(self, *steps: Step) -> str:
        """Approvers these steps wait for, with deputies for those away, each once."""
        names = dict.fromkeys(name for step in steps for name in self._there(step))
        return self.words.list(list(names)) or self.words("approver.nobody-left")

    def not_answered(self, step: Step) -> str:
        """Approvers asked before the escalation."""
        escalation = self.escalations.get(step.department)
        called = escalation.asked() if escalation else ()
        return self.words.list(self._there(step, called)) or self.waited_for(step)

    def in_other_hands(self, step: Step) -> list[str]:
        """Transfers of a step, and deputies for those away."""
        name_of, handed = self.organisation.name_of, [said for said in step.decisions if said.to in step.approvers]
        last = {said.to: said for said in handed if said.round == step.round}
        given = [self.words("card.why-you.handed", name=self.by(said), to=name_of(said.to)) for said in last.values()]
        found = awaited(step, self.change.proposers, self.organisation, self.deputies)
        away = {name_of(person): name_of(who) for person, who in found.items() if who != person}
        return given + [self.words("card.why-you.acting", name=name, deputy=deputy) for name, deputy in away.items()]

    def waited(self, step: Step) -> str:
        """Time since a step was opened, as its ladder counts it: working hours, of an emergency those of the clock;
        without the time in which a freeze held it."""
        escalation = self.escalations.get(step.department)
        opened = escalation.opened_at if escalation and escalation.round == step.round else step.opened_at
        working = (escalation.policy if escalation else DEFAULT).working(self.zone)
        return lasting(working.between(opened or self.now, self.now), working, self.words)

    def climbed(self, department: str) -> list[str]:
        """Escalations of a step, a line each."""
        escalation = self.escalations.get(department)
        step = self.change.step_of(department)
        if escalation is None or step is None or escalation.round != step.round:
            return []
        return [self._climb(climb) for climb in escalation.climbs if climb.people]

    def rung(self, climb: Climb) -> str:
        """Capacity of those a step was escalated to."""
        return self.words(f"escalation.rung.{capacity(climb, self.organisation)}")

    def said(self, decision: Decision) -> str:
        verdict = self.words(f"value.verdict.{decision.verdict.value}")
        return f"{self.by(decision)} {verdict} {self.at(decision.at)}"

    def by(self, decision: Decision) -> str:
        """Author of a decision, with whom they acted for."""
        name = self.organisation.name_of(decision.person)
        if not decision.acting_for:
            return name
        return self.words("leave.acting-for", name=name, absent=self.organisation.name_of(decision.acting_for))

    def present(self, person: str, acting: str) -> str:
        """Name of a person, with the deputy if they are away."""
        name = self.organisation.name_of(person)
        deputy = self.organisation.name_of(acting)
        return name if acting == person else self.words("leave.away", name=name, deputy=deputy)

    def _together(self, step: Step, last: Decision) -> str:
        """Names of a step's several approvers, with the last one's time."""
        if step.state is not StepState.APPROVED or len(step.votes) < 2:
            return self.said(last)
        names = self.words.list([self.by(vote) for vote in step.votes])
        return f"{names} {self.words('value.verdict.approve')} {self.at(last.at)}"

    def _there(self, step: Step, left_out: Collection[str] = ()) -> list[str]:
        """Names of those waited for; nobody who may not decide."""
        found = awaited(step, self.change.proposers, self.organisation, self.deputies)
        seats = dict[str, list[str]]()
        for whose, who in found.items():
            if whose not in left_out:
                seats.setdefault(who, []).append(whose)
        return [self._with_seats(who, whose) for who, whose in seats.items()]

    def _with_seats(self, who: str, seats: list[str]) -> str:
        """Name of somebody who is waited for, once, with everybody whose word they give."""
        name_of = self.organisation.name_of
        if who not in seats and len(seats) == 1:
            return self.present(seats[0], who)
        absent = [name_of(whose) for whose in seats if whose != who]
        key = "leave.also-for" if who in seats else "leave.acting-for"
        return self.words(key, name=name_of(who), absent=self.words.list(absent)) if absent else name_of(who)

    def _climb(self, climb: Climb) -> str:
        names = self.words.list([self.organisation.name_of(person) for person in climb.people])
        return self.words("escalation.escalated", who=self.rung(climb), names=names, at=self.at(climb.at))

    def rejecter(self) -> str:
        """Author of the rejection that ended it."""
        said = self._rejection
        return self.organisation.name_of(said.person) if said else "—"

    @property
    def rejection(self) -> list[str]:
        """Line with the reason of the rejection that ended it; empty: none did, or gave none."""
        said = self._rejection
        if self.change.state is not ChangeState.REJECTED or not said or not said.comment:
            return []
        return [self.words("card.rejection", comment=said.comment)]

    @property
    def _rejection(self) -> Decision | None:
        ending = (step for step in self.change.steps if step.state is StepState.REJECTED and not step.optional)
        step = next(ending, None)
        return step.decisions[-1] if step else None


def mode(words: Words, needs: int, asked: int | None = None) -> str:
    """Name of a mode: 或签, 会签, 2 人同意; `asked`: the number of people asked, if known."""
    if needs == EVERYONE or needs == asked != 1:
        return words("approver.mode.all")
    return words("approver.mode.any") if needs == 1 else words("approver.mode.some", n=needs)


def progress(words: Words, step: Step, given: list[str], silent: list[str]) -> str:
    """Names of those who approved and of those who may still; a single decider's name alone."""
    names = words.list(silent)
    if step.needs == 1:
        return words("approver.votes.any", names=names) if len(silent) > 1 else names
    said = words("approver.votes.said", names=words.list(given)) if given else ""
    code = "approver.votes.all" if step.missing == len(silent) else "approver.votes.some"
    facts = {"given": len(step.taken), "needs": step.needs, "missing": step.missing}
    return words(code, said=said, names=names, **facts)


def count(words: Words, status: str, step: Step) -> str:
    """Status with a count of votes, for a step of several approvals."""
    if step.needs == 1:
        return status
    return words("approver.votes.count", status=status, given=len(step.taken), needs=step.needs)
