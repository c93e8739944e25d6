"""Figures with worked numbers: counted by hand, from the definitions and not from the code."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest

from planning.figures.changes import (
    End,
    Ended,
    cycle,
    emergencies_inside_freeze,
    ended_as,
    inside_freeze,
    observed_inside_freeze,
)
from planning.figures.delivery import CancelledBy, Order, delivered_on_time
from planning.figures.forecasting import Foretold, attained, forecast_error
from planning.figures.natural_limits import News, limits
from planning.figures.nervousness import Moved, moved_quantity, nervousness, of_period
from planning.figures.plan_quality import Look, complete, complete_in_time, fresh, linked, pegged, worst_source
from planning.figures.quantile import median, nearest_rank
from planning.figures.reached import Reached, Shown, disturbed, latency, missed, taking_part
from planning.figures.received import Acknowledged, Told, in_bursts, read, received
from planning.figures.response import Asked, decided_on_time, expired, response, working_hours
from planning.figures.sample import Sample, sample
from planning.figures.tally import Span, Tally
from planning.plan.calendar import calendar_named
from planning.plan.goods import PURCHASE
from planning.plan.hours import Window, WorkingHours
from planning.plan.item import Item, Status
from planning.plan.link import Link
from planning.readiness.line import Colour

SHANGHAI = ZoneInfo("Asia/Shanghai")
CHINA = calendar_named("china")
HOURS = WorkingHours(Window(time(9), time(18)), CHINA, SHANGHAI)
MONTH = Span(date(2026, 12, 1), date(2026, 12, 31), SHANGHAI)


def at(day: int, hour: int, minute: int = 0, second: int = 0) -> datetime:
    return datetime(2026, 12, day, hour, minute, second, tzinfo=SHANGHAI).astimezone(UTC)


def lengths(*values: int) -> tuple[Fraction, ...]:
    return tuple(Fraction(value) for value in values)


def asked(opened_at: datetime, closed_at: datetime | None, **more: object) -> Asked:
    return replace(Asked("production", opened_at, at(31, 18), closed_at), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("first", "last", "hours"),
    [
        (at(4, 16), at(7, 10), "3"), (at(1, 17, 30), at(2, 9, 45), "1.25"),
        (at(1, 20), at(2, 9, 10), "1/6"), (at(5, 10), at(6, 15), "0"),
    ],
)  # fmt: skip
def test_an_hour_is_an_hour_of_work(first: datetime, last: datetime, hours: str) -> None:
    assert working_hours(first, last, HOURS) == Fraction(hours)


def test_response_of_ten_steps() -> None:
    minutes = (6, 10, 20, 75, 90, 150, 180, 540, 750, 900)
    steps = [asked(at(1, 9), HOURS.after(at(1, 9), timedelta(minutes=m))) for m in minutes]
    found = response(steps, HOURS, MONTH)
    assert found.n == 10
    assert (median(found.values), nearest_rank(found.values, 90)) == (Fraction(2), Fraction("12.5"))
    assert found.numerator == Fraction(sum(minutes), 60)


def test_silence_is_not_left_out() -> None:
    steps = [asked(at(1, 9), at(1, 10)), asked(at(1, 9), at(3, 9), expired=True), asked(at(1, 9), None)]
    assert response(steps, HOURS, MONTH).values == lengths(1, 18)
    assert expired(steps, MONTH) == Tally.share(1, 2)


def test_time_of_a_lockdown_is_not_theirs() -> None:
    held = ((at(1, 10), at(1, 12)), (at(1, 11), at(1, 13)), (at(1, 17), at(2, 20)))
    assert response([asked(at(1, 9), at(1, 18), held=held)], HOURS, MONTH).values == lengths(5)


def test_on_time_is_decided_by_the_minute_it_was_due() -> None:
    due = {"due_at": at(2, 12)}
    steps = [
        asked(at(1, 9), at(2, 12), **due), asked(at(1, 9), at(2, 12, 1), **due), asked(at(1, 9), None, **due),
        asked(at(1, 9), at(2, 12), expired=True, **due), asked(at(1, 9), at(2, 9), due_at=None),
    ]  # fmt: skip
    assert decided_on_time(steps, MONTH) == Tally.share(1, 4)


def said(person: str, when: datetime, change: str) -> Acknowledged:
    return Acknowledged(person, when, change)


def told(n: int, acknowledged: datetime | None, person: str = "", **more: datetime) -> Told:
    word = said(person or f"p{n}", acknowledged, f"CR-{n}") if acknowledged else None
    return Told(f"CR-{n}", "production", at(1, 9), word, **more)


def test_received_and_read_of_forty() -> None:
    seats = [told(n, at(1, 9, 5) + timedelta(minutes=n)) for n in range(25)]
    seats += [told(n, None, decided_at=at(1, 15)) for n in range(25, 31)]
    seats += [told(n, at(1, 9, 0, 3), person=f"quick{n}") for n in range(31, 36)]
    seats += [told(36, at(2, 12)), told(37, at(3, 9)), told(38, None), told(39, None)]
    assert received(seats, HOURS, MONTH) == Tally.share(36, 40)
    bursts = in_bursts(seat.acknowledged for seat in seats if seat.acknowledged)
    assert read(seats, bursts, HOURS, MONTH) == Tally.share(31, 40)


@pytest.mark.parametrize(("number", "within", "found"), [(5, 60, 0), (6, 60, 6), (6, 61, 0), (9, 8, 9)])
def test_more_than_five_within_a_minute_are_a_burst(number: int, within: int, found: int) -> None:
    step = Fraction(within, number - 1)
    words = [said("han", at(1, 10) + timedelta(seconds=float(step * n)), f"CR-{n}") for n in range(number)]
    assert len(in_bursts(words)) == found
    assert not in_bursts([replace(word, person=f"p{n}") for n, word in enumerate(words)])


def test_whoever_acknowledges_everything_at_once_reads_nothing() -> None:
    at_once = [replace(told(n, at(1, 9, 0, 1), "bot"), change=f"CR-{n}") for n in range(60)]
    waiting = [told(n, at(1, 9, 0, 30), "bot") for n in range(60)]
    for seats in (at_once, waiting):
        bursts = in_bursts(seat.acknowledged for seat in seats if seat.acknowledged)
        assert received(seats, HOURS, MONTH) == Tally.share(60, 60)
        assert read(seats, bursts, HOURS, MONTH) == Tally.share(0, 60)


def test_details_are_the_better_proof_and_come_on_the_same_day() -> None:
    quick = at(1, 9, 0, 1)
    seats = [told(1, quick, details_at=at(1, 17)), told(2, quick, details_at=at(2, 9)), told(3, quick)]
    assert read(seats, (), HOURS, MONTH) == Tally.share(1, 3)


def ended(day: int, end: End = End.APPLIED, **more: bool) -> Ended:
    return Ended(at(day, 9), at(day, 9) + timedelta(hours=day), end, **more)


def test_changes_inside_a_freeze_and_what_stands_beside_them() -> None:
    changes = [
        ended(1), ended(2, breached=True), ended(3, breached=True, emergency=True), ended(4, emergency=True),
        ended(7, breached=True, observed=True), ended(8, End.REJECTED, breached=True), ended(9, End.EXPIRED),
    ]  # fmt: skip
    assert inside_freeze(changes, MONTH) == Tally.share(2, 4)
    assert emergencies_inside_freeze(changes, MONTH) == Tally.share(1, 2)
    assert observed_inside_freeze(changes, MONTH) == Tally.share(1, 1)
    assert cycle(changes, HOURS, MONTH).values == lengths(1, 2)
    assert cycle(changes, HOURS, MONTH, emergency=True).values == lengths(3, 4)
    assert [ended_as(changes, end, MONTH).ratio for end in End] == [Fraction(4, 6), Fraction(1, 6), Fraction(1, 6), 0]


def order(n: int, done: int | None, delivered: str = "100", **more: object) -> Order:
    finished = date(2026, 12, done) if done else None
    return replace(Order(f"SO-{n}", date(2026, 12, 10), Decimal(100), finished, Decimal(delivered)), **more)  # type: ignore[arg-type]


def test_eight_orders_on_time_and_in_full() -> None:
    orders = [*(order(n, 10 - n) for n in range(6)), order(7, 12), order(8, 10, "98")]
    assert delivered_on_time(orders, MONTH) == Tally.share(6, 8)
    assert delivered_on_time(orders, MONTH, tolerance=Decimal(2)) == Tally.share(7, 8)


def test_cancelled_by_the_customer_before_the_day_is_out_and_otherwise_missed() -> None:
    def gone(by: CancelledBy, day: int) -> Order:
        return order(1, None, cancelled_by=by, cancelled_on=date(2026, 12, day))

    orders = [gone(CancelledBy.CUSTOMER, 9), gone(CancelledBy.CUSTOMER, 10), gone(CancelledBy.OTHERS, 2)]
    assert delivered_on_time(orders, MONTH) == Tally.share(0, 2)


def moved(item: str, on: int, start: int, to: int) -> Moved:
    return Moved(item, date(2026, 12, on), date(2026, 12, start), date(2026, 12, to))


LINES = (moved("MO-1", 1, 3, 8), moved("MO-1", 2, 8, 3), moved("MO-2", 2, 9, 11))


def test_nervousness_of_forty_items() -> None:
    found = nervousness(LINES, 40, CHINA, MONTH)
    assert (found.gross.ratio, found.net.ratio, found.to_and_fro) == (Fraction(1, 5), Fraction(1, 20), Fraction(3, 4))


@pytest.mark.parametrize(
    ("start", "counts"), [(date(2026, 12, 1), 1), (date(2026, 12, 15), 1), (date(2026, 12, 16), 0),
                          (date(2026, 11, 30), 0)]
)  # fmt: skip
def test_only_near_starts_make_nervous(start: date, counts: int) -> None:
    line = Moved("MO-1", date(2026, 12, 1), start, CHINA.add(start, 1))
    assert nervousness([line], 10, CHINA, MONTH).gross.numerator == counts


def test_days_of_nervousness_add_up_over_the_first_days_items() -> None:
    days = [Span(date(2026, 12, day), date(2026, 12, day), SHANGHAI) for day in range(1, 32)]
    tallies = [nervousness(LINES, 40 + n, CHINA, day).gross for n, day in enumerate(days)]
    assert of_period(tallies, tallies[0]) == nervousness(LINES, 40, CHINA, MONTH).gross


def test_nervousness_of_quantities() -> None:
    lines = [replace(LINES[0], quantity=Decimal(100), quantity_to=Decimal(130)), LINES[1]]
    assert moved_quantity(lines, Decimal(600), CHINA, MONTH) == Tally(Fraction(30), Fraction(600), 1)


def test_missed_and_disturbed() -> None:
    def reached(affected: str, shown: str) -> Reached:
        return Reached("CR-1", at(1, 9), frozenset(affected), frozenset(shown))

    changes = [reached("AB", "AB"), reached("ABC", "A"), reached("A", "AD")]
    assert (missed(changes, MONTH).numerator, disturbed(changes, MONTH).numerator) == lengths(2, 1)


def test_latency_counts_what_had_to_wait_apart() -> None:
    cards = [Shown(at(1, 9), at(1, 9, 0, 4)), Shown(at(1, 9), at(1, 10), waited=True), Shown(at(1, 9), at(1, 9, 1))]
    assert latency(cards, MONTH).values == lengths(4, 60)
    assert latency(cards, MONTH, waited=True).values == lengths(3600)


def test_taking_part_knows_no_strangers() -> None:
    assert taking_part({"han", "zhao", "stranger"}, {"han", "zhao", "li"}) == Tally.share(2, 3)


def test_fresh_is_up_to_one_and_a_half_intervals() -> None:
    hour = timedelta(hours=1)
    ages = (("erp", 90), ("erp", 91), ("stock", 10))
    looks = [Look(source, at(1, 9), timedelta(minutes=age), hour) for source, age in ages]
    assert fresh(looks, MONTH) == Tally.share(2, 3)
    assert worst_source(looks, MONTH) == "erp"
    assert worst_source([], MONTH) is None


def item(code: str, type: str = "production", status: Status = Status.CONFIRMED, duration: int = 1) -> Item:
    return Item(code, code, date(2026, 12, 1), date(2026, 12, 1), duration, type, status=status)


def test_linked_and_pegged() -> None:
    items = [
        item("MO-1"), item("MO-2"), item("PO-1", PURCHASE), item("PO-2", PURCHASE), item("OLD", status=Status.DONE),
        item("MS", duration=0),
    ]  # fmt: skip
    links = [Link("PO-1", "MO-1", ratio=Decimal(2)), Link("PO-2", "MO-1"), Link("OLD", "MS")]
    assert linked(items, links) == Tally.share(3, 4)
    assert pegged(items, links) == Tally.share(1, 2)


def test_complete_is_green() -> None:
    colours = (Colour.GREEN, Colour.RED, Colour.GREEN, Colour.NONE, Colour.YELLOW)
    assert complete(colours) == Tally.share(2, 4)
    assert complete_in_time(colours) == Tally.share(3, 4)


def test_attained_is_finished_by_the_weeks_own_plan() -> None:
    days = {code: date(2026, 12, day) for code, day in (("A", 1), ("B", 2), ("C", 4))}
    finished = {"A": date(2026, 12, 1), "B": date(2026, 12, 3), "D": date(2026, 12, 1)}
    assert attained({**days, "E": date(2027, 1, 4)}, finished, MONTH) == Tally.share(1, 3)


def test_forecasts_err_in_both_directions() -> None:
    finish = date(2026, 12, 7)
    items = [Foretold("A", finish, date(2026, 12, 4)), Foretold("B", finish, date(2026, 12, 9))]
    assert forecast_error(items, CHINA, MONTH).values == lengths(1, 2)


@pytest.mark.parametrize(
    ("n", "said"),
    [(0, Sample.TOO_SMALL), (4, Sample.TOO_SMALL), (5, Sample.SMALL), (19, Sample.SMALL), (20, Sample.ENOUGH)],
)
def test_a_small_sample_says_little(n: int, said: Sample) -> None:
    assert sample(n) is said


WEEKS = [Fraction(value) for value in (82, 79, 85, 80, 83, 78, 81, 84)]


def test_natural_limits_of_eight_weeks() -> None:
    found = limits(WEEKS)
    assert found is not None
    assert (float(found.mean), round(float(found.low), 1), round(float(found.high), 1)) == (81.5, 70.9, 92.1)
    said = [found.news(Fraction(value)) for value in (76, 69, 93)]
    assert said == [News.NONE, News.LOWER, News.HIGHER]


def test_fewer_weeks_have_no_limits_and_older_ones_do_not_count() -> None:
    assert limits(WEEKS[1:]) is None
    assert limits([Fraction(5), *WEEKS]) == limits(WEEKS)
