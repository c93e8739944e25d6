"""A principal, who acts, is asked or is granted something: the one place that knows how it is written."""

from dataclasses import dataclass
from enum import StrEnum

from planning.people.organisation import Role


class PrincipalKind(StrEnum):
    PERSON = "person"
    """By their id. A department, where one may stand as well, is written the same way."""
    TOKEN = "api"
    """Another system, by the name of its token."""
    ROLE = "role"
    """Anybody with that role, whatever their department."""
    SYSTEM = "system"
    """The product itself."""
    NOBODY = "nobody"
    """The clock."""


@dataclass(frozen=True, slots=True)
class Principal:
    """A principal, stored and shown by `str`: `he`, `api:erp`, `role:coordinator`, `system`; empty for nobody."""

    kind: PrincipalKind
    id: str = ""

    @classmethod
    def parse(cls, text: str) -> "Principal":
        """The principal of any text; one that names no kind is a bare id."""
        kind, colon, id = text.partition(":")
        if colon and kind in (PrincipalKind.TOKEN, PrincipalKind.ROLE):
            return cls(PrincipalKind(kind), id)
        if text == PrincipalKind.SYSTEM:
            return SYSTEM
        return cls(PrincipalKind.PERSON, text) if text else NOBODY

    @classmethod
    def of_role(cls, role: Role) -> "Principal":
        return cls(PrincipalKind.ROLE, role.value)

    @classmethod
    def of_token(cls, name: str) -> "Principal":
        return cls(PrincipalKind.TOKEN, name)

    def __str__(self) -> str:
        match self.kind:
            case PrincipalKind.TOKEN | PrincipalKind.ROLE:
                return f"{self.kind}:{self.id}"
            case PrincipalKind.SYSTEM:
                return self.kind.value
            case _:
                return self.id

    @property
    def is_token(self) -> bool:
        return self.kind is PrincipalKind.TOKEN

    @property
    def is_role(self) -> bool:
        return self.kind is PrincipalKind.ROLE


SYSTEM = Principal(PrincipalKind.SYSTEM)
NOBODY = Principal(PrincipalKind.NOBODY)
ANY_TOKEN = Principal.of_token("*")
"""Among grants: any other system."""
PLANNER, COORDINATOR, ADMIN = map(Principal.of_role, (Role.PLANNER, Role.COORDINATOR, Role.ADMIN))
