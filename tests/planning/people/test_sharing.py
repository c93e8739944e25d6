"""Shared pages: whom they lead, where to, and for how long."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.people.organisation import Person, Role
from planning.people.sharing import PAGES, Audience, SharedPage, can_be_shared, life_of
from planning.refusal import Refused

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
LIN = Person("lin", "林静", "planning", frozenset({Role.PLANNER}))
WANG = Person("wang", "王五", "production", frozenset({Role.APPROVER}))
ADMIN = Person("admin", "吴凡", "planning", frozenset({Role.ADMIN}))
PAGE = SharedPage("1", "/board", "lin", Audience.parse("department:production"), NOW, NOW + timedelta(days=1))


@pytest.mark.parametrize(
    ("audience", "led"),
    [("all", {"lin", "wang", "admin"}), ("department:production", {"lin", "wang"}), ("role:approver", {"lin", "wang"}),
     ("person:admin", {"lin", "admin"}), ("role:viewer", {"lin"})],
)  # fmt: skip
def test_who_is_led_to_it(audience: str, led: set[str]) -> None:
    page = replace(PAGE, audience=Audience.parse(audience))
    assert {one.id for one in (LIN, WANG, ADMIN) if page.opens_for(one, NOW)} == led


@pytest.mark.parametrize("text", ["", "department:", "all:x", "nobody", "person", ":x", "group:1"])
def test_what_is_nobody(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - its words are for nobody
        Audience.parse(text)


@given(st.sampled_from(["all", "department:a", "role:admin", "person:p:q"]))
def test_it_is_written_as_it_is_read(text: str) -> None:
    assert str(Audience.parse(text)) == text


def test_it_ends_by_itself_and_when_it_is_taken_back() -> None:
    assert PAGE.opens_for(WANG, PAGE.until - timedelta(microseconds=1))
    assert not PAGE.opens_for(WANG, PAGE.until)
    assert not replace(PAGE, revoked_at=NOW).opens_for(WANG, NOW)
    assert not replace(PAGE, revoked_at=NOW).opens_for(LIN, NOW)


def test_who_takes_it_back() -> None:
    assert [PAGE.may_be_revoked_by(one) for one in (LIN, WANG, ADMIN)] == [True, False, True]


@pytest.mark.parametrize("days", ["0", "8", "-1", "1.5", "", "a", "9" * 99, "٣", "1e1"])
def test_no_longer_than_a_week(days: str) -> None:
    with pytest.raises(Refused):
        life_of(days)


@pytest.mark.parametrize("days", [1, 3, 7])
def test_so_many_days(days: int) -> None:
    assert life_of(str(days)) == timedelta(days=days)


@pytest.mark.parametrize("path", [f"/{page}?a=b&c=%E7%94%9F" for page in PAGES] + ["/items/MO-1", "/board"])
def test_what_can_be_shared(path: str) -> None:
    assert can_be_shared(path)


@pytest.mark.parametrize(
    "path",
    ["", "/", "board", "//board", "/\\board", "//evil.example/board", "https://evil.example/board", "/out", "/s/main.x",
     "/in/main.x", "/settings", "/share", "/board\r\nX: 1", "/login?to=/board", "/boards", "/.//board", "/生产",
     "/board?" + "a" * 1500],
)  # fmt: skip
def test_what_cannot(path: str) -> None:
    assert not can_be_shared(path)
