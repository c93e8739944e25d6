"""What people can ask for: one frozen value per verb.

`item` and `words` are as typed (a code, or a piece of a title or product); `handlers.language.resolve` finds the item.
`本单` stands for whatever the quoted card is about, in `item`, `words` and `change_no`.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from planning.plan.baseline import BaselineKind
from planning.plan.link import LagKind

THIS = "本单"
NOW = "now"
"""The plan as it stands, where a revision could be named."""


class Span(StrEnum):
    TODAY = "today"
    THIS_WEEK = "this_week"
    NEXT_WEEK = "next_week"


class Edge(StrEnum):
    """Which end of an item a date is about. People mean the finish (交期) unless they say 开始."""

    START = "start"
    FINISH = "finish"


@dataclass(frozen=True, slots=True)
class Move:
    """Either `to`, a date for the item's `edge`, or `shift`, signed days of `unit`."""

    item: str
    to: date | None = None
    shift: int | None = None
    unit: LagKind = LagKind.WORKING
    edge: Edge = Edge.FINISH
    pull: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ChangeQuantity:
    """`amount` is signed when `relative`; `unit` as typed, empty when left out."""

    item: str
    amount: Decimal
    relative: bool = False
    unit: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class SetDuration:
    """`days` are working days, signed when `relative`; 0 makes a milestone."""

    item: str
    days: int
    relative: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Cancel:
    item: str
    reason: str = ""


Write = Move | ChangeQuantity | SetDuration | Cancel
"""Commands that become a change request; `handlers.language.resolve.operations_of` makes their operations."""


@dataclass(frozen=True, slots=True)
class WhatIf:
    """The inner command's effect, without a change request; its reason may be empty."""

    inner: Write


@dataclass(frozen=True, slots=True)
class QueryPlan:
    """`words`: a code, product, title or department; empty: the asker's department."""

    words: str = ""
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Approve:
    change_no: str = THIS
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Reject:
    """`suggestion`: the command to propose instead, as typed; empty: none."""

    change_no: str
    reason: str
    suggestion: str = ""


@dataclass(frozen=True, slots=True)
class Modify:
    """Send a change request back to its proposer; `wish`: what to propose instead, in words."""

    change_no: str
    wish: str


@dataclass(frozen=True, slots=True)
class Transfer:
    """Hand one's step of a change request on; `to` begins with a name or a person's id, as typed."""

    change_no: str
    to: str
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Revise:
    """Propose something else in a change request's place; without a reason, for its reason."""

    change_no: str
    inner: Write


@dataclass(frozen=True, slots=True)
class Withdraw:
    change_no: str = THIS
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Undo:
    """Take back what is in effect since a few minutes."""

    change_no: str = THIS
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Extend:
    """Move a request's deadline by working days."""

    change_no: str = THIS
    days: int = 1


@dataclass(frozen=True, slots=True)
class Remind:
    """Push those a change request waits for."""

    change_no: str = THIS


@dataclass(frozen=True, slots=True)
class Delegate:
    """The speaker is away from `first` to `last`, both included, and `deputy` (as typed; empty: the standing one) acts
    for them. Without days: list what there is; `cancel`: they are back, with a `deputy` only from what that
    one acts for."""

    deputy: str = ""
    first: date | None = None
    last: date | None = None
    cancel: bool = False


@dataclass(frozen=True, slots=True)
class Todo:
    """`department` as typed; empty: the asker's own."""

    department: str = ""


@dataclass(frozen=True, slots=True)
class Why:
    """`days`: only revisions of the last so many days; None: all."""

    words: str
    days: int | None = None


@dataclass(frozen=True, slots=True)
class Acks:
    change_no: str = THIS


@dataclass(frozen=True, slots=True)
class Digest:
    """`department` as typed; empty: that of the group asked in."""

    span: Span = Span.TODAY
    department: str = ""


@dataclass(frozen=True, slots=True)
class NameBaseline:
    """Name the plan as it stands; without a name: tell the baselines there are."""

    name: str = ""
    kind: BaselineKind = BaselineKind.PROMISE


@dataclass(frozen=True, slots=True)
class Compare:
    """`words` are one or two revisions (digits, a baseline's name, NOW), then a department as typed; each may be left
    out."""

    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Freeze:
    """A freeze window from `first` to `last`, both inside; `scope` as typed, empty: the whole plan; `type`: only
    the items of this type in it."""

    scope: str
    first: date
    last: date
    reason: str = ""
    type: str = ""


@dataclass(frozen=True, slots=True)
class Enforce:
    """Put the freeze window of this number in force."""

    number: int


@dataclass(frozen=True, slots=True)
class Unfreeze:
    number: int


@dataclass(frozen=True, slots=True)
class ShowFences:
    pass


@dataclass(frozen=True, slots=True)
class ShowRules:
    pass


@dataclass(frozen=True, slots=True)
class SwitchRule:
    """`rule` is its id in the settings."""

    rule: str
    enabled: bool


@dataclass(frozen=True, slots=True)
class TryRules:
    """Which rule would fire for this command; nothing is done."""

    inner: Write


@dataclass(frozen=True, slots=True)
class ShowConflicts:
    """The open conflicts between change requests."""


@dataclass(frozen=True, slots=True)
class SettleConflict:
    """`wanted` is mine, theirs, merge, or the number of the request that shall stand; `other` the one it is in conflict
    with, empty where there is only one."""

    change_no: str
    wanted: str
    other: str = ""


@dataclass(frozen=True, slots=True)
class ShowShadow:
    """What shadow mode would have refused and asked in the last `days`; None: as far back as it looks by itself.
    `place`: a department or product as typed; empty: all of them."""

    days: int | None = None
    place: str = ""


@dataclass(frozen=True, slots=True)
class Help:
    """`topic` is a key of `handlers.language.verbs.COMMANDS`; empty: all of them."""

    topic: str = ""


Read = WhatIf | QueryPlan | Todo | Why | Acks | Digest | Compare | ShowConflicts | ShowShadow | Help
Governing = Freeze | Enforce | Unfreeze | ShowFences | ShowRules | SwitchRule | TryRules
Following = Withdraw | Undo | Extend | Remind
Deciding = Approve | Reject | Modify | Transfer | SettleConflict
Command = Governing | Write | Revise | Read | Deciding | Following | Delegate | NameBaseline
