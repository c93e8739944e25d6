"""Inbox, outbox and timers: once in, at least once out, rung once."""

from datetime import date, timedelta

from sqlalchemy import select

from storage.database import Database
from storage.delivery.cards import Purpose
from storage.delivery.inbox import LEASE, MAX_ATTEMPTS, EventKey
from storage.delivery.outbox import LEASE as POST_LEASE
from storage.delivery.outbox import OutboxMessage
from storage.tables.delivery import inbox
from storage.timers import Timer
from storage.unit_of_work import UnitOfWork
from tests.small_company import NOW
from tests.storage.test_repositories import a_change, seeded

KEY = EventKey("dingtalk", "ding", "msg-1")
LATER = NOW + LEASE + timedelta(seconds=1)


def receive(uow: UnitOfWork, key: EventKey = KEY, delivery: str | None = "m-1") -> bool:
    uow.commit()
    return uow.inbox.receive(key, "said", {"text": "早会"}, NOW, delivery)


def test_an_event_is_written_down_once(database: Database) -> None:
    assert database.write_now(receive)
    assert not database.write_now(receive)
    again = EventKey("dingtalk", "ding", "msg-2")
    assert not database.write_now(lambda uow: receive(uow, again)), "another id, but the same delivery of it"
    assert database.write_now(lambda uow: receive(uow, again, "m-2"))
    assert database.write_now(lambda uow: receive(uow, EventKey("wecom", "ding", "msg-1"))), "another platform's"


def test_what_nobody_finished_is_given_to_the_next(database: Database) -> None:
    database.write_now(receive)

    def claim(uow: UnitOfWork) -> list[EventKey]:
        uow.commit()
        return [event.key for event in uow.inbox.claim_due(LATER)]

    assert database.write_now(lambda uow: [e.key for e in uow.inbox.claim_due(NOW)]) == [], "its receiver is at it"
    assert database.write_now(claim) == [KEY]
    assert database.write_now(claim) == [], "claimed for one lease"


def test_what_is_done_is_not_given_again(database: Database) -> None:
    def finish(uow: UnitOfWork) -> None:
        receive(uow)
        uow.inbox.done(KEY, NOW)

    database.write_now(finish)
    assert not database.write_now(lambda uow: uow.inbox.take(KEY))
    assert database.write_now(lambda uow: uow.inbox.claim_due(LATER)) == []


def test_an_event_that_keeps_failing_is_given_up(database: Database) -> None:
    database.write_now(receive)

    def fail(uow: UnitOfWork) -> bool:
        uow.commit()
        given_up = uow.inbox.failed(KEY, NOW, "see log")
        uow.inbox.claim_due(LATER)
        return given_up

    assert [database.write_now(fail) for _ in range(MAX_ATTEMPTS)] == [False] * (MAX_ATTEMPTS - 1) + [True]


def test_what_was_handled_is_forgotten_after_a_while_and_still_not_taken_twice(database: Database) -> None:
    old, young, open_one = (EventKey("dingtalk", "bot", name) for name in ("old", "young", "open"))

    def happens(uow: UnitOfWork) -> None:
        for key in (old, young, open_one):
            assert receive(uow, key, delivery=f"m-{key.event_id}")
        uow.inbox.done(old, NOW)
        uow.inbox.done(young, NOW + timedelta(days=2))
        uow.commit()

    def forget(uow: UnitOfWork) -> list[int]:
        counts = [uow.inbox.forget(NOW + timedelta(days=1)) for _ in range(2)]
        uow.commit()
        return counts

    database.write_now(happens)
    assert database.write_now(forget) == [1, 0]
    rows = database.look(lambda uow: uow.inbox._connection.execute(select(inbox)).all())
    assert {row.event_id: bool(row.payload) for row in rows} == {"old": False, "young": True, "open": True}
    assert database.write_now(lambda uow: receive(uow, old, delivery="m-9")) is False


def claim(database: Database, at: timedelta = timedelta(0)) -> list[OutboxMessage]:
    def work(uow: UnitOfWork) -> list[OutboxMessage]:
        uow.commit()
        return uow.outbox.claim(NOW + at, 10)

    return database.write_now(work)


def say(uow: UnitOfWork, text: str = "你好", dedupe: str | None = "d-1") -> bool:
    uow.commit()
    return uow.outbox.say("wecom:sales", text, NOW, dedupe)


def test_a_letter_comes_back_until_it_is_sent(database: Database) -> None:
    assert database.write_now(say)
    assert not database.write_now(say), "the same message is not said twice"
    (first,) = claim(database)
    assert claim(database) == []
    (again,) = claim(database, POST_LEASE + timedelta(seconds=1))
    assert (again.dedupe, again.attempts) == (first.dedupe, 2)

    def sent(uow: UnitOfWork) -> None:
        uow.outbox.sent(first, NOW)
        uow.commit()

    database.write_now(sent)
    assert claim(database, 3 * POST_LEASE) == [], "an acknowledgement after the lease still counts"


def test_a_zombie_cannot_put_off_what_is_another_s(database: Database) -> None:
    database.write_now(say)
    (zombie,) = claim(database)
    (mine,) = claim(database, POST_LEASE + timedelta(seconds=1))

    def work(uow: UnitOfWork) -> None:
        uow.outbox.put_off(zombie, NOW + timedelta(days=9), "late")
        uow.outbox.give_up(zombie, "late")
        uow.commit()

    database.write_now(work)
    assert [message.dedupe for message in claim(database, 3 * POST_LEASE)] == [mine.dedupe]


def test_older_versions_of_a_card_are_not_sent_any_more(database: Database) -> None:
    seeded(database)

    def work(uow: UnitOfWork) -> str:
        row = uow.cards.add(Purpose.PROPOSAL, a_change(uow).subject, "wecom:sales", NOW)
        uow.outbox.show(row, NOW)
        uow.outbox.show(row, NOW, uow.cards.want_next(row))
        uow.outbox.drop_older(row.card_id, 1, NOW)
        uow.commit()
        return row.card_id

    card_id = database.write_now(work)
    assert [(message.card_id, message.version) for message in claim(database)] == [(card_id, 2)]


def test_a_timer_is_rung_by_one_only(database: Database) -> None:
    timer = Timer("digest", "wecom:sales", NOW)

    def ring(uow: UnitOfWork) -> list[bool]:
        uow.timers.start(timer)
        uow.commit()
        return [uow.timers.take(timer), uow.timers.take(timer)]

    assert database.write_now(ring) == [True, False]
    assert database.look(lambda uow: uow.timers.due(NOW)) == []


def test_a_moved_timer_does_not_ring_at_its_old_time(database: Database) -> None:
    def move(uow: UnitOfWork) -> bool:
        uow.timers.start(Timer("expiry", "CR-1", NOW))
        uow.timers.start(Timer("expiry", "CR-1", NOW + timedelta(hours=1)))
        return uow.timers.take(Timer("expiry", "CR-1", NOW))

    assert not database.write_now(move)


def test_a_digest_runs_once_a_day(database: Database) -> None:
    seeded(database)

    def twice(uow: UnitOfWork) -> list[bool]:
        days = (date(2026, 11, 23), date(2026, 11, 23), date(2026, 11, 24))
        return [uow.digests.ran("wecom:sales", day, NOW, 1) for day in days]

    assert database.write_now(twice) == [True, False, True]
