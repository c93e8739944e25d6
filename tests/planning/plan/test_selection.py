"""A selection holds what fits each of its words, the earliest first."""

from datetime import date

import pytest

from planning.plan.item import Status
from planning.plan.selection import ALL, Selection
from tests.small_company import TODAY, plan


@pytest.mark.parametrize(
    ("selection", "codes"),
    [
        (Selection(), ["PO-1", "MO-1", "SO-1", "DL-1", "RC-1"]),
        (Selection(department="sales"), ["SO-1", "DL-1"]),
        (Selection(department="sales", type="delivery"), ["DL-1"]),
        (Selection(text="星河 发货"), ["DL-1"]),
        (Selection(text="ＤＬ"), ["DL-1"]),
        (Selection(text="nothing"), []),
        (Selection(status=ALL), ["PO-1", "MO-1", "SO-1", "DL-1", "RC-1"]),
        (Selection(status=Status.DONE.value), []),
        (Selection(late=True), []),
        (Selection(first=date(2026, 12, 11), last=date(2026, 12, 14)), ["MO-1", "SO-1"]),
        (Selection(last=date(2026, 11, 30)), []),
    ],
)
def test_it_holds_what_fits(selection: Selection, codes: list[str]) -> None:
    assert [item.code for item in selection.of(plan(), TODAY)] == codes


def test_late_is_what_it_is_told_to_be() -> None:
    found = Selection(late=True).of(plan(), TODAY, late={"SO-1": 3, "PO-1": 1})
    assert [item.code for item in found] == ["PO-1", "SO-1"]
