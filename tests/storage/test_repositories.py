"""What is written is read back the same, on both databases."""

from dataclasses import replace
from datetime import UTC, date, timedelta
from decimal import Decimal

import pytest

from planning.change.approval import approve
from planning.change.approval_steps import submit
from planning.change.change import Change, Decision, Verdict
from planning.plan.operation import Op, Operation
from planning.plan.plan import Plan, Stock
from planning.plan.revision import Revision, first_broken
from planning.schedule.assess import assess
from storage.change.changes import StaleChange
from storage.database import Database
from storage.delivery.cards import Purpose, plan_of
from storage.plan.plans import NoPlan
from storage.unit_of_work import UnitOfWork
from tests.small_company import NOW, TODAY, organisation, plan


def seeded(database: Database) -> Plan:
    """The small company's plan as revision 1."""

    def bring(uow: UnitOfWork) -> Plan:
        first = Revision.after(None, "main", "import", NOW, "test", "content")
        stocked = replace(plan(1), stock={"chip": Stock("chip", Decimal("12.5"), Decimal(2))})
        uow.plans.create(stocked)
        uow.revisions.append(first)
        uow.commit()
        return stocked

    return database.write_now(bring)


def a_change(uow: UnitOfWork, operation: Operation | None = None) -> Change:
    operation = operation or Operation("MO-1", Op.SHIFT, 2)
    head = uow.plans.load()
    impact = assess(head, (operation,), TODAY)
    no = uow.changes.next_number(TODAY)
    return uow.changes.add(
        Change("main", no, "qian", (operation,), impact, head.revision, NOW, "停机", "改期…", "dingtalk:cid")
    )


def test_a_plan_is_read_back_the_same(database: Database) -> None:
    stocked = seeded(database)
    read = database.look(lambda uow: uow.plans.load())
    assert read == stocked
    assert list(read.items) == list(stocked.items), "in the order it came"


def test_there_is_no_plan_before_the_first_import(database: Database) -> None:
    with pytest.raises(NoPlan):
        database.look(lambda uow: uow.plans.load())
    assert not database.look(lambda uow: uow.plans.exists())


def test_an_applied_impact_moves_the_items_and_the_head(database: Database) -> None:
    seeded(database)
    database.look(lambda uow: uow.plans.load())  # kept in memory from here on

    def apply(uow: UnitOfWork) -> None:
        impact = assess(uow.plans.load(), (Operation("MO-1", Op.SHIFT, 2),), TODAY)
        head = uow.revisions.head()
        uow.revisions.append(Revision.after(head, "main", "CR-1", NOW, "qian", impact.hash), impact.lines)
        uow.plans.apply(impact, 2)
        uow.commit()

    database.write_now(apply)
    read = database.look(lambda uow: uow.plans.load())
    assert read.revision == 2
    assert read.items["MO-1"].start == date(2026, 12, 9)
    assert database.look(lambda uow: uow.plans.revisions_of_items())["RC-1"] == 1
    past = database.look(lambda uow: uow.revisions.history_of(["SO-1"])["SO-1"])
    newest = database.look(lambda uow: uow.revisions.newest_of_item("SO-1", 1))
    assert newest == ([one for one in past if one.revision == 2], 1)
    assert {(p.revision, p.change, p.line.field, p.line.days) for p in past} == {
        (2, "CR-1", "start", 2),
        (2, "CR-1", "finish", 2),
    }
    assert first_broken(database.look(lambda uow: uow.revisions.chain())) is None


def test_what_is_not_committed_never_was(database: Database) -> None:
    seeded(database)
    database.write_now(lambda uow: a_change(uow))
    assert database.look(lambda uow: uow.changes.get("CR-20261123-001")) is None

    def broken(uow: UnitOfWork) -> None:
        a_change(uow)
        uow.commit()
        raise RuntimeError("half way")

    with pytest.raises(RuntimeError, match="half way"):
        database.write_now(broken)
    assert database.look(lambda uow: uow.changes.get("CR-20261123-001")) is None


@pytest.mark.parametrize(
    "operation",
    [
        Operation("MO-1", Op.SHIFT, 1, pull=True),
        Operation("DL-1", Op.SET_FINISH, date(2026, 12, 18)),
        Operation("SO-1", Op.SET_QUANTITY, Decimal("2500.5")),
        Operation("RC-1", Op.CANCEL),
        Operation("RC-1", Op.LINK, {"successor": "DL-1", "kind": "SS"}),
    ],
    ids=lambda operation: operation.op.value,
)
def test_a_change_request_is_read_back_the_same(database: Database, operation: Operation) -> None:
    seeded(database)

    def write(uow: UnitOfWork) -> Change:
        change = submit(a_change(uow, operation), organisation(), NOW, NOW + timedelta(days=3))
        first = change.steps[0]
        said = Decision(first.approvers[0], Verdict.APPROVE, NOW, change.impact.hash, "好", "wecom")
        saved = uow.changes.save(approve(change, first.department, said))
        uow.commit()
        return saved

    written = database.write_now(write)
    assert database.look(lambda uow: uow.changes.get(written.no)) == written
    assert database.look(lambda uow: uow.changes.open_ones()) == [written]


def test_numbers_count_within_the_day(database: Database) -> None:
    seeded(database)

    def two(uow: UnitOfWork) -> list[str]:
        uow.commit()
        return [a_change(uow).no, a_change(uow).no]

    assert database.write_now(two) == ["CR-20261123-001", "CR-20261123-002"]


def test_who_saves_second_must_read_again(database: Database) -> None:
    seeded(database)

    def both(uow: UnitOfWork) -> None:
        change = a_change(uow)
        uow.changes.save(replace(change, reason="first"))
        uow.changes.save(replace(change, reason="second"))

    with pytest.raises(StaleChange):
        database.write_now(both)


def test_a_card_knows_its_plan_and_never_goes_back(database: Database) -> None:
    seeded(database)

    def show(uow: UnitOfWork) -> None:
        change = a_change(uow)
        row = uow.cards.add(Purpose.APPROVAL, change.subject, "dingtalk:cid", NOW, "production")
        assert plan_of(row.card_id) == "main"
        assert uow.cards.want_next(row) == 2
        uow.cards.shown(row, 2, "wire-2", "handle", NOW)
        uow.cards.shown(row, 1, "wire-1", None, NOW + timedelta(hours=1))
        kept = uow.cards.get(row.card_id)
        assert kept is not None
        assert (kept.shown_version, kept.wire_id, kept.handle) == (2, "wire-2", "handle")
        assert kept.first_shown_at == NOW.astimezone(UTC)

    database.write_now(show)


def test_plans_in_one_database_do_not_see_each_other(database: Database, migrated_url: str) -> None:
    seeded(database)
    if migrated_url.startswith("sqlite"):
        database.close()  # one process, one owner
    other = Database(migrated_url, "second")
    assert not other.look(lambda uow: uow.plans.exists())
    other.close()
