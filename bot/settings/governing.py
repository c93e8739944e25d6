"""`fences` and `rules`: what of the plan is settled, and which changes go which way, as data."""

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from bot.settings.kinds import Identifier, Text
from bot.settings.section import Section
from planning.fences import Fence, FenceKind, Scope, Zone
from planning.item import Status
from planning.organisation import Role
from planning.policy import ROLE, approver_key


def _approver(value: str) -> str:
    if value.startswith(ROLE) and value.removeprefix(ROLE) not in set(Role):
        raise PydanticCustomError("approver_role", "approver_role", {"roles": ", ".join(Role)})
    return approver_key(value)


Approver = Annotated[Identifier, AfterValidator(_approver)]
"""A department's id, with or without `department:`, or `role:<role>`."""


class ScopeSettings(Section):
    types: tuple[Text, ...] = ()
    departments: tuple[Identifier, ...] = ()
    products: tuple[Text, ...] = ()


class FenceSettings(Section):
    """`days` are of a rolling fence, `statuses` of one by status, `from` and `to` (inclusive) of a window."""

    id: Identifier
    name: str = ""
    kind: FenceKind
    scope: ScopeSettings = ScopeSettings()
    days: Annotated[int | None, Field(ge=0, le=400)] = None
    statuses: tuple[Status, ...] = ()
    first: Annotated[date | None, Field(alias="from")] = None
    last: Annotated[date | None, Field(alias="to")] = None
    zone: Literal[Zone.FROZEN, Zone.SLUSHY] = Zone.FROZEN
    approvals: tuple[Approver, ...] = ()

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
