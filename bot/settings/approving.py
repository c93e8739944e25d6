"""Approvals of a rule: a word, or a section with its mode."""

from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, TypeAdapter, WrapValidator
from pydantic_core import PydanticCustomError

from bot.settings.kinds import Identifier, Section
from planning.control.policy import EVERYONE, Terms, approver_key
from planning.people.organisation import Role
from planning.people.principal import Principal

MOST = 20
MODES = {"any": 1, "all": EVERYONE}


def known_role(value: str) -> str:
    """A role is one there is."""
    who = Principal.parse(value)
    if who.is_role and who.id not in set(Role):
        raise PydanticCustomError("approver_role", "approver_role", {"roles": ", ".join(Role)})
    return value


def _mode(value: object) -> object:
    known = MODES.get(value) if isinstance(value, str) else None
    if known is not None:
        return known
    if not (isinstance(value, str) and value.isascii() and value.isdecimal() and 1 <= int(value) <= MOST):
        raise PydanticCustomError("approval_mode", "approval_mode", {"most": MOST})
    return int(value)


Approver = Annotated[Identifier, AfterValidator(known_role), AfterValidator(approver_key)]
"""A department's id, with or without `department:`, or `role:<role>`."""
Mode = Annotated[int, BeforeValidator(_mode)]
"""`any` (one of them), `all`, or how many; as a number of `planning.control.policy.Terms`."""


class ApprovalSettings(Section):
    """`mode` left out: as the department ordinarily does."""

    who: Approver
    mode: Mode | None = None
    optional: bool = False
    any_deputy: bool = False

    def terms(self) -> Terms:
        return Terms(self.who, self.mode, self.optional, self.any_deputy)


_WORD = TypeAdapter[str](Approver)


def _entry(value: object, _: object) -> str | ApprovalSettings:
    """Read an approval without a union: of two that do not fit, the validator would tell both mistakes."""
    return _WORD.validate_python(value) if isinstance(value, str) else ApprovalSettings.model_validate(value)


Approval = Annotated[str | ApprovalSettings, WrapValidator(_entry)]


def who(approval: str | ApprovalSettings) -> str:
    return approval if isinstance(approval, str) else approval.who
