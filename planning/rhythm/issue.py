"""An issue (反馈): what somebody found wrong, who sees to it, and where it stands."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from planning.subject import Subject, SubjectKind

ISSUE_NO = re.compile(r"IS-[0-9]{8}-[0-9]{3,}(?![0-9])")
SAID_AGAIN = timedelta(minutes=10)
"""So long the same words of the same person are the same issue."""


class IssueState(StrEnum):
    OPEN = "open"
    """Nobody has said yet that they see to it."""
    ASSIGNED = "assigned"
    ANSWERED = "answered"
    RESOLVED = "resolved"
    """By its owner's word; whoever raised it has the last one."""
    CLOSED = "closed"

    @property
    def is_underway(self) -> bool:
        return self in (IssueState.OPEN, IssueState.ASSIGNED, IssueState.ANSWERED)


@dataclass(frozen=True, slots=True)
class Issue:
    no: str
    text: str
    """As it was typed."""
    by: str
    """A person's id, or `api:<token>`."""
    about: str
    """Code of an item, number of a change request, of a report or of a record; empty: none of them."""
    department: str
    """Whose matter it is."""
    owner: str
    """Who sees to it: a person's id."""
    urgent: bool
    room: str
    """Conversation in which it was raised; empty: in none."""
    raised_at: datetime
    began_at: datetime
    """When its clocks started: as it was raised, or reopened last."""
    handed_at: datetime
    """When its present owner got it."""
    state: IssueState = IssueState.OPEN
    told: int = 0
    """Rungs of the running clock that are behind it."""
    answer: str = ""
    """What its owner answered last."""
    answered_by: str = ""
    answered_at: datetime | None = None
    """When it was first answered since its clocks started."""
    resolved_at: datetime | None = None
    closed_at: datetime | None = None
    closed_by: str = ""
    """Who closed it; empty: nobody said anything in time."""
    reopened: int = 0
    change: str = ""
    """The newest change request that was proposed for it."""
    call: str = ""
    """Key of the call that brought it; empty: it had none."""

    @property
    def subject(self) -> Subject:
        return Subject(SubjectKind.ISSUE, self.no)

    def is_same(self, again: "Issue") -> bool:
        """Whether that only says it again: the same words of the same person about the same, to the same department,
        and no more urgent."""
        is_new = again.raised_at - self.raised_at <= SAID_AGAIN
        said = [(one.by, one.about, one.department, _bare(one.text)) for one in (self, again)]
        return is_new and self.state.is_underway and said[0] == said[1] and self.urgent >= again.urgent


def _bare(text: str) -> str:
    return " ".join(text.split())
