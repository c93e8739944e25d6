"""Claiming messages when several processes do so at the same moment."""

import threading
from concurrent.futures import wait
from pathlib import Path

from storage.database import Database
from storage.delivery.outbox import TURN, OutboxMessage
from storage.unit_of_work import UnitOfWork
from tests.databases import fresh_database
from tests.small_company import NOW


def test_two_claims_at_once_do_not_share_a_conversation(tmp_path: Path) -> None:
    """Neither may start with the second message because the other is just taking the first."""
    with fresh_database("postgresql", tmp_path, migrated=True) as url:
        one, other = Database(url, "main"), Database(url, "main")
        one.write_now(lambda uow: _say(uow, 60))
        claimed, go_on = threading.Event(), threading.Event()

        def slowly(uow: UnitOfWork) -> list[OutboxMessage]:
            messages = _claim(uow)
            claimed.set()
            go_on.wait(20)
            return messages

        first = one.submit(slowly)
        assert claimed.wait(20)
        second = other.submit(_claim)
        wait([second], timeout=0.5)  # time to do the wrong thing
        go_on.set()
        assert len(first.result(20)) == TURN
        assert second.result(20) == []
        one.close()
        other.close()


def test_what_was_given_back_is_nobodys(tmp_path: Path) -> None:
    with fresh_database("sqlite", tmp_path, migrated=True) as url:
        database = Database(url, "main")
        database.write_now(lambda uow: _say(uow, 1))
        (message,) = database.write_now(_claim)

        def give_back(uow: UnitOfWork) -> bool:
            uow.commit()
            uow.outbox.release([message], NOW)
            return uow.outbox.holds(message)

        assert not database.write_now(give_back)
        (again,) = database.write_now(_claim)
        assert (again.attempts, again.token == message.token) == (1, False)
        database.close()


def _say(uow: UnitOfWork, count: int) -> None:
    for number in range(count):
        uow.outbox.say("dingtalk:g", str(number), NOW)
    uow.commit()


def _claim(uow: UnitOfWork) -> list[OutboxMessage]:
    uow.commit()
    return uow.outbox.claim(NOW, 50)
