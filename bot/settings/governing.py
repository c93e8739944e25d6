"""The sections `fences`, `rules` and `shadow`, as data: the settled, the way of each change, the merely observed."""

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from bot.settings.approving import Approval, ApprovalSettings, Approver, who
from bot.settings.kinds import Identifier, ItemType, Section, Text
from planning.control.condition import Condition
from planning.control.fences import Fence, FenceKind, Scope, Zone
from planning.control.policy import AFFECTED, Terms
from planning.control.reasons import REASON_CODES
from planning.control.rules import HAPPENS, OF_EVENTS, TYPES, Act, Class, Event, Rule
from planning.control.shadow import Shadow
from planning.plan.item import Status


def _one_or_more(value: object) -> object:
    """Read a single entry, a word or a section, as a list of one."""
    return (value,) if isinstance(value, (str, dict)) else value


def _fence_id(value: str) -> str:
    if re.fullmatch(r"f-\d+", value, re.IGNORECASE):
        raise PydanticCustomError("fence_id", "fence_id")
    return value


def _may_hold(value: Status) -> Status:
    if value.is_over:
        raise PydanticCustomError("fence_over", "fence_over")
    return value


def _reason(value: str) -> str:
    if value not in REASON_CODES:
        raise PydanticCustomError("reason_code", "reason_code", {"codes": ", ".join(REASON_CODES)})
    return value


Reason = Annotated[str, AfterValidator(_reason)]
"""One of the reason codes."""


class ReasonTypes(Section):
    """The types of items that a reason code fits, instead of the built-in ones."""

    code: Reason
    types: Annotated[tuple[ItemType, ...], Field(min_length=1)]


_OF_CHANGES = frozenset({"klass", "approvals", "reasons", "deadline_hours", "ratify_hours", "applies_to_open"})
"""Keys of a rule that classes change requests."""


class RuleSettings(Section):
    """A rule's `event` and `when` say when it fires, the rest what follows."""

    id: Identifier
    event: Event = Event.ANY
    when: str = ""
    klass: Annotated[Class, Field(alias="class")] = Class.NORMAL
    approvals: Annotated[tuple[Approval, ...] | None, BeforeValidator(_one_or_more)] = None
    inform: tuple[Identifier, ...] = ()
    reasons: tuple[Reason, ...] = ()
    deadline_hours: Annotated[int | None, Field(ge=1, le=720)] = None
    ratify_hours: Annotated[int | None, Field(ge=1, le=720)] = None
    enabled: bool = True
    act: Act | None = None
    applies_to_open: bool = False

    @model_validator(mode="after")
    def _asks_somebody(self) -> "RuleSettings":
        if self.klass is Class.STANDARD and self.asked:
            raise PydanticCustomError("rule_standard", "rule_standard")
        if self.klass is not Class.STANDARD and not self.asked:
            raise PydanticCustomError("rule_asks_nobody", "rule_asks_nobody")
        if self.act and self.event not in HAPPENS:
            raise PydanticCustomError("rule_act_event", "rule_act_event", {"known": ", ".join(HAPPENS)})
        if self.act and self.model_fields_set & _OF_CHANGES:
            raise PydanticCustomError("rule_act_alone", "rule_act_alone")
        if self.applies_to_open and self.klass is not Class.NORMAL:
            raise PydanticCustomError("rule_open", "rule_open")
        if self.klass is not Class.EMERGENCY and self.ratify_hours is not None:
            raise PydanticCustomError("rule_ratify", "rule_ratify")
        if self.asked and all(terms.optional for terms in self.terms) and len(self.terms) == len(self.asked):
            raise PydanticCustomError("rule_all_optional", "rule_all_optional")
        return self

    @property
    def asked(self) -> tuple[str, ...]:
        """Approvals of the rule; by default nobody for a standard change, every affected department for others."""
        if self.approvals is None:
            return () if self.klass is Class.STANDARD else (AFFECTED,)
        return tuple(who(approval) for approval in self.approvals)

    @property
    def terms(self) -> tuple[Terms, ...]:
        """Terms of approvals other than the ordinary."""
        return tuple(one.terms() for one in self.approvals or () if isinstance(one, ApprovalSettings))

    def rule(self) -> Rule:
        """Raises `planning.control.condition_types.BadCondition`."""
        when = Condition.of(self.when, OF_EVENTS if self.act else TYPES) if self.when else None
        return Rule(self.id, self.event, when, self.klass, self.asked, self.inform, self.reasons, self.deadline_hours,
                    self.enabled, self.ratify_hours, terms=self.terms, act=self.act,
                    applies_to_open=self.applies_to_open)  # fmt: skip


class ScopeSettings(Section):
    types: tuple[ItemType, ...] = ()
    departments: tuple[Identifier, ...] = ()
    products: tuple[Text, ...] = ()


class FenceSettings(Section):
    """`days` are of a rolling fence, `statuses` of one by status, `from` and `to` (inclusive) of a window."""

    id: Annotated[Identifier, AfterValidator(_fence_id)]
    name: str = ""
    kind: FenceKind
    scope: ScopeSettings = ScopeSettings()
    days: Annotated[int | None, Field(ge=0, le=400)] = None
    statuses: tuple[Annotated[Status, AfterValidator(_may_hold)], ...] = ()
    first: Annotated[date | None, Field(alias="from")] = None
    last: Annotated[date | None, Field(alias="to")] = None
    zone: Literal[Zone.FROZEN, Zone.SLUSHY] = Zone.FROZEN
    approvals: Annotated[tuple[Approver, ...], BeforeValidator(_one_or_more)] = ()

    @model_validator(mode="after")
    def _of_its_kind(self) -> "FenceSettings":
        given = {
            FenceKind.ROLLING: self.days is not None,
            FenceKind.STATUS: bool(self.statuses),
            FenceKind.WINDOW: self.first is not None and self.last is not None,
        }
        loose = self.kind is not FenceKind.WINDOW and (self.first or self.last)
        if loose or [kind for kind, there in given.items() if there] != [self.kind]:
            raise PydanticCustomError("fence_kind", "fence_kind")
        if self.first and self.last and self.last < self.first:
            raise PydanticCustomError("fence_window", "fence_window")
        return self

    def fence(self) -> Fence:
        scope = Scope(self.scope.types, self.scope.departments, self.scope.products)
        return Fence(
            id=self.id,
            name=self.name or self.id,
            kind=self.kind,
            zone=self.zone,
            scope=scope,
            days=self.days or 0,
            statuses=self.statuses,
            first=self.first or date.min,
            last=self.last or date.max,
            approvals=self.approvals,
        )


class ShadowSettings(Section):
    """Departments and product lines that only observe, until they are enforced one after the other; empty: all are."""

    departments: tuple[Identifier, ...] = ()
    products: tuple[Text, ...] = ()
    everything: Annotated[bool, Field(alias="all")] = False

    def shadow(self) -> Shadow:
        return Shadow(self.departments, self.products, self.everything)
