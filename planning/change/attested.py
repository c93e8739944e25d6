"""Requests, votes, reports, exceptions and revisions as the audit trail tells of them, beside what the database has."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from planning.change.change import ChangeState, Verdict
from planning.exceptions.episode import State
from planning.facts.report import Report
from planning.plan.revision import Revision
from planning.trail.audit import AuditEvent, Kind, storable

STATE_AFTER = {
    Kind.DRAFTED: ChangeState.DRAFT,
    Kind.SUBMITTED: ChangeState.IN_APPROVAL,
    Kind.RESUMED: ChangeState.IN_APPROVAL,
    Kind.HELD: ChangeState.ON_HOLD,
    Kind.PROVISIONAL: ChangeState.PROVISIONAL,
    Kind.RATIFIED: ChangeState.APPLIED,
    Kind.APPLIED: ChangeState.APPLIED,
    Kind.REJECTED: ChangeState.REJECTED,
    Kind.DISCARDED: ChangeState.WITHDRAWN,
    Kind.WITHDRAWN: ChangeState.WITHDRAWN,
    Kind.EXPIRED: ChangeState.EXPIRED,
    Kind.SUPERSEDED: ChangeState.SUPERSEDED,
    Kind.REVERTED: ChangeState.REVERTED,
    Kind.FAILED: ChangeState.FAILED,
}
EXCEPTIONS = {Kind.EXCEPTION_OPENED: State.OPEN.value, Kind.EXCEPTION_CLOSED: State.CLOSED.value}
REPORTS = (Kind.REPORTED, Kind.CORRECTED)
VOTES = {f"decision.{verdict.value}" for verdict in Verdict}


@dataclass(frozen=True, slots=True)
class Vote:
    """A decision, as both the trail and the table of decisions tell it."""

    change: str
    department: str
    person: str
    verdict: str
    acting_for: str
    to: str
    comment: str
    impact: str

    @classmethod
    def of(cls, *told: str) -> "Vote":
        return cls(*map(storable, told))


class Fault(StrEnum):
    STATE = "state"
    """A request is in another state than the trail tells."""
    VOTE_GONE = "vote-gone"
    VOTE_ADDED = "vote-added"
    REPORT_GONE = "report-gone"
    REPORT_ADDED = "report-added"
    EXCEPTION = "exception"
    """What is going wrong is open and the trail tells that it is over, or the other way round."""
    REVISION = "revision"
    """A revision has another hash than the trail tells."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Where the database disagrees with its trail. `change`: the request, the report, the exception, or the revision's
    number."""

    fault: Fault
    change: str
    expected: str
    found: str


@dataclass(slots=True)
class Attested:
    """What the trail tells, read event by event."""

    states: dict[str, str] = field(default_factory=dict)
    votes: Counter[Vote] = field(default_factory=Counter)
    reports: Counter[tuple[tuple[str, str], ...]] = field(default_factory=Counter)
    exceptions: dict[str, str] = field(default_factory=dict)
    """Whether each is open or closed, by its number: as many are open as opened and did not close."""
    seals: dict[int, str] = field(default_factory=dict)
    """Hashes of revisions, by number."""

    def read(self, event: AuditEvent) -> None:
        no, facts = event.subject, event.facts
        if event.kind in STATE_AFTER:
            self.states[no] = STATE_AFTER[Kind(event.kind)]
            self.states.pop(facts.get("preview", ""), None)
        elif event.kind in VOTES:
            verdict, seen = event.kind.partition(".")[2], (facts.get("comment", ""), facts.get("impact", ""))
            told = (facts.get("department", ""), event.actor, verdict, facts.get("acting_for", ""), facts.get("to", ""))
            self.votes[Vote.of(no, *told, *seen)] += 1
        elif event.kind in REPORTS:
            self.reports[tuple(sorted(facts.items()))] += 1
        elif event.kind in EXCEPTIONS:
            self.exceptions[no] = EXCEPTIONS[Kind(event.kind)]
        if "seal" in facts:
            self.seals[int(facts["revision"])] = facts["seal"]

    def differences(
        self,
        states: Iterable[tuple[str, str]],
        votes: Iterable[Vote],
        revisions: Iterable[Revision],
        reports: Iterable[Report] = (),
        exceptions: Iterable[tuple[str, str]] = (),
    ) -> list[Difference]:
        """Compare with the requests' states, the votes, the reports, the exceptions that ever opened and the revisions
        of the database. A revision that sealed the plan is sealed by the trail."""
        here, cast = dict(states), Counter(votes)
        said = Counter(tuple(sorted(one.told().items())) for one in reports)
        odd, wrong = _differing(self.states, here), dict(exceptions)
        hashes = {r.number: r.hash for r in revisions if r.plan_hash or r.number in self.seals}
        broken = [n for n in dict.fromkeys((*self.seals, *hashes)) if self.seals.get(n) != hashes.get(n)]
        return [
            *(Difference(Fault.STATE, no, self.states.get(no, ""), here.get(no, "")) for no in odd),
            *(_vote(Fault.VOTE_GONE, vote) for vote in self.votes - cast),
            *(_vote(Fault.VOTE_ADDED, vote) for vote in cast - self.votes),
            *(_report(Fault.REPORT_GONE, dict(told)) for told in self.reports - said),
            *(_report(Fault.REPORT_ADDED, dict(told)) for told in said - self.reports),
            *(Difference(Fault.EXCEPTION, no, self.exceptions.get(no, ""), wrong.get(no, ""))
              for no in _differing(self.exceptions, wrong)),
            *(Difference(Fault.REVISION, str(n), self.seals.get(n, ""), hashes.get(n, "")) for n in broken),
        ]


def _differing(told: Mapping[str, str], here: Mapping[str, str]) -> list[str]:
    return [no for no in dict.fromkeys((*told, *here)) if told.get(no) != here.get(no)]


def _vote(fault: Fault, vote: Vote) -> Difference:
    told = f"{vote.person} {vote.verdict} {vote.department}"
    return Difference(fault, vote.change, *((told, "") if fault is Fault.VOTE_GONE else ("", told)))


def _report(fault: Fault, told: Mapping[str, str]) -> Difference:
    text = " ".join(value for name, value in told.items() if name in ("item", "kind", "day", "good", "percent"))
    return Difference(fault, told.get("no", ""), *((text, "") if fault is Fault.REPORT_GONE else ("", text)))
