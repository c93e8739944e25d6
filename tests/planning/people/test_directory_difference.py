"""What a directory says otherwise of the people who are kept, and who is never touched."""

import random
from collections.abc import Mapping
from dataclasses import replace

import pytest

from planning.people.directory import Directory, Member, Unit
from planning.people.directory_difference import (
    MOST_LEFT,
    Difference,
    Known,
    Newcomer,
    Shift,
    Told,
    View,
    difference,
    gone_from_sight,
)

UNITS = {
    "1": Unit("1", "公司"), "2": Unit("2", "采购部", "1"), "3": Unit("3", "生产部", "1"), "9": Unit("9", "行政部", "1"),
    "21": Unit("21", "采购一组", "2"),
}  # fmt: skip
OURS = {"2": "purchasing", "3": "production"}


def view(
    members: Mapping[str, tuple[str, str]], *people: Known, told: Mapping[str, Told] | None = None,
    gone: frozenset[str] = frozenset(), only: frozenset[str] | None = None, numbers: Mapping[str, str] | None = None,
) -> View:  # fmt: skip
    """`members`: names and departments, several joined by a comma."""
    found = {
        user: Member(user, name, tuple(units.split(",")), (numbers or {}).get(user, ""))
        for user, (name, units) in members.items()
    }
    return View(Directory(UNITS, found, gone), OURS, people, told or {}, only)


LI = Known("li", "李娜", "purchasing", "u1")
TOLD = {"u1": Told("李娜", "purchasing")}


@pytest.mark.parametrize(
    ("view", "expected"),
    [
        (view({"u1": ("李娜", "2")}, LI, told=TOLD), Difference()),
        # new: of a mapped department, or one below it; nobody else
        (
            view({"u1": ("李娜", "2"), "u2": ("王强", "21"), "u3": ("赵敏", "9")}, LI, told=TOLD),
            Difference(new=(Newcomer("u2", "王强", "purchasing", "u2"),)),
        ),
        # in several departments: where they are already, else the first of the plan's
        (view({"u1": ("李娜", "9,3,2")}, LI, told=TOLD), Difference()),
        (view({"u2": ("王强", "9,3,2")}), Difference(new=(Newcomer("u2", "王强", "production", "u2"),))),
        # moved and renamed since it was applied
        (
            view({"u1": ("李丽娜", "3")}, LI, told=TOLD),
            Difference(
                moved=(Shift("li", "purchasing", "production"),), renamed=(Shift("li", "李娜", "李丽娜"),)
            ),
        ),
        # what was changed by hand wins, and is marked
        (
            view({"u1": ("李丽娜", "3")}, replace(LI, name="娜姐", department="sales"), told=TOLD),
            Difference(kept=(("li", "name"), ("li", "department"))),
        ),
        (view({"u1": ("李丽娜", "3")}, LI), Difference(kept=(("li", "name"), ("li", "department")))),
        (view({"u1": ("李娜", "2")}, replace(LI, active=False), told=TOLD), Difference(kept=(("li", "active"),))),
        # moved to a department that is none of the plan's
        (view({"u1": ("李娜", "9")}, LI, told=TOLD), Difference(outside=("li",))),
        # left: only who is known to be gone
        (view({}, LI, told=TOLD, gone=frozenset({"u1"})), Difference(left=("li",))),
        (view({}, LI, told=TOLD), Difference(missing=("li",))),
        (view({}, replace(LI, active=False), told=TOLD, gone=frozenset({"u1"})), Difference()),
        # gone from here, and on another platform still
        (view({}, replace(LI, elsewhere=True), told=TOLD, gone=frozenset({"u1"})), Difference(parted=("li",))),
        # enabled again by hand after they left: that stays
        (
            view({}, LI, told={"u1": Told("李娜", "purchasing", False)}, gone=frozenset({"u1"})),
            Difference(kept=(("li", "active"),)),
        ),
        # back
        (
            view({"u1": ("李娜", "2")}, replace(LI, active=False), told={"u1": Told("李娜", "purchasing", False)}),
            Difference(back=("li",)),
        ),
        # without any account: found where name and department are unique on both sides
        (view({"u1": ("李娜", "2")}, replace(LI, user="")), Difference(found=(("li", "u1"),))),
        # what takes two admins is nobody's by a name
        (
            view({"u1": ("李娜", "2")}, replace(LI, user="", takes_two=True)),
            Difference(
                new=(Newcomer("u1", "李娜", "purchasing", "u1"),), withheld=(("u1", "li"),), namesakes=("李娜",)
            ),
        ),
        (
            view({"u1": ("李娜", "3")}, replace(LI, user="")),
            Difference(new=(Newcomer("u1", "李娜", "production", "u1"),), namesakes=("李娜",)),
        ),
        (
            view({"u1": ("李娜", "2"), "u2": ("李娜", "2")}, replace(LI, user="")),
            Difference(
                new=(Newcomer("u1", "李娜", "purchasing", "u1"), Newcomer("u2", "李娜", "purchasing", "u2")),
                namesakes=("李娜",),
            ),
        ),
        # known from another platform: two people, and a proposal
        (
            view({"u1": ("李娜", "2")}, replace(LI, user="", elsewhere=True)),
            Difference(
                new=(Newcomer("u1", "李娜", "purchasing", "u1"),), namesakes=("李娜",), twins=(("u1", "li"),)
            ),
        ),
        (
            view({"u1": ("Li Na", "3")}, replace(LI, user="", elsewhere=True, number="N7"), numbers={"u1": "N7"}),
            Difference(new=(Newcomer("u1", "Li Na", "production", "N7"),), twins=(("u1", "li"),)),
        ),
        # two namesakes at the same place elsewhere: no proposal
        (
            view(
                {"u1": ("李娜", "2")}, replace(LI, user="", elsewhere=True),
                replace(LI, id="li2", user="", elsewhere=True),
            ),
            Difference(new=(Newcomer("u1", "李娜", "purchasing", "u1"),), namesakes=("李娜",)),
        ),
        # an event is about some alone
        (
            view({"u2": ("王强", "2")}, LI, told=TOLD, only=frozenset({"u2"})),
            Difference(new=(Newcomer("u2", "王强", "purchasing", "u2"),)),
        ),
        (view({}, LI, told=TOLD, gone=frozenset({"u1"}), only=frozenset({"u1"})), Difference(left=("li",))),
    ],
)  # fmt: skip
def test_a_difference(view: View, expected: Difference) -> None:
    assert difference(view) == expected


