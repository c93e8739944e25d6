"""Who may try which command: any one of those it is open to."""

import pytest

from planning.control.permissions import ALL, DECIDE, FREEZE, NAME, OWN, PROPOSE, PUSH, SWITCH, Permission
from tests.small_company import organisation

ORG = organisation()


@pytest.mark.parametrize(
    ("permission", "person", "has_grant", "allowed"),
    [
        (ALL, "boss", False, True),
        (OWN, "boss", False, True),  # the request's own record says whose it is
        (DECIDE, "boss", False, True),
        (PROPOSE, "he", True, True),
        (PROPOSE, "he", False, False),  # a role alone is no grant
        (NAME, "he", False, True),
        (NAME, "wang", True, False),  # nor is a grant a role
        (FREEZE, "lin", False, True),
        (FREEZE, "admin", False, True),
        (FREEZE, "he", True, False),
        (SWITCH, "admin", False, True),
        (SWITCH, "lin", True, False),
        (PUSH, "boss", False, True),
    ],
)
def test_a_permission_is_open_to_any_of_those_it_names(
    permission: Permission, person: str, has_grant: bool, allowed: bool
) -> None:
    assert permission.allows(ORG.people[person], has_grant) is allowed


def test_a_permission_open_to_nobody_lets_nobody_try() -> None:
    assert not any(Permission(()).allows(person, has_grant=True) for person in ORG.people.values())


def test_a_permission_says_to_whom_it_is_open() -> None:
    assert [str(permission) for permission in (ALL, FREEZE)] == ["everybody", "role:coordinator | role:admin"]
