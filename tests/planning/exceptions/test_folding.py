"""Causes before rows: what an exception brings about stands on its card."""

from planning.exceptions.finding import Code, Key, Severity
from planning.exceptions.pushes import Open, Pushes, folded_into
from tests.planning.build import item, link
from tests.planning.exceptions.situations import said, situation

CHAIN = (
    item("A", "12-01", 5, type="task"), item("B", "12-08", 2, type="task"), item("C", "12-10", type="delivery"),
    item("D", "12-28", type="task"), link("A B"), link("B C"), link("C D"),
)  # fmt: skip
LATE = said("A", "expected", "12-07", expected=item("x", "12-09").start)
SEEN = situation(*CHAIN, said("A", "begin", "12-01"), LATE, today="12-08")
PUSHES = Pushes(SEEN.network, SEEN.outlook)


def row(code: Code, of: str, severity: Severity = Severity.WARN, *, quiet: bool = False) -> Open:
    return Open(Key(code, of), severity, quiet)


def test_what_pushes_and_what_does_not() -> None:
    assert PUSHES.behind("A") == ["B", "C"]  # D stands far enough behind
    assert PUSHES.first_causes("C") == ["A"]


def test_the_nearest_root_holds_it() -> None:
    rows = [row(Code.OVERDUE, "A"), row(Code.BLOCKED, "B"), row(Code.FORECAST_LATE, "C")]
    held = folded_into(PUSHES, rows)
    assert held == {Key(Code.BLOCKED, "B"): "A", Key(Code.FORECAST_LATE, "C"): "A"}


def test_a_root_in_the_middle_where_nothing_is_wrong_above() -> None:
    held = folded_into(PUSHES, [row(Code.BLOCKED, "B"), row(Code.FORECAST_LATE, "C")])
    assert held == {Key(Code.FORECAST_LATE, "C"): "B"}


def test_what_is_snoozed_holds_nothing() -> None:
    held = folded_into(PUSHES, [row(Code.OVERDUE, "A", quiet=True), row(Code.FORECAST_LATE, "C")])
    assert held == {}


def test_silence_is_a_cause_and_is_never_folded() -> None:
    rows = [row(Code.OVERDUE, "A"), row(Code.SILENT, "B"), row(Code.ORPHAN, "C"), row(Code.FORECAST_LATE, "C")]
    assert folded_into(PUSHES, rows) == {Key(Code.FORECAST_LATE, "C"): "A"}


def test_what_let_it_begin_in_time_is_no_cause_of_a_late_finish() -> None:
    parts = (item("A", "12-01", 5, type="task"), item("B", "12-08", 3, type="purchase"), link("A B"))
    words = said("A", "done", "12-07"), said("B", "expected", "12-08", expected=item("x", "12-21").start)
    seen = situation(*parts, *words, today="12-09")
    assert seen.outlook["B"].dates.finish > seen.outlook.progress_of("B").item.finish
    assert Pushes(seen.network, seen.outlook).first_causes("B") == ["B"]
