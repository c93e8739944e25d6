"""Two changes of one section: both are kept where they touch different things, and a clash is named."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.control.settings_merge import Clash, carried, merged
from planning.control.settings_version import SettingsVersion, in_force
from tests.small_company import NOW

A, B, C, D = ({"id": name, "hours": "8"} for name in "abcd")
GRANT = {"who": "role:planner", "types": ["buy"]}
MORE = {"who": "role:planner", "types": ["make"], "departments": ["production"]}
MASK = {"fields": ["price", "cost"], "roles": ["coordinator"]}
A9, B9 = A | {"hours": "9"}, B | {"hours": "9"}


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "both"),
    [
        ({"x": "1"}, {"x": "2"}, {"x": "1", "y": "3"}, {"x": "2", "y": "3"}),
        ({"x": "1", "y": "1"}, {"y": "1"}, {"x": "1", "y": "2"}, {"y": "2"}),
        ({"x": {"p": "1", "q": "1"}}, {"x": {"p": "2", "q": "1"}}, {"x": {"p": "1"}}, {"x": {"p": "2"}}),
        ([A, B], [A9, B], [A, B9], [A9, B9]),
        ([A, B], [A, B, C], [B], [B, C]),
        ([A, B], [B, A], [A, B9], [B9, A]),
        ([A], [A, B], [A, C], [A, C, B]),
        ([A, B], [A], [A9, B], [A9]),
        ([A, B], [C, A, B], [A9, B], [C, A9, B]),
        ([A, B], [A9, B], [A, C, B], [A9, C, B]),
        ([A, B], [A, C, B], [B, A], [B, A, C]),
        ([A, B], [A, C, B], [B], [C, B]),
        ([A, B], [A, C, B], [A, B, D], [A, C, B, D]),
        ([A, B], [A, B, D, C], [A9, B], [A9, B, D, C]),
        ([GRANT], [{**GRANT, "fields": ["dates"]}], [GRANT, MORE], [{**GRANT, "fields": ["dates"]}, MORE]),
        ([GRANT, MORE], [MORE], [GRANT, {**MORE, "zones": ["liquid"]}], [{**MORE, "zones": ["liquid"]}]),
        ([MASK], [{**MASK, "roles": ["admin"]}], [{"fields": ["margin"]}, MASK],
         [{"fields": ["margin"]}, {**MASK, "roles": ["admin"]}]),
        ("1", "2", "2", "2"),
        (None, [A], None, [A]),
    ],
)
def test_both_are_kept(base: Any, ours: Any, theirs: Any, both: Any) -> None:
    assert merged(base, ours, theirs) == both


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "where"),
    [
        ({"x": "1"}, {"x": "2"}, {"x": "3"}, "x"),
        ([A, B], [A9, B], [A | {"hours": "7"}, B], "a.hours"),
        ([A, B], [B], [A9, B], "a"),
        ([A, B, C], [B, A, C], [A, C, B], ""),
        ([A], [C, A], [D, A], "c"),
        ([A, B], [A, C, B], [A, D, B], "c"),
        ([A, B], [C, B], [A, D, B], "c"),
        ([{"who": "x"}], [{"who": "y"}], [{"who": "z"}], "x"),
        ([GRANT], [{**GRANT, "fields": ["dates"]}], [{**GRANT, "fields": ["quantity"]}], "role:planner / buy.fields"),
        ([GRANT], [{**GRANT, "types": ["sell"]}], [{**GRANT, "types": ["make"]}], "role:planner / buy"),
        ([GRANT, GRANT], [GRANT], [], ""),
        ([], [A], [A9], "a"),
    ],
)
def test_what_both_changed_is_named(base: Any, ours: Any, theirs: Any, where: str) -> None:
    with pytest.raises(Clash) as clash:
        merged(base, ours, theirs)
    assert clash.value.where == where


VALUES = st.sampled_from("123")
SECTIONS = st.dictionaries(st.sampled_from("xyz"), VALUES) | st.lists(
    st.fixed_dictionaries({"id": st.sampled_from("abcd"), "hours": VALUES}), unique_by=lambda one: one["id"], max_size=4
)


@given(SECTIONS, SECTIONS)
def test_one_change_alone_is_that_change(base: Any, changed: Any) -> None:
    assert merged(base, changed, base) == changed == merged(base, base, changed) == merged(base, changed, changed)


@given(st.permutations("abcdef"), st.integers(0, 6), st.sets(st.sampled_from("abcdef")))
def test_what_is_added_stays_at_its_place(names: list[str], n: int, changed: set[str]) -> None:
    """Whatever the other one changed in the entries around it."""
    base = [{"id": name, "hours": "8"} for name in sorted(names[:n])]
    ours = [{"id": name, "hours": "8"} for name in "abcdef"]
    theirs = [one | {"hours": "9"} if one["id"] in changed else one for one in base]
    for sides in ((ours, theirs), (theirs, ours)):
        assert [one["id"] for one in merged(base, *sides)] == [*"abcdef"]


@given(st.data(), st.dictionaries(st.sampled_from("wxyz"), VALUES))
def test_it_does_not_matter_whose_comes_first(data: st.DataObject, base: dict[str, str]) -> None:
    ours, theirs = (data.draw(st.dictionaries(st.sampled_from("wxyz"), VALUES)) for _ in range(2))
    found = []
    for sides in ((ours, theirs), (theirs, ours)):
        try:
            found.append(merged(base, *sides))
        except Clash:
            found.append(None)
    assert found[0] == found[1]
    touched = [{key for key in "wxyz" if base.get(key) != side.get(key)} for side in (ours, theirs)]
    same = all(ours.get(key) == theirs.get(key) for key in touched[0] & touched[1])
    assert (found[0] is not None) == same, "a clash is what both changed, each otherwise"


def version(number: int, day: int, document: Any) -> SettingsVersion:
    later = NOW.replace(day=day)
    return SettingsVersion("rules", number, document, later, NOW, "lin", file_hash="h", number=number)


def test_what_takes_effect_later_takes_the_new_change_along() -> None:
    made = SettingsVersion("rules", 0, [A9, B], NOW, NOW, "admin")
    later = [version(3, 27, [A, B9]), version(6, 30, [A, B9, C]), version(5, 27, [A, B9]), version(2, 20, [A, B])]
    found = carried(later, made)
    assert [(one.effective_from.day, one.document, one.made_by, one.file_hash) for one in found] == [
        (27, [A9, B9], "admin", ""), (30, [A9, B9, C], "admin", ""),
    ]  # fmt: skip


CHANGES = st.lists(st.tuples(st.integers(0, 5), st.sets(st.sampled_from("xyz"), min_size=1)), min_size=1, max_size=6)


@given(CHANGES)
def test_whatever_is_made_in_whatever_order_is_in_force_from_its_day_on(changes: list[tuple[int, set[str]]]) -> None:
    kept: list[SettingsVersion] = [version(1, 1, {})]
    for day, keys in changes:
        since = NOW + timedelta(days=day)
        document = in_force(kept, since)["rules"].document | dict.fromkeys(keys, "new")
        made = SettingsVersion("rules", 0, document, since, NOW - timedelta(days=1), "admin")
        for one in (made, *carried(kept, made)):
            kept.append(replace(one, number=len(kept) + 1))
    for today in range(6):
        begun = {key for day, keys in changes if day <= today for key in keys}
        assert {*in_force(kept, NOW + timedelta(days=today))["rules"].document} == begun


def test_what_says_so_already_is_left_alone() -> None:
    made = SettingsVersion("rules", 0, [A9], NOW, NOW, "admin")
    assert carried([version(2, 20, [A]), version(3, 27, [A9])], made) == []
    assert carried([version(2, 20, [A])], made) == []
    assert carried([], made) == []
