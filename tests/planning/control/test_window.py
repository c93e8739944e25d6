"""A freeze window that was set in chat: its number as people name it, and when it is in force."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.control.fences import Fence, FenceKind
from planning.control.window import Window, WindowState, number_of, window_id
from tests.small_company import NOW

FENCE = Fence("F-003", "盘点", FenceKind.WINDOW, first=date(2026, 12, 1), last=date(2026, 12, 4))
WINDOW = Window(3, FENCE, WindowState.ENFORCED, "盘点", "lin", NOW, "lin", NOW)


@pytest.mark.parametrize(
    ("state", "today", "in_force"),
    [
        (WindowState.ENFORCED, date(2026, 11, 23), True),  # enforced is enforced, also before its first day
        (WindowState.ENFORCED, date(2026, 12, 4), True),
        (WindowState.ENFORCED, date(2026, 12, 5), False),
        (WindowState.DRAFT, date(2026, 12, 1), False),
        (WindowState.LIFTED, date(2026, 12, 1), False),
    ],
)
def test_a_window_is_in_force_until_its_last_day(state: WindowState, today: date, in_force: bool) -> None:
    assert replace(WINDOW, state=state).in_force(today) is in_force


def test_a_window_is_named_by_its_number() -> None:
    assert [window_id(number) for number in (3, 42, 1234)] == ["F-003", "F-042", "F-1234"]


@given(st.integers(1, 99_999))
def test_a_name_leads_back_to_the_number(number: int) -> None:
    assert number_of(window_id(number)) == number
