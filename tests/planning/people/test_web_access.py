"""Links and sessions: until when they count, and where an address may lead."""

from datetime import UTC, datetime, timedelta

import pytest

from planning.people.organisation import Person, Role
from planning.people.web_access import IDLE, LINK_LIFE, OneTimeLink, WebSession, own_path, standing_of

NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
SENT = OneTimeLink("a", "boss", "dingtalk:user:1", "/overview", NOW, NOW + LINK_LIFE)


@pytest.mark.parametrize(
    ("link", "after", "opens"),
    [
        (SENT, timedelta(), True),
        (SENT, LINK_LIFE - timedelta(seconds=1), True),
        (SENT, LINK_LIFE, False),
        (OneTimeLink("a", "boss", "x", "/", NOW), timedelta(), False),
        (OneTimeLink("a", "boss", "x", "/", NOW, NOW + LINK_LIFE, NOW), timedelta(), False),
    ],
    ids=["sent", "at its end", "over", "not sent", "used"],
)
def test_a_link_opens_once_and_in_time(link: OneTimeLink, after: timedelta, opens: bool) -> None:
    assert link.opens(NOW + after) is opens


def test_a_session_is_over_after_idle_days() -> None:
    session = WebSession("boss", "", NOW, NOW)
    assert not session.is_over(NOW + IDLE - timedelta(seconds=1))
    assert session.is_over(NOW + IDLE)


def test_a_standing_is_the_department_and_the_roles() -> None:
    person = Person("lin", "林静", "planning", frozenset({Role.PLANNER, Role.COORDINATOR}))
    assert standing_of(person) == "planning:coordinator:planner"


@pytest.mark.parametrize(
    ("path", "leads"),
    [
        ("/changes/CR-20261123-001", "/changes/CR-20261123-001"), ("/gantt?days=14", "/gantt?days=14"),
        ("//evil.example", "/overview"), ("https://evil.example", "/overview"), ("/\\evil.example", "/overview"),
        ("/x\r\nSet-Cookie: a=b", "/overview"), ("", "/overview"), ("overview", "/overview"), ("/总览", "/overview"),
    ],
)  # fmt: skip
def test_an_address_leads_to_own_pages_alone(path: str, leads: str) -> None:
    assert own_path(path) == leads
