"""Sync cards of many days, under leaves, days off, standstills and all kinds of clicks: an oracle that reads rows of
signatures and the calendar alone says what every day came to."""

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from handlers.actions.rhythm.sign import sign_seat
from handlers.inbound.timers_due import ring
from handlers.lifecycle.sync import set_sync, up_to_date
from planning.people.delegation import Delegation
from planning.plan.calendar import calendar_named
from planning.plan.operation import Op, Operation
from planning.refusal import Refused
from planning.rhythm.sync import Seat, SyncCard, SyncTerms, hash_of
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from tests.handlers.office import Office
from tests.small_company import plan

SHANGHAI = ZoneInfo("Asia/Shanghai")
TERMS = SyncTerms("08:30", "09:30", (Seat("生产", "wang"), Seat("计划", "lin")), "dingtalk:cidPlanning==")
OWNERS = {"生产": "wang", "计划": "lin"}
FIRST = date(2026, 1, 5)
PEOPLE = ("wang", "lin", "han", "he", "boss", "admin")
TIMERS = ("sync", "sync-deadline")


def at(day: date, hours: float) -> datetime:
    return datetime.combine(day, time(), SHANGHAI).astimezone(UTC) + timedelta(hours=hours)


@dataclass(frozen=True)
class Row:
    """A signature as the database has it."""

    seat: str
    person: str
    sha256: str
    at: datetime


def state_of(rows: Sequence[Row], content: str, ends: datetime) -> str:
    """The oracle: what a day came to."""
    valid = {row.seat for row in rows if row.sha256 == content and row.at < ends}
    return "signed" if valid == {*OWNERS} else "missed"


def late(card: SyncCard) -> bool:
    return card.sent_at >= at(card.day, 8.6)


class Days:
    """Days of a company, of which only the clock and the people are real."""

    def __init__(self, database: Database, seed: int) -> None:
        self.office, self.random = Office(database), random.Random(seed)
        self.office.environment = replace(self.office.environment, sync=TERMS)
        self.office.now = at(FIRST, 0)
        self.office.bring(plan())
        self.leaves: list[tuple[str, str, date, date]] = []
        self.moving: set[tuple[date, float]] = set()
        self.tried: Counter[str] = Counter()
        self.awake: set[date] = set()
        """Days on which the service ran at some time between the card's and its end."""
        self.restart()

    def restart(self) -> None:
        """Another process takes over: what is set is set again."""

        def unit(uow: UnitOfWork) -> None:
            set_sync(self.office.turn(uow))
            uow.commit()

        self.office.database.write_now(unit)

    def ring(self, may_die: bool) -> None:
        """Whatever is due of the card; a process that dies in between rings again."""
        database, turn = self.office.database, self.office.turn
        due = database.look(lambda uow: [one for one in uow.timers.due(self.office.now) if one.kind in TIMERS])
        for timer in due:

            def unit(uow: UnitOfWork, timer=timer, dies: bool = may_die and self.random.random() < 0.1) -> None:  # type: ignore[no-untyped-def]
                ring(turn(uow), timer)
                if not dies:
                    uow.commit()

            database.write_now(unit)
        if due and self.random.random() < 0.2:
            self.restart()

    def click(self, person: str, place: str) -> None:
        day = self.office.now.astimezone(SHANGHAI).date()

        def unit(uow: UnitOfWork) -> None:
            turn = self.office.turn(uow)
            card = uow.sync_cards.of(day)
            if card is not None:
                sign_seat(turn, up_to_date(turn, card), place, person, "")
            uow.commit()

        try:
            self.office.database.write_now(unit)
        except Refused as refused:
            self.tried[refused.refusal.code] += 1

    def leave(self, day: date) -> None:
        """Somebody with a seat is away for some days, and names who acts for them; it may be the other seat."""
        person = self.random.choice(("wang", "lin"))
        deputy = self.random.choice([one for one in ("wang", "lin", "han", "he") if one != person])
        last = day + timedelta(days=self.random.randint(0, 3))
        if any(one[0] == person and one[3] >= day for one in self.leaves):
            return
        self.leaves.append((person, deputy, day, last))

        def unit(uow: UnitOfWork) -> None:
            added, _ = uow.delegations.add(Delegation(person, deputy, day, last), self.office.now)
            uow.delegations.accept(added, self.office.now)
            uow.commit()

        self.office.database.write_now(unit)

    def lives(self, day: date) -> None:
        chance = self.random.random
        self.office.now = at(day, 7)
        if chance() < 0.1:
            self.leave(day)
        moves_at = self.random.choice((8.7, 9.2, 9.45, 13.0)) if chance() < 0.15 else None
        stands_still = chance() < 0.06
        begins = self.random.uniform(8.6, 20) if stands_still else 0
        clicks = sorted(
            (self.random.choice((8.55, 9.0, 9.4, 9.6, 12.0, 17.9, 18.1)) + chance() / 20,
             self.random.choice(PEOPLE) if chance() < 0.25 else "", self.random.choice("01"))
            for _ in range(self.random.randint(0, 7))
        )  # fmt: skip
        if moves_at is not None:
            self.moving.add((day, moves_at))
        moved = [(moves_at, None)] if moves_at else []
        moments = [*moved, (8.5, None), (9.5, None), (18.0, None), (18.01, None), (23.0, None)]
        for hours, click in sorted([*moments, *((one[0], one) for one in clicks)], key=lambda one: one[0]):
            if hours < begins:
                continue
            self.office.now = at(day, hours)
            if 8.5 <= hours < 18:
                self.awake.add(day)
            for more in (2, 1, 0):  # a second apart, as the scheduler looks
                self.ring(may_die=more > 0)
                self.office.now += timedelta(seconds=1)
            if hours == moves_at:
                self.office.change(Operation("RC-1", Op.SHIFT, 1), by="lin")
            if click is not None:
                _, person, place = click
                for _ in range(self.random.choice((1, 1, 2))):
                    self.click(person or OWNERS[list(OWNERS)[int(place)]], place)


