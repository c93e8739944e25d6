"""A database that was filled before plans were hashed holds, and proves itself from its next revision on (0014)."""

from contextlib import closing
from dataclasses import replace

from handlers.reads.trail.proof import faults
from planning.plan.operation import Op, Operation
from storage.database import Database
from storage.maintenance.migrate import downgrade, upgrade
from tests.handlers.office import Office
from tests.small_company import plan
from tests.tampering import rewritten, tampered

BEFORE = "0013"


def unproven(office: Office) -> list[str]:
    return office.database.look(lambda uow: faults(office.turn(uow)))


def as_of_before(url: str) -> None:
    """A plan and a change that an older program would have left so: no hash of the plan, none in the trail."""
    with closing(Database(url, "main")) as database:
        office = Office(database)
        office.bring(plan())
        office.change(Operation("RC-1", Op.SHIFT, 1))
        chain = database.look(lambda uow: uow.revisions.chain())
        events = database.look(lambda uow: list(uow.audit.chain()))
    sealed = ("seal", "revision")
    old = [replace(e, facts={name: value for name, value in e.facts.items() if name not in sealed}) for e in events]
    rewritten(url, old)
    statements, parent = ["UPDATE plans SET content_sum = ''"], "0" * 64
    for revision in chain:
        unsealed = replace(revision, plan_hash="", stock_hash="", prev_hash=parent)
        parent, values = unsealed.seal(), f"plan_hash = '', stock_hash = '', prev_hash = '{parent}'"
        statements.append(f"UPDATE revisions SET {values}, hash = '{parent}' WHERE number = {revision.number}")
    tampered(url, *statements)
    downgrade(url, BEFORE)


def test_what_was_there_holds_and_the_next_revision_seals_the_plan(database_url: str) -> None:
    upgrade(database_url)
    as_of_before(database_url)
    upgrade(database_url)
    with closing(Database(database_url, "main")) as database:
        office = Office(database)
        assert unproven(office) == []
        office.wait(hours=1)
        office.change(Operation("RC-1", Op.SHIFT, 1))
        assert unproven(office) == []
        chain = database.look(lambda uow: uow.revisions.chain())
        assert [bool(revision.plan_hash) for revision in chain] == [False, False, True]
        tampered(database_url, "UPDATE items SET owner = 'somebody' WHERE code = 'DL-1'")
        assert ["对不上第 3 版的哈希" in sentence for sentence in unproven(office)] == [True]
