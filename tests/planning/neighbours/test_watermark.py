"""Watermarks and what is missing, against a source that changes while it is read."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from planning.neighbours.watermark import Gone, missing, next_stamp

START = datetime(2026, 12, 5, tzinfo=UTC)


def at(minute: int) -> datetime:
    return START + timedelta(minutes=minute)


def test_a_quiet_pull_stays_and_none_goes_back() -> None:
    assert next_stamp(at(5), (), (), at(9)) == at(5)
    assert next_stamp(at(5), [at(3)], [at(3)], None) == at(5)
    assert next_stamp(None, [at(3), at(8)], [at(3)], at(6)) == at(6)
    assert next_stamp(None, [at(3), at(8)], [at(3)], None) == at(3)


@given(st.data(), st.booleans())
@settings(max_examples=300, deadline=None)
def test_no_change_between_two_pages_is_lost(data: st.DataObject, knows_time: bool) -> None:
    """Rows are paged by id and edited between the pages, with an interval that would lose those behind the cursor."""
    clock = 0
    stamps = {row: data.draw(st.integers(0, 3)) for row in range(6)}
    contents = dict.fromkeys(stamps, 0)
    held: dict[int, int] = {}
    mark: datetime | None = None

    def edit(rows: Sequence[int]) -> None:
        nonlocal clock
        for row in rows:
            clock += 1
            contents[row] += 1
            stamps[row] = clock

    clock = 4
    for turn in range(4):
        since = mark or at(-1)
        first_at, seen, first_page, last = at(clock), list[datetime](), list[datetime](), -1
        while page := sorted(row for row in stamps if row > last and at(stamps[row]) >= since)[:2]:
            for row in page:
                held[row] = contents[row]
                seen.append(at(stamps[row]))
                if last < 0:
                    first_page.append(at(stamps[row]))
            last = page[-1]
            if turn < 3:
                edit(data.draw(st.lists(st.sampled_from(list(stamps)), max_size=2)))
        mark = next_stamp(mark, seen, first_page, first_at if knows_time else None)
    assert held == contents


def test_gone_needs_two_passes_or_a_word_of_the_source() -> None:
    rows = {"a": False, "b": False, "c": True, "d": True}
    assert missing(rows, {"a", "d"}) == Gone(frozenset("b"), frozenset("c"), frozenset("d"))
    assert missing(rows, {"a", "d"}, told={"b"}) == Gone(frozenset(), frozenset("bc"), frozenset("d"))


def test_an_empty_or_cut_answer_cancels_nothing() -> None:
    rows = dict.fromkeys("abcd", True)
    for seen in (set(), {"a"}, {"x", "y", "z"}):
        assert missing(rows, seen) == Gone(frozenset(), frozenset(), frozenset(), is_too_much=True)
    assert missing({}, set()) == Gone(frozenset(), frozenset(), frozenset())
