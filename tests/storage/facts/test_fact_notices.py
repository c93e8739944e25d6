"""Notices of facts wait once, and are taken once."""

from dataclasses import replace
from datetime import timedelta

from storage.database import Database
from storage.facts.fact_notices import FactNotice
from storage.unit_of_work import UnitOfWork
from tests.small_company import NOW

FIRST = FactNotice("wecom:purchasing", "ready", "MO-1", "PO-1", "qian", "lin", "red")
SECOND = replace(FIRST, about="MO-0", owner="")
ELSEWHERE = replace(FIRST, conversation="dingtalk:cid")


def test_what_waits_already_stays_as_it_is(database: Database) -> None:
    def unit(uow: UnitOfWork) -> None:
        assert uow.fact_notices.add([FIRST, FIRST, ELSEWHERE], NOW) == [FIRST, ELSEWHERE]
        assert uow.fact_notices.add([replace(FIRST, before="yellow"), SECOND], NOW + timedelta(minutes=1)) == [SECOND]
        uow.commit()

    database.write_now(unit)

    def take(conversation: str) -> list[FactNotice]:
        def unit(uow: UnitOfWork) -> list[FactNotice]:
            found = uow.fact_notices.take(conversation)
            uow.commit()
            return found

        return database.write_now(unit)

    assert take("wecom:purchasing") == [FIRST, SECOND]
    assert take("wecom:purchasing") == []
    assert take("dingtalk:cid") == [ELSEWHERE]