def test_an_encrypted_id_stands_for_its_person() -> None:
    seen = view({"u1": ("李娜", "2")}, replace(LI, user="wo1"), told=TOLD)
    seen = replace(seen, directory=replace(seen.directory, plain={"wo1": "u1"}))
    assert difference(seen) == Difference()
    assert gone_from_sight(seen) == []


def test_many_who_are_missing_at_once_have_not_left() -> None:
    """The app's range is narrower, more likely."""
    people = [replace(LI, id=f"p{n:02}", user=f"u{n:02}") for n in range(MOST_LEFT + 1)]
    gone = frozenset(one.user for one in people)
    found = difference(view({}, *people, gone=gone))
    assert found == Difference(missing=tuple(one.id for one in people))
    assert gone_from_sight(view({}, *people)) == []
    assert len(difference(view({}, *people[1:], gone=gone)).left) == MOST_LEFT


def test_departments_that_are_each_above_the_other_end() -> None:
    units = {"2": Unit("2", "a", "3"), "3": Unit("3", "b", "2")}
    members = {"u1": Member("u1", "李娜", ("2",))}
    assert difference(View(Directory(units, members), {"9": "x"})) == Difference()


def test_applied_it_is_empty_whatever_happened() -> None:
    """Companies at random: who is new is taken in as viewer, who left is gone; then nothing is different."""
    for seed in range(200):
        dice = random.Random(seed)
        names, units = ["李娜", "王强", "赵敏", "钱伟"], ["2", "3", "9", "21"]
        before = {f"u{n}": (dice.choice(names), dice.choice(units)) for n in range(8)}
        first = difference(view(before))
        people = [Known(one.user, one.name, one.department, one.user) for one in first.new]
        told = {one.user: Told(one.name, one.department) for one in first.new}
        assert difference(view(before, *people, told=told)).is_empty
        after = {
            user: (dice.choice(names), dice.choice(units)) if dice.random() < 0.4 else where
            for user, where in before.items()
            if dice.random() < 0.9
        }
        gone = frozenset(before) - frozenset(after)
        second = difference(view(after, *people, told=told, gone=gone))
        assert {*second.left} == {one.id for one in people if one.user in gone}
        moved = {shift.person: shift.now for shift in second.moved}
        named = {shift.person: shift.now for shift in second.renamed}
        people = [
            replace(one, name=named.get(one.id, one.name), department=moved.get(one.id, one.department),
                    active=one.id not in second.left)
            for one in people
        ] + [Known(one.user, one.name, one.department, one.user) for one in second.new]  # fmt: skip
        told = {one.user: Told(one.name, one.department, one.active) for one in people}
        assert difference(view(after, *people, told=told, gone=gone)).is_empty
