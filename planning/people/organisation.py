"""The organisation: departments, people, their roles and their identities on the platforms."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Role(StrEnum):
    VIEWER = "viewer"
    PLANNER = "planner"
    APPROVER = "approver"
    COORDINATOR = "coordinator"
    ADMIN = "admin"


TWO_ADMINS = frozenset({Role.COORDINATOR, Role.ADMIN})
"""Roles that one admin alone neither gives nor takes."""


@dataclass(frozen=True, slots=True)
class Department:
    id: str
    name: str
    conversation: str = ""
    """As its channel names it, `prefix:…`; empty: the coordinator's department hears for it."""
    manager: str = ""
    calendar: str = ""
    digest_at: str = ""
    """HH:MM of its digest in the plan's time zone; empty: the general setting."""
    approval: int = 1
    """The number of approvals it gives where no rule says otherwise; 0: everyone's (as `policy.EVERYONE`)."""
    directory: tuple[str, ...] = ()
    """Departments of the platforms' directories whose people are its, `dingtalk:123`."""


@dataclass(frozen=True, slots=True)
class Person:
    id: str
    name: str
    department: str
    roles: frozenset[Role] = frozenset()
    identities: Mapping[str, str] = field(default_factory=dict, hash=False)
    """By platform, what it calls this person; a platform they are not on is missing."""
    deputy: str = ""
    """The person asked when this one does not answer."""

    def has(self, role: Role) -> bool:
        return role in self.roles


@dataclass(frozen=True, slots=True)
class Organisation:
    departments: Mapping[str, Department] = field(default_factory=dict)
    people: Mapping[str, Person] = field(default_factory=dict)
    former: Mapping[str, str] = field(default_factory=dict)
    """Names of those who have left, by their ids."""

    @classmethod
    def of(
        cls, departments: Iterable[Department], people: Iterable[Person], former: Mapping[str, str] | None = None
    ) -> "Organisation":
        return cls({d.id: d for d in departments}, {p.id: p for p in people}, former or {})

    def department_name(self, department: str) -> str:
        """The name people use; an id the settings do not know stands for itself."""
        known = self.departments.get(department)
        return known.name if known else department

    def find_department(self, word: str) -> Department | None:
        """The department of this id or name, with or without the closing 部."""
        bare = word.removesuffix("部")
        return next(
            (d for d in self.departments.values() if word == d.id or bare == d.name.removesuffix("部")), None
        )

    def name_of(self, person: str) -> str:
        known = self.people.get(person)
        return known.name if known else self.former.get(person, person)

    def person_by(self, platform: str, user_id: str) -> Person | None:
        """The person whom this platform calls so; what another platform calls somebody does not count."""
        if not user_id:
            return None
        return next((p for p in self.people.values() if p.identities.get(platform) == user_id), None)

    def members(self, department: str) -> list[Person]:
        return [p for p in self.people.values() if p.department == department]

    def with_role(self, role: Role) -> list[Person]:
        return [p for p in self.people.values() if p.has(role)]

    def department_in(self, conversation: str) -> Department | None:
        """The department whose group this is."""
        return next((d for d in self.departments.values() if d.conversation == conversation), None)
