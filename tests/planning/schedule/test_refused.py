"""What the plan's rules refuse, with the facts that go into the sentence."""

import pytest

from planning.plan.item import Status
from planning.plan.link import Link
from planning.plan.operation import Operation
from tests.planning.build import change, effect, item, link, plan_of, refusals

DONE = plan_of(
    item("D", "11-23", status=Status.DONE),
    item("W", "11-26", 5, status=Status.IN_PROGRESS),
    item("A", "12-08", 2, not_before="12-04"),
    item("B", "12-11"),
    item("C", "12-14", 2),
    link("A B"),
    link("B C"),
)


@pytest.mark.parametrize(
    ("operation", "code", "facts"),
    [
        (change("Q", "shift", 1), "unknown-item", {"item": "Q"}),
        (change("D", "shift", 1), "item-is-over", {"item": "D", "status": "done"}),
        (change("D", "cancel"), "item-is-over", {"item": "D", "status": "done"}),
        (change("W", "set_start", "12-01"), "already-started", {"item": "W", "start": "2026-11-26"}),
        (
            change("W", "set_finish", "11-24"),
            "finish-before-start",
            {"item": "W", "start": "2026-11-26", "finish": "2026-11-24"},
        ),
        (change("W", "set_finish", "11-27"), "in-the-past", {"item": "W", "date": "2026-11-27", "today": "2026-11-30"}),
        (
            change("A", "set_start", "12-03"),
            "before-constraint",
            {"item": "A", "date": "2026-12-03", "finish": "2026-12-04", "earliest": "2026-12-04",
             "earliest_finish": "2026-12-07"},
        ),
        (
            change("A", "set_finish", "12-04"),
            "before-constraint-finish",
            {"item": "A", "date": "2026-12-03", "finish": "2026-12-04", "earliest": "2026-12-04",
             "earliest_finish": "2026-12-07"},
        ),
        (
            change("B", "set_start", "12-09"),
            "predecessor-later",
            {"item": "B", "date": "2026-12-09", "predecessor": "A", "finish": "2026-12-09", "earliest": "2026-12-10",
             "earliest_finish": "2026-12-10"},
        ),
        (
            change("B", "shift", -2),
            "predecessor-later-finish",
            {"item": "B", "date": "2026-12-09", "predecessor": "A", "finish": "2026-12-09", "earliest": "2026-12-10",
             "earliest_finish": "2026-12-10"},
        ),
        (
            change("C", "set_finish", "12-14"),
            "predecessor-later-stays",
            {"item": "C", "date": "2026-12-11", "predecessor": "B", "finish": "2026-12-14", "earliest": "2026-12-14",
             "earliest_finish": "2026-12-15"},
        ),
        (
            change("B", "set_finish", "11-27"),
            "in-the-past-finish",
            {"item": "B", "date": "2026-11-27", "finish": "2026-11-27", "today": "2026-11-30"},
        ),
        (change("B", "shift", -10), "in-the-past",
         {"item": "B", "date": "2026-11-27", "finish": "2026-11-27", "today": "2026-11-30"}),
        (
            change("B", "set_start", "2199-01-01"),
            "date-out-of-range",
            {"date": "2199-01-01", "first": "2000-01-01", "last": "2099-12-31"},
        ),
        (
            change("B", "set_duration", -1),
            "bad-value",
            {"item": "B", "op": "set_duration", "found": "-1", "wanted": "0 … 5000"},
        ),
        (
            change("B", "shift", "2"),
            "bad-value",
            {"item": "B", "op": "shift", "found": "2", "wanted": "-5000 … 5000"},
        ),
        (change("A", "add", {"title": "again"}), "item-exists", {"item": "A"}),
        (change("N", "add", {}), "bad-column", {"column": "title", "found": "", "wanted": "a value"}),
        (
            change("A", "link", {"successor": "B"}),
            "link-exists",
            {"predecessor": "A", "successor": "B", "kind": "FS"},
        ),
        (change("A", "link", {"successor": "X"}), "unknown-item", {"item": "X"}),
        (change("A", "unlink", {"successor": "W"}), "no-such-link", {"predecessor": "A", "successor": "W"}),
        (change("A", "link", {"successor": "A"}), "loop", {"path": "A → A"}),
        (
            change(" ", "add", {"title": "nothing"}),
            "bad-value",
            {"op": "add", "item": "", "found": "", "wanted": "a code"},
        ),
    ],
)
def test_what_is_refused(operation: Operation, code: str, facts: dict[str, str]) -> None:
    impact = effect(DONE, operation)
    assert refusals(impact) == [(code, facts)]
    assert impact.lines == ()


LINKS = (link("A B"), link("A B", "SS", 2), link("A B", "FF", 2, hard=False), link("A C"))
TWICE = plan_of(item("A", "12-08", 2), item("B", "12-11"), item("C", "12-14"), *LINKS)


@pytest.mark.parametrize(
    ("said", "gone"),
    [
        ({"kind": "SS"}, LINKS[1]),
        ({"lag_days": "0"}, LINKS[0]),
        ({"lag_days": "2", "kind": "FF"}, LINKS[2]),
        ({"predecessor": "A", "hard": "false"}, LINKS[2]),
    ],
)
def test_of_several_links_the_one_meant_goes(said: dict[str, str], gone: Link) -> None:
    impact = effect(TWICE, change("A", "unlink", {"successor": "B", **said}))
    assert (refusals(impact), impact.links_removed) == ([], (gone,))


@pytest.mark.parametrize(
    ("said", "code", "facts"),
    [
        ({}, "which-link", {"kinds": "FF, FS, SS"}),
        ({"lag_days": "2"}, "which-link", {"kinds": "FF, SS"}),
        ({"lag_days": "1"}, "no-such-link", {}),
        ({"kind": "SS", "hard": "false"}, "no-such-link", {}),
    ],
)
def test_a_link_that_is_not_there_or_not_clear_is_refused(
    said: dict[str, str], code: str, facts: dict[str, str]
) -> None:
    impact = effect(TWICE, change("A", "unlink", {"successor": "B", **said}))
    assert refusals(impact) == [(code, {"predecessor": "A", "successor": "B", **facts})]
    assert impact.links_removed == ()
