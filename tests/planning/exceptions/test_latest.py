"""The latest finish is the last one that keeps every promise behind it, and the next working day breaks one."""

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from planning.exceptions.latest import latest_finishes
from planning.facts.promise import broken
from planning.facts.relation import after
from planning.plan.item import Item
from planning.plan.link import LagKind, Link, LinkKind
from tests.planning.build import day, item
from tests.planning.exceptions.situations import said, situation

TODAY = "12-01"


@st.composite
def chains(draw: st.DrawFn) -> tuple[list[Item | Link], dict[str, str]]:
    """A few items, each behind some before it; promises of some of them."""
    count = draw(st.integers(2, 6))
    calendars = st.sampled_from(["", "every-day", "china"])
    parts: list[Item | Link] = [
        item(f"I{n}", f"12-{10 + 2 * n:02}", draw(st.integers(0, 4)), type="task", calendar=draw(calendars))
        for n in range(count)
    ]
    for n in range(1, count):
        for before in draw(st.sets(st.integers(0, n - 1), min_size=1, max_size=2)):
            kind = draw(st.sampled_from([LinkKind.FS, LinkKind.FS, LinkKind.FF]))
            lag_kind = draw(st.sampled_from(list(LagKind)))
            lag = draw(st.integers(-2, 3))
            parts.append(Link(f"I{before}", f"I{n}", kind, lag, lag_kind, calendar=draw(calendars)))
    behind = st.sampled_from([f"I{n}" for n in range(1, count)])
    promised = draw(st.dictionaries(behind, st.integers(20, 31), min_size=1))
    return parts, {code: f"12-{on}" for code, on in promised.items()}


@given(chains())
def test_the_day_after_breaks_a_promise(chain: tuple[list[Item | Link], dict[str, str]]) -> None:
    parts, promised = chain
    plain = situation(*parts, today=TODAY, promised=promised)
    latest = latest_finishes(plain.network, plain.outlook, plain.promised)
    if _breaks(parts, promised):
        return  # nothing keeps what is broken anyway
    for code, last in latest.items():
        calendar = plain.network.timetable.of(plain.network.items[plain.network.index[code]])
        assert calendar.is_working(last)
        if last >= plain.outlook[code].dates.finish:
            assert not _breaks(parts, promised, code, last), code
        if (beyond := after(calendar, last)) >= plain.outlook[code].dates.finish:
            assert _breaks(parts, promised, code, beyond), code


def _breaks(parts: list[Any], promised: dict[str, str], code: str = "", finish: date | None = None) -> bool:
    told = [said(code, "expected", "11-30", expected=finish)] if finish else []
    seen = situation(*parts, *told, today=TODAY, promised=promised)
    return bool(broken(seen.outlook, seen.promised, seen.promised))


def test_nothing_promised_behind_it_has_no_slack() -> None:
    seen = situation(item("A", "12-07"), item("B", "12-07"), today=TODAY, promised={"B": "12-10"})
    assert latest_finishes(seen.network, seen.outlook, seen.promised) == {"B": day("12-10")}
