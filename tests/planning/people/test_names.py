"""Names of people: on one line, seen whole, and no longer than a card has room for."""

import pytest

from planning.people.names import LONGEST, person_name


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ("李娜", "李娜"), (" Li  Na ", "Li Na"), ("甲\n- 新部门 9", "甲 - 新部门 9"), ("甲\u2028乙\t丙", "甲 乙 丙"),
        ("李\u200b娜\u202e", "李娜"), ("\x00\u200b \n", ""), ("", ""), ("长" * 300, "长" * LONGEST), ("𠮷田", "𠮷田"),
    ],
)  # fmt: skip
def test_a_name(told: str, name: str) -> None:
    assert person_name(told) == name
