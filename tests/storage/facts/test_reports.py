"""The ledger of reports: rows come back as they were written, and none is changed or taken away."""

from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from handlers.reads.trail.proof import faults
from planning.facts.report import Report, ReportKind
from planning.plan.impact import Line
from planning.plan.operation import Op, Operation
from planning.plan.revision import Revision
from storage.connection.engine import open_engine
from storage.database import Database
from storage.maintenance.migrate import downgrade, upgrade
from storage.unit_of_work import UnitOfWork
from tests.handlers.office import Office
from tests.small_company import plan

BEFORE = "0014"
BEFORE_DRAFTS_NAME_THEIR_ITEM = "0023"
NOON = datetime(2026, 12, 2, 4, tzinfo=UTC)
WHOLE = Report(
    "RP-20261202-001", "MO-1", ReportKind.QUANTITY, date(2026, 12, 2), NOON, good=Decimal("150.50"), scrap=Decimal(2),
    percent=Decimal(60), remaining_days=3, expected=date(2026, 12, 9), over=True, corrects="RP-20261201-001", void=True,
    by="wang", acting_for="han", source="api:erp", channel="dingtalk", key="k 1", department="production", reason="因",
)  # fmt: skip
BARE = Report("RP-20261202-002", "PO-1", ReportKind.CORRECTION, None, NOON + timedelta(minutes=1))


@pytest.fixture
def filled(migrated_url: str) -> str:
    with closing(Database(migrated_url, "main")) as database:
        Office(database).bring(plan())

        def unit(uow: UnitOfWork) -> None:
            uow.reports.add(WHOLE)
            uow.reports.add(BARE)
            uow.commit()

        database.write_now(unit)
    return migrated_url


def test_rows_come_back_as_they_were_written(filled: str) -> None:
    with closing(Database(filled, "main")) as database:
        assert database.look(lambda uow: list(uow.reports.all())) == [WHOLE, BARE]
        assert database.look(lambda uow: uow.reports.get(WHOLE.no)) == WHOLE
        assert database.look(lambda uow: uow.reports.get("RP-20261202-009")) is None
        assert database.look(lambda uow: uow.reports.keyed("k 1")) == WHOLE
        assert database.look(lambda uow: uow.reports.keyed("")) is None
        assert database.look(lambda uow: uow.reports.of_item("PO-1")) == [BARE]
        assert database.look(lambda uow: uow.reports.newest_of("wang")) == WHOLE


def test_numbers_of_a_day_follow_each_other(filled: str) -> None:
    with closing(Database(filled, "main")) as database:
        assert database.look(lambda uow: uow.reports.next_no(date(2026, 12, 2))) == "RP-20261202-003"
        assert database.look(lambda uow: uow.reports.next_no(date(2026, 12, 3))) == "RP-20261203-001"


@pytest.mark.parametrize(
    "work",
    [
        "UPDATE reports SET good = '1'", "DELETE FROM reports",
        "INSERT OR REPLACE INTO reports SELECT * FROM reports",
    ],
)  # fmt: skip
def test_the_database_changes_no_row(filled: str, work: str) -> None:
    engine = open_engine(filled, writer=True)
    if engine.dialect.name == "postgresql":
        work = work.replace("INSERT OR REPLACE INTO reports SELECT * FROM reports", "TRUNCATE reports")
    with pytest.raises(DatabaseError), engine.begin() as connection:
        connection.execute(text(work))
    engine.dispose()


def test_a_database_of_before_gets_its_ledger(database_url: str) -> None:
    upgrade(database_url)
    with closing(Database(database_url, "main")) as database:
        office = Office(database)
        office.bring(plan())
        office.change(Operation("RC-1", Op.SHIFT, 1))
    downgrade(database_url, BEFORE)
    upgrade(database_url)
    with closing(Database(database_url, "main")) as database:
        office = Office(database)
        office.wait(days=14)
        assert "累计 160 / 2000" in office.say("wang", "报工 MO-1 160")
        assert database.look(lambda uow: faults(office.turn(uow))) == []


def test_a_draft_of_before_is_known_by_its_item(database_url: str) -> None:
    upgrade(database_url)
    with closing(Database(database_url, "main")) as database:
        office = Office(database)
        office.bring(plan())
        office.wait(days=14)
        office.say("han", "报工 MO-1 100")
        assert database.look(lambda uow: uow.changes.open_of_facts("MO-1"))
        assert database.look(lambda uow: uow.changes.open_of_facts("")) == []
    downgrade(database_url, BEFORE_DRAFTS_NAME_THEIR_ITEM)
    upgrade(database_url)
    with closing(Database(database_url, "main")) as database:
        (known,) = database.look(lambda uow: uow.changes.open_of_facts("MO-1"))
        assert known.facts_of == "MO-1"


def test_the_history_of_an_item_goes_on_while_it_is_read(filled: str) -> None:
    """What is read once in a unit of work has what the unit itself adds."""
    with closing(Database(filled, "main")) as database:
        office = Office(database)
        office.wait(days=14)

        def unit(uow: UnitOfWork) -> None:
            known = uow.revisions.history_of(["MO-1"])["MO-1"]
            assert list(known) == uow.revisions.newest_of_item("MO-1", 99)[0]
            head = uow.revisions.head()
            assert head
            line = Line("MO-1", "", "production", "status", "confirmed", "in_progress")
            uow.revisions.append(Revision.after(head, "main", "RP-20261207-001", office.now, "wang", "h"), (line,))
            assert [one.line for one in uow.revisions.history_of(["MO-1"])["MO-1"]][-1] == line

        database.write_now(unit)
