"""Permissions to use a command, a button, an HTTP path; those of commands and buttons stand in their records.

It says who may try. Acts on this item or this change request are decided from its own record, by
`planning/control/authority` and `planning/change/approval`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from planning.people.organisation import Person, Role
from planning.people.principal import ADMIN, COORDINATOR, PLANNER, Principal

EVERYBODY = "everybody"
"""Each of the settings' people; strangers are turned away before."""
GRANT = "grant"
"""Everybody with a grant to change something (`planning/control/authority`)."""
PROPOSER, APPROVER = "proposer", "approver"
"""Those of the change request in question: its record says who they are, and its rules refuse all others."""


@dataclass(frozen=True, slots=True)
class Permission:
    """Permission for any of `to`; `refusal` is the code others are told."""

    to: tuple[str | Principal, ...]
    refusal: str = "not-permitted"

    def allows(self, person: Person, has_grant: bool) -> bool:
        held = {EVERYBODY, PROPOSER, APPROVER, *map(Principal.of_role, person.roles)}
        return not held.isdisjoint(self.to) or (has_grant and GRANT in self.to)

    def __str__(self) -> str:
        return " | ".join(map(str, self.to))


ALL = Permission((EVERYBODY,))
PROPOSE = Permission((GRANT,), "may-not-propose")
OWN = Permission((PROPOSER,))
OWN_OR_COORDINATOR = Permission((PROPOSER, COORDINATOR))
DECIDE = Permission((APPROVER,))
NAME = Permission((PLANNER, COORDINATOR), "may-not-name")
FREEZE = Permission((COORDINATOR, ADMIN), "may-not-freeze")
SWITCH = Permission((ADMIN,), "may-not-switch")
SET = Permission((ADMIN,), "may-not-set")
PUSH = Permission((PROPOSER, APPROVER, COORDINATOR))
HASTEN = Permission((PLANNER, Principal.of_role(Role.APPROVER), COORDINATOR), "may-not-hasten")

READ, WRITE, AUDIT, MASKED, REPORT = "read", "write", "audit", "masked", "report"
SCOPES = (READ, WRITE, AUDIT, MASKED, REPORT)
"""The scopes of API tokens. MASKED opens no path: with it, masked columns are shown."""

API: Mapping[str, str] = {
    "GET /api/v1/plan/items": READ,
    "GET /api/v1/plan/items/{code:path}": READ,
    "GET /api/v1/plan/revisions": READ,
    "GET /api/v1/plan/compare": READ,
    "GET /api/v1/plan/baselines": READ,
    "GET /api/v1/changes": READ,
    "GET /api/v1/changes/{no}": READ,
    "GET /api/v1/changes/{no}/lines": READ,
    "GET /api/v1/changes/{no}/picture.svg": READ,
    "GET /api/v1/changes/{no}/picture.png": READ,
    "POST /api/v1/impact": READ,
    "POST /api/v1/impact/picture.svg": READ,
    "POST /api/v1/changes": WRITE,
    "POST /api/v1/changes/{no}/submit": WRITE,
    "POST /api/v1/changes/{no}/withdraw": WRITE,
    "POST /api/v1/changes/{no}/undo": WRITE,
    "POST /api/v1/reports": REPORT,
    "GET /api/v1/reports": READ,
    "POST /api/v1/stock": REPORT,
    "GET /api/v1/progress": READ,
    "GET /api/v1/readiness": READ,
    "GET /api/v1/sources": READ,
    "GET /api/v1/exceptions": READ,
    "GET /api/v1/issues": READ,
    "POST /api/v1/issues": WRITE,
    "GET /api/v1/audit": AUDIT,
    "GET /api/v1/sync-cards": AUDIT,
}
"""Method and path as they are routed, to the scope a token needs."""