@pytest.mark.parametrize("days", [20, pytest.param(400, marks=pytest.mark.long)])
def test_each_day_is_what_the_oracle_says(database: Database, days: int) -> None:
    simulated = Days(database, seed=days)
    for n in range(days):
        simulated.lives(FIRST + timedelta(days=n))
    calendar = calendar_named("china")
    cards = database.look(lambda uow: uow.sync_cards.page(1000, date.min))
    by_day = {card.day: card for card in cards}
    assert len(by_day) == len(cards)
    for n in range(days):
        day = FIRST + timedelta(days=n)
        card = by_day.get(day)
        if not calendar.is_working(day):
            assert card is None, day
            continue
        assert (card is not None) == (day in simulated.awake), day
        if card is None:
            continue
        rows = [Row(one.seat, one.person, one.sha256, one.at) for one in card.signatures]
        assert card.state.value == state_of(rows, hash_of(card.content), at(day, 18)), day
        assert card.closed_at is not None
        seats_of_person: dict[str, set[str]] = {}
        for row in rows:
            seats_of_person.setdefault(row.person, set()).add(row.seat)
            away = {(one[0], one[1]) for one in simulated.leaves if one[2] <= day <= one[3]}
            assert row.person == OWNERS[row.seat] or (OWNERS[row.seat], row.person) in away
        assert card.version <= 1 + sum(moved == day and hours < 9.5 for moved, hours in simulated.moving) or late(card)
        assert max(map(len, seats_of_person.values()), default=1) == 1
        assert len({(row.seat, row.sha256) for row in rows}) == len(rows)
        if not late(card):
            in_time = state_of(rows, hash_of(card.content), at(day, 9.5)) == "signed"
            assert (card.escalated_at is None) == in_time, day
            assert in_time or card.escalated_at is not None
            if card.escalated_at:
                assert timedelta(0) <= card.escalated_at - at(day, 9.5) <= timedelta(minutes=1)
    assert simulated.tried["sync-not-yours"] > 0
    assert {card.state.value for card in cards} == {"signed", "missed"}
    if days > 100:  # in a few weeks not everything happens
        assert any(one.acting_for for card in cards for one in card.signatures)
        assert any(card.version > 1 for card in cards)
