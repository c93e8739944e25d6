"""The items in which two plans differ: known from what was put into them, as if they were compared one by one."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.plan import plan as plans
from planning.plan.item import Item
from planning.plan.plan import Plan

DAY = date(2026, 12, 2)
CODES = ("A", "B", "C", "D", "E")


def _item(code: str) -> Item:
    return Item(code, code, DAY, DAY)


@given(st.data())
def test_as_if_they_were_compared_one_by_one(data: st.DataObject) -> None:
    """Whatever was put into which plan, also what the same item was before, and new ones."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plans, "MOST_PUT", 3)
        known = [Plan("p", "p", 1, {code: _item(code) for code in CODES})]
        for _ in range(data.draw(st.integers(1, 8))):
            into, code = data.draw(st.sampled_from(known)), data.draw(st.sampled_from((*CODES, "F")))
            back = [one.items[code] for one in known if code in one.items]
            item = data.draw(st.sampled_from([*back, _item(code)]))
            known.append(replace(into.with_items([item]), revision=into.revision + 1))
    for one in known:
        for other in known:
            differing = one.differing(other)
            if one.items.keys() != other.items.keys():
                assert differing is None
            else:
                assert differing is not None
                assert {*differing} == {code for code in one.items if one.items[code] is not other.items[code]}


def test_items_that_were_replaced_whole_are_compared() -> None:
    first = Plan("p", "p", 1, {code: _item(code) for code in CODES})
    put = first.with_items([_item("B")])
    other = replace(put, items={**put.items, "C": _item("C")})
    assert other.differing(put) == ["C"]
    assert other.differing(first) == ["B", "C"]
    assert replace(first, items={code: first.items[code] for code in reversed(CODES)}).differing(first) is None
