"""Ladders and leaves in the database: read back the same, taken once, found when they are late."""

from dataclasses import replace
from datetime import date, timedelta

from planning.change.approval import approve
from planning.change.approval_steps import submit
from planning.change.change import Change, Decision, Verdict
from planning.change.escalation import DEFAULT, Climb, Do, Escalation
from planning.people.delegation import Delegation
from planning.plan.calendar import WorkCalendar, calendar_named, with_exceptions
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from tests.small_company import NOW, TODAY, organisation
from tests.storage.test_repositories import a_change, seeded

HOUR = timedelta(hours=1)
WEEKDAYS = calendar_named("weekdays")


def submitted(database: Database) -> Change:
    seeded(database)

    def work(uow: UnitOfWork) -> Change:
        change = uow.changes.save(submit(a_change(uow), organisation(), NOW, NOW + timedelta(days=3)))
        uow.commit()
        return change

    return database.write_now(work)


def started(database: Database, change: Change, calendar: WorkCalendar = WEEKDAYS) -> Escalation:
    policy = DEFAULT.of("normal", calendar)
    escalation = Escalation(change.no, "production", 1, policy, NOW, 0, NOW + 4 * HOUR)

    def work(uow: UnitOfWork) -> Escalation:
        uow.escalations.start(escalation)
        uow.commit()
        return escalation

    return database.write_now(work)


def climbed(escalation: Escalation) -> Escalation:
    taken = Climb(Do.DEPUTY, ("li", "boss"), NOW + 8 * HOUR)
    return replace(
        escalation, rung=2, next_at=NOW + 31 * HOUR, climbs=(taken,), reminded_at=NOW + 8 * HOUR
    )


def test_a_ladder_is_read_back_with_the_policy_it_was_started_under(database: Database) -> None:
    escalation = started(database, submitted(database))
    assert database.look(lambda uow: uow.escalations.get(escalation.change, "production")) == escalation
    assert database.look(lambda uow: uow.escalations.get(escalation.change, "sales")) is None
    assert database.look(lambda uow: uow.escalations.of_change(escalation.change)) == {"production": escalation}


def test_a_calendar_of_ones_own_goes_with_the_ladder(database: Database) -> None:
    workshop = with_exceptions("注塑车间", WEEKDAYS, {date(2026, 12, 24): False, date(2026, 12, 26): True})
    escalation = started(database, submitted(database), workshop)
    kept = database.look(lambda uow: uow.escalations.get(escalation.change, "production"))
    assert kept is not None
    assert kept.policy.calendar == workshop


def test_a_rung_is_taken_once(database: Database) -> None:
    escalation = started(database, submitted(database))
    after = climbed(escalation)

    def take(uow: UnitOfWork) -> bool:
        uow.commit()
        return uow.escalations.advance(escalation, after)

    assert database.write_now(take)
    assert not database.write_now(take)
    assert database.look(lambda uow: uow.escalations.get(escalation.change, "production")) == after


def test_a_ladder_that_was_started_again_is_not_taken_for_the_old_one(database: Database) -> None:
    escalation = started(database, submitted(database))

    def again(uow: UnitOfWork) -> bool:
        uow.escalations.start(replace(escalation, round=2))
        uow.commit()
        return uow.escalations.advance(escalation, climbed(escalation))

    assert not database.write_now(again)


def late(database: Database, hours: int) -> list[tuple[str, str]]:
    found = database.look(lambda uow: uow.escalations.overdue(NOW + hours * HOUR))
    return [(step.department, step.since.isoformat()) for step in found]


def test_what_is_late_is_found_by_the_steps_and_not_by_the_timers(database: Database) -> None:
    change = submitted(database)
    escalation = started(database, change)
    without = {step.department for step in change.steps} - {"production"}
    assert late(database, 0) == []
    assert {department for department, _ in late(database, 1)} == without, "nobody gave them a ladder"
    assert ("production", (NOW + 4 * HOUR).isoformat()) in late(database, 5)

    def decide(uow: UnitOfWork) -> None:
        uow.escalations.stop(escalation)
        said = Decision("wang", Verdict.APPROVE, NOW, change.impact.hash, acting_for="han")
        uow.changes.save(approve(change, "production", said))
        uow.commit()

    database.write_now(decide)
    assert "production" not in {department for department, _ in late(database, 99)}
    stopped = database.look(lambda uow: uow.escalations.get(change.no, "production"))
    assert stopped == replace(escalation, next_at=None)


def test_a_step_opened_again_needs_a_ladder_of_its_own(database: Database) -> None:
    escalation = started(database, submitted(database))

    def again(uow: UnitOfWork) -> None:
        uow.escalations.start(replace(escalation, round=2, next_at=NOW + 99 * HOUR))
        uow.commit()

    database.write_now(again)
    assert "production" in {department for department, _ in late(database, 1)}, "its ladder is of another round"


def test_for_whom_somebody_decided_is_kept(database: Database) -> None:
    change = submitted(database)

    def decide(uow: UnitOfWork) -> None:
        step = change.step_of("production")
        assert step is not None
        said = Decision("li", Verdict.TRANSFER, NOW, change.impact.hash, to="lin", acting_for="wang")
        steps = (replace(step, decisions=(said,)), *(s for s in change.steps if s.department != "production"))
        uow.changes.save(replace(change, steps=steps))
        uow.commit()

    database.write_now(decide)
    read = database.look(lambda uow: uow.changes.get(change.no))
    assert read is not None
    step = read.step_of("production")
    assert step is not None
    assert step.decisions[0].acting_for == "wang"


def arranged(database: Database, *leaves: Delegation) -> list[list[Delegation]]:
    def add(uow: UnitOfWork) -> list[list[Delegation]]:
        uow.commit()
        return [uow.delegations.add(leave, NOW)[1] for leave in leaves]

    return database.write_now(add)


def leave(person: str, first: int, last: int, deputy: str = "li") -> Delegation:
    return Delegation(person, deputy, date(2026, 12, first), date(2026, 12, last))


def test_leaves_are_listed_until_they_are_over(database: Database) -> None:
    arranged(database, leave("wang", 7, 9), leave("su", 1, 5), leave("zhao", 1, 1))
    current = database.look(lambda uow: uow.delegations.current(date(2026, 12, 2)))
    assert current == [leave("su", 1, 5), leave("wang", 7, 9)]
    assert database.look(lambda uow: uow.delegations.of_person("su", TODAY)) == [leave("su", 1, 5)]


def test_a_new_leave_replaces_what_it_overlaps(database: Database) -> None:
    replaced = arranged(database, leave("wang", 1, 5), leave("wang", 10, 12), leave("wang", 5, 8, "lin"))
    assert replaced == [[], [], [leave("wang", 1, 5)]]
    left = database.look(lambda uow: uow.delegations.of_person("wang", TODAY))
    assert left == [leave("wang", 5, 8, "lin"), leave("wang", 10, 12)]


def test_a_leave_is_taken_back(database: Database) -> None:
    arranged(database, leave("wang", 1, 5), leave("wang", 10, 12), leave("su", 1, 5))

    def cancel(uow: UnitOfWork) -> list[Delegation]:
        uow.commit()
        return uow.delegations.cancel("wang", date(2026, 12, 2), NOW)

    assert database.write_now(cancel) == [leave("wang", 1, 5), leave("wang", 10, 12)]
    assert database.write_now(cancel) == []
    assert database.look(lambda uow: uow.delegations.current(TODAY)) == [leave("su", 1, 5)]
