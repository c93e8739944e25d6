"""Ownership: which line counts, and which lines contradict each other."""

import pytest

from planning.neighbours.ownership import ANY, PLAN, Contradiction, Fault, Ownership, Standing, contradictions
from planning.neighbours.ownership import ownership_of as of

FINISH = Ownership("production", "finish", PLAN, propose=frozenset({"k3", "jdy"}), push_to=frozenset({"k3"}))
OUTSIDE = Ownership("production", "finish", "k3", where={"department": "outside"})
ALL = Ownership("production", ANY, "jdy")
LINES = (ALL, FINISH, OUTSIDE)


@pytest.mark.parametrize(
    ("type", "name", "item", "line"),
    [
        ("production", "finish", {}, FINISH),
        ("production", "finish", {"department": "assembly"}, FINISH),
        ("production", "finish", {"department": "outside", "owner": "wu"}, OUTSIDE),
        ("production", "start", {"department": "outside"}, ALL),
        ("purchase", "finish", {}, Ownership("purchase", "finish")),
    ],
)
def test_the_narrower_line_counts(type: str, name: str, item: dict[str, str], line: Ownership) -> None:
    assert of(LINES, type, name, item) == line
    assert of(reversed(LINES), type, name, item) == line


def test_what_a_source_is_to_a_field() -> None:
    assert [OUTSIDE.standing("k3"), FINISH.standing("jdy"), FINISH.standing("board")] == [
        Standing.OWNER, Standing.PROPOSER, Standing.OTHER,
    ]  # fmt: skip
    assert of((), "production", "finish", {}).standing("k3") is Standing.OTHER


def test_lines_that_do_not_add_up() -> None:
    written = {("k3", "production", "finish")}
    assert list(contradictions(LINES, ("k3", "jdy"), written)) == []
    wrong = (
        Ownership("production", "finish", "k4"),
        Ownership("production", "start", "k3", propose=frozenset({"k3"}), push_to=frozenset({"k3", "jdy"})),
        Ownership("production", "finish", "jdy"),
    )
    assert list(contradictions(wrong, ("k3", "jdy"), written)) == [
        Contradiction(Fault.UNKNOWN_SOURCE, 0, "k4"),
        Contradiction(Fault.OWNER_PROPOSES, 1, "k3"),
        Contradiction(Fault.OWNER_PUSHED_TO, 1, "k3"),
        Contradiction(Fault.READ_ONLY, 1, "jdy"),
        Contradiction(Fault.READ_ONLY, 1, "k3"),
        Contradiction(Fault.TWICE, 2, other=0),
    ]
