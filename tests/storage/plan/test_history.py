"""The plan as it was: every revision can be read again, whatever brought the next one. On both databases."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import combinations

import pytest
from alembic.runtime.migration import MigrationContext
from sqlalchemy import text

from planning.plan.item import Constraint, Item, Status
from planning.plan.link import Drives, Link
from planning.plan.operation import Op, Operation
from planning.plan.plan import Plan
from planning.plan.revision import Revision
from planning.schedule.assess import assess
from storage.connection.engine import open_engine
from storage.database import Database
from storage.maintenance.migrate import downgrade, upgrade
from storage.plan.plans import NotKept
from storage.unit_of_work import UnitOfWork
from tests.small_company import NOW, TODAY, plan

CHANGES: tuple[tuple[Operation, ...], ...] = (
    (Operation("MO-1", Op.SHIFT, 2),),
    (Operation("SO-1", Op.SET_QUANTITY, Decimal("2500.5")),),
    (Operation("RC-1", Op.CANCEL),),
    (Operation("MO-1", Op.REASSIGN, "warehouse"), Operation("PO-1", Op.PIN)),
    (Operation("QA-1", Op.ADD, {"title": "抽检", "department": "quality", "start": "2026-12-21", "产线": "A"}),),
    (Operation("QA-1", Op.LINK, {"successor": "RC-1", "lag_days": "2"}),),
    (Operation("QA-1", Op.UNLINK, {"successor": "RC-1"}), Operation("QA-1", Op.LINK, {"successor": "RC-1"})),
    (Operation("MO-1", Op.LINK, {"successor": "QA-1", "ratio": "2/3", "kind": "SS"}),),
    (Operation("PO-1", Op.UNLINK, {"successor": "MO-1"}), Operation("QA-1", Op.SHIFT, 1)),
    (Operation("QA-1", Op.CANCEL), Operation("SO-1", Op.SET_DURATION, 4)),
)


def seed(uow: UnitOfWork, first: Plan) -> None:
    uow.plans.create(first)
    uow.revisions.append(Revision.after(None, first.id, "import", NOW, "test", "content"))
    uow.commit()


def change(uow: UnitOfWork, operations: tuple[Operation, ...]) -> None:
    head = uow.revisions.head()
    impact = assess(uow.plans.load(), operations, TODAY)
    assert impact.refused == ()
    revision = Revision.after(head, "main", "CR-1", NOW, "qian", impact.hash)
    uow.revisions.append(revision, impact.lines)
    uow.plans.apply(impact, revision.number)
    uow.commit()


def bring(uow: UnitOfWork, wanted: Plan) -> None:
    """As a later import does."""
    revision = Revision.after(uow.revisions.head(), "main", "import", NOW, "test", "content")
    uow.revisions.append(revision)
    uow.plans.create(replace(wanted, revision=revision.number))
    uow.commit()


def look(database: Database, revision: int | None = None) -> Plan:
    return database.look(lambda uow: uow.plans.load() if revision is None else uow.plans.at(revision))


def one_by_one(database: Database, revision: int, codes: set[str]) -> dict[str, Item]:
    """The items of a revision, each read alone."""
    found = {code: database.look(lambda uow, code=code: uow.plans.item_at(code, revision)) for code in codes}  # type: ignore[misc]
    return {code: item for code, item in found.items() if item is not None}


def same(one: Plan, other: Plan) -> bool:
    """Items and links; links in any order."""
    return one.items == other.items and set(one.links) == set(other.links) and len(one.links) == len(other.links)


def test_every_revision_can_be_read_again(database: Database) -> None:
    seen = [plan(1)]
    database.write_now(lambda uow: seed(uow, seen[0]))
    for operations in CHANGES:
        database.write_now(lambda uow, operations=operations: change(uow, operations))  # type: ignore[misc]
        seen.append(look(database))
    assert not any(same(one, other) for one, other in combinations(seen, 2)), "every change is one"
    for number, known in enumerate(seen, 1):
        then = look(database, number)
        assert then.revision == number
        assert same(then, known), f"revision {number}"
        assert list(then.items) == list(known.items), "in the order it came"
        assert one_by_one(database, number, {"QA-1", *known.items, "nowhere"}) == known.items


def test_an_import_keeps_what_it_replaces_and_leaves_the_rest_alone(database: Database) -> None:
    first = plan(1)
    database.write_now(lambda uow: seed(uow, first))
    items = dict(first.items)
    del items["RC-1"]
    items["DL-1"] = replace(items["DL-1"], title="改名", constraint_date=date(2026, 12, 31), attributes={"客户": "甲"})
    earliest = {"constraint": Constraint.START_NO_EARLIER_THAN, "constraint_date": date(2026, 12, 1)}
    items["NEW-1"] = replace(items["PO-1"], code="NEW-1", **earliest)  # type: ignore[arg-type]
    links = (Link("PO-1", "MO-1", lag=3), Link("SO-1", "DL-1"), Link("NEW-1", "MO-1", drives=Drives.PREDECESSOR))
    second = replace(first, items=items, links=links)
    database.write_now(lambda uow: bring(uow, second))
    assert same(look(database), second)
    assert same(look(database, 1), first)
    assert database.look(lambda uow: uow.plans.revisions_of_items()) == {
        "PO-1": 1, "MO-1": 1, "SO-1": 1, "DL-1": 2, "NEW-1": 2,
    }  # fmt: skip
    database.write_now(lambda uow: change(uow, (Operation("NEW-1", Op.CANCEL),)))
    database.write_now(lambda uow: bring(uow, first))
    assert [same(look(database, n), known) for n, known in ((1, first), (2, second), (4, first))] == [True] * 3
    assert look(database, 3).items["NEW-1"].status is Status.CANCELLED
    for number in (1, 2, 3, 4):
        assert one_by_one(database, number, {*first.items, *second.items}) == look(database, number).items


def test_a_plan_in_memory_is_as_good_as_one_read_afresh(database: Database, migrated_url: str) -> None:
    database.write_now(lambda uow: seed(uow, plan(1)))
    look(database)
    for operations in CHANGES:
        database.write_now(lambda uow, operations=operations: change(uow, operations))  # type: ignore[misc]
        look(database)
    remembered = [look(database, number) for number in range(1, len(CHANGES) + 2)]
    database.close()
    afresh = Database(migrated_url, "main")
    assert all(same(known, look(afresh, known.revision)) for known in remembered)
    afresh.close()


def test_items_of_a_past_revision_are_kept_but_not_those_of_one_rolled_back(database: Database) -> None:
    database.write_now(lambda uow: seed(uow, plan(1)))

    def regretted(uow: UnitOfWork) -> None:
        uow.commit = lambda: None  # type: ignore[method-assign]
        for operations in CHANGES[:2]:
            change(uow, operations)
        assert uow.plans.items_at(2)["MO-1"].start != plan(1).items["MO-1"].start

    database.write_now(regretted)
    assert look(database).revision == 1
    for operations in CHANGES[2:4]:
        database.write_now(lambda uow, operations=operations: change(uow, operations))  # type: ignore[misc]
    seen = [database.look(lambda uow: uow.plans.items_at(2)) for _ in range(2)]
    assert seen[0] == look(database, 2).items
    assert seen[0]["RC-1"].status is Status.CANCELLED
    assert seen[0] is seen[1], "read once"


def test_a_unit_of_work_reads_the_items_it_has_itself_written(database: Database) -> None:
    database.write_now(lambda uow: seed(uow, plan(1)))
    seen = [database.look(lambda uow: uow.plans.items_at(1))]

    def work(uow: UnitOfWork) -> None:
        for operations in CHANGES[:3]:
            change(uow, operations)
            seen.append(uow.plans.items_at(uow.plans.head()))
        assert [uow.plans.items_at(number) for number in range(1, 5)] == seen

    database.write_now(work)
    assert [look(database, number).items for number in range(1, 5)] == seen


@pytest.mark.parametrize("revision", [-1, 0, 2, 10**6])
def test_a_revision_that_is_not_there_is_refused(database: Database, revision: int) -> None:
    database.write_now(lambda uow: seed(uow, plan(1)))
    with pytest.raises(NotKept):
        look(database, revision)
    with pytest.raises(NotKept):
        database.look(lambda uow: uow.plans.item_at("MO-1", revision))
    with pytest.raises(NotKept):
        database.look(lambda uow: uow.plans.items_at(revision))


def test_before_the_migration_nothing_was_kept_and_nobody_is_told_otherwise(database_url: str) -> None:
    upgrade(database_url, "0001")
    engine = open_engine(database_url, writer=True)
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO plans VALUES ('main', 'P', 'china', 3, 1, '{}')"))
    engine.dispose()
    upgrade(database_url)
    database = Database(database_url, "main")
    assert look(database, 3).revision == 3
    with pytest.raises(NotKept) as refused:
        look(database, 2)
    assert (refused.value.oldest, refused.value.newest) == (3, 3)
    database.close()


def test_the_migration_goes_back_and_forth(database_url: str) -> None:
    upgrade(database_url)
    downgrade(database_url, "0001")
    engine = open_engine(database_url, writer=True)
    with engine.connect() as connection:
        assert MigrationContext.configure(connection).get_current_revision() == "0001"
    engine.dispose()
    upgrade(database_url)


def test_what_a_unit_of_work_writes_it_reads_as_everybody_will(database: Database) -> None:
    """Whatever it changes, and without reading what it has read already."""

    def unit(uow: UnitOfWork) -> Plan:
        seed(uow, plan())
        for operations in CHANGES:
            change(uow, operations)
            assert uow.plans.load() is uow.plans.load()
        return uow.plans.load()

    written = database.write_now(unit)
    assert database.look(lambda uow: uow.plans.load()) == written
