"""A database proves itself: whatever somebody changes past the program is named, on both databases."""

from dataclasses import replace
from datetime import timedelta

import pytest

from handlers.actions.change.propose import draft, submit_draft
from handlers.notify.rhythm.digest import morning
from handlers.reads.trail.proof import faults
from planning.plan.operation import Op, Operation
from planning.trail.anchor import Anchor
from planning.trail.audit import AuditEvent, Kind
from storage.unit_of_work import UnitOfWork
from tests.handlers.office import Office
from tests.tampering import rewritten, tampered, unguarded

pytestmark = pytest.mark.both_databases
OPEN = "(SELECT MIN(no) FROM changes WHERE state = 'in_approval')"
FIRST = "(SELECT MIN(no) FROM changes WHERE state = 'applied')"


@pytest.fixture
def busy(office: Office) -> Office:
    """Two changes are in effect, as revisions 2 and 3; a third waits for its votes, a message was refused."""
    for days in (1, 2):
        office.change(Operation("RC-1", Op.SHIFT, days))
        office.wait(hours=1)

    def proposed(uow: UnitOfWork) -> None:
        turn = office.turn(uow)
        submit_draft(turn, draft(turn, turn.plan(), (Operation("PO-1", Op.SHIFT, 2),), "qian", "停机", "…", ""), "qian")
        uow.commit()

    office.database.write_now(proposed)
    office.say("boss", "改期 PO-1 推迟2天 因为 停机")
    assert proof(office) == []
    return office


def proof(office: Office, *anchors: str) -> list[str]:
    return office.database.look(lambda uow: faults(office.turn(uow), [Anchor.read(anchor) for anchor in anchors]))


def trail(office: Office) -> list[AuditEvent]:
    return office.database.look(lambda uow: list(uow.audit.chain()))


def told(office: Office) -> str:
    """The anchor at the end of the coordinators' morning digest."""

    def unit(uow: UnitOfWork) -> str:
        turn = office.turn(uow)
        department = turn.organisation.departments["planning"]
        assert morning(turn, department)
        uow.commit()
        return uow.outbox.claim(turn.now, 1)[0].body or ""

    last = office.database.write_now(unit).splitlines()[-1]
    assert last.startswith("🔏 审计锚点 ")
    return last.removeprefix("🔏 审计锚点 ")


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE items SET start = '2027-03-01' WHERE code = 'RC-1'", "对不上第 3 版的哈希"),
        ("UPDATE items SET title = '盘点' WHERE code = 'RC-1'", "对不上第 3 版的哈希"),
        ("UPDATE items SET quantity = 1999 WHERE code = 'PO-1'", "对不上第 3 版的哈希"),
        ("UPDATE items SET mode = 'whenever' WHERE code = 'PO-1'", "对不上第 3 版的哈希"),
        ("DELETE FROM items WHERE code = 'RC-1'", "对不上第 3 版的哈希"),
        ("UPDATE links SET lag = 1 WHERE successor = 'DL-1'", "对不上第 3 版的哈希"),
        ("DELETE FROM links WHERE successor = 'DL-1'", "对不上第 3 版的哈希"),
        ("INSERT INTO stock VALUES ('main', 'chip', '5', '0')", "对不上第 3 版的哈希"),
        ("UPDATE revision_lines SET before = '2026-12-01' WHERE number = 3 AND field = 'start'", "对不上第 3 版的哈希"),
        ("DELETE FROM revision_lines WHERE number = 2", "第 2 版当时的内容对不上它的哈希"),
        ("UPDATE past_items SET start = '2026-11-30' WHERE until = 3", "第 2 版当时的内容对不上它的哈希"),
        ("UPDATE past_items SET start = '2026-11-30' WHERE until = 2", "第 1 版当时的内容对不上它的哈希"),
        ("UPDATE revisions SET applied_by = 'lin' WHERE number = 2", "版本链在第 2 版"),
        (f"UPDATE changes SET state = 'rejected' WHERE no = {FIRST}", "审计记录里是“applied”，数据库里是“rejected”"),
        (f"UPDATE changes SET state = 'applied' WHERE no = {OPEN}", "审计记录里是“in_approval”，数据库里是“applied”"),
        (f"UPDATE decisions SET verdict = 'reject' WHERE change_no = {FIRST}", "有一票“li approve warehouse”"),
        (f"UPDATE decisions SET person = 'lin' WHERE change_no = {FIRST}", "数据库里的一票“lin approve warehouse”"),
        (f"UPDATE decisions SET comment = '好' WHERE change_no = {FIRST}", "数据库里的一票“li approve warehouse”"),
        (f"DELETE FROM decisions WHERE change_no = {FIRST}", "“li approve warehouse”，数据库里没有"),
        (
            "INSERT INTO decisions (plan_id, change_no, department, seq, person, verdict, at, impact_hash, comment, "
            f"channel, \"to\") SELECT plan_id, change_no, department, 9, 'zhao', 'approve', opened_at, '', '', '', '' "
            f"FROM steps WHERE change_no = {OPEN} AND department = 'purchasing'",
            "数据库里的一票“zhao approve purchasing”在审计记录里没有",
        ),
    ],
)
def test_what_was_changed_past_the_program_is_named(busy: Office, statement: str, said: str) -> None:
    tampered(busy.database.url, statement)
    assert said in "\n".join(proof(busy))


@pytest.mark.parametrize("back", [True, False])
def test_a_change_of_the_plan_is_not_healed_by_those_that_follow(busy: Office, back: bool) -> None:
    """The sum of the content goes on from what it was, so that what was slipped in stays in it, or out of it."""
    tampered(busy.database.url, "UPDATE items SET finish = '2026-12-30' WHERE code = 'RC-1'")
    busy.change(Operation("RC-1" if back else "PO-1", Op.SHIFT, 1))
    assert any("哈希" in sentence for sentence in proof(busy))


def test_a_table_brought_in_seals_the_plan_anew(busy: Office) -> None:
    tampered(busy.database.url, "UPDATE items SET owner = 'somebody' WHERE code = 'RC-1'")
    assert proof(busy) != []
    plan = busy.plan()
    busy.bring(plan.with_items([replace(plan.items["PO-1"], title="换了名字")]))  # the same again makes no revision
    busy.wait(hours=1)
    busy.change(Operation("RC-1", Op.SHIFT, 1))
    assert ["历史" in sentence for sentence in proof(busy)] == [True], "what it was before stays found"


def test_revisions_written_anew_are_found_by_the_trail(busy: Office) -> None:
    chain = busy.database.look(lambda uow: uow.revisions.chain())
    statements, parent = [], chain[1]
    for revision in chain[2:]:
        forged = replace(revision, applied_by="lin", prev_hash=parent.hash)
        parent = replace(forged, hash=forged.seal())
        sealed = f"applied_by = 'lin', hash = '{parent.hash}'"
        statements.append(f"UPDATE revisions SET {sealed} WHERE number = {parent.number}")
    tampered(busy.database.url, *statements)
    assert ["第 3 版：审计记录里的哈希" in sentence for sentence in proof(busy)] == [True]


# -- the trail itself --------------------------------------------------------------------------------------------


def test_a_trail_rewritten_whole_does_not_fit_the_anchor_in_the_digest(busy: Office) -> None:
    """What says nothing of requests and votes fits everything else in the database."""
    anchor = told(busy)
    events = [
        replace(event, actor="he") if event.kind == Kind.MESSAGE_REFUSED else event for event in trail(busy)
    ]
    rewritten(busy.database.url, events)
    number = anchor.partition("-")[0]
    assert proof(busy) == proof(busy, anchor) != []
    assert f"审计记录被整个重写过：第 {number} 条对不上已发出的锚点 {anchor}" in proof(busy)[0]
    tampered(busy.database.url, "DELETE FROM audit_anchors")
    assert proof(busy) == [], "inside the database nothing tells any more"
    assert f"第 {number} 条对不上已发出的锚点 {anchor}" in proof(busy, anchor)[0]


def test_a_tail_cut_off_with_its_head_is_missed_by_the_anchor(busy: Office) -> None:
    anchor = told(busy)
    events = trail(busy)
    assert events[-1].kind == Kind.MESSAGE_REFUSED
    rewritten(busy.database.url, events[:-1])
    tampered(busy.database.url, "DELETE FROM audit_anchors")
    assert proof(busy) == []
    cut = f"现在止于第 {len(events) - 1} 条，已发出的锚点 {anchor} 是第 {len(events)} 条"
    assert [cut in sentence for sentence in proof(busy, anchor)] == [True]


def test_a_tail_that_tells_of_votes_is_missed_without_an_anchor(busy: Office) -> None:
    events = trail(busy)
    last = max(n for n, event in enumerate(events) if event.kind == Kind.APPROVE)
    rewritten(busy.database.url, events[:last])
    assert any("在审计记录里没有" in sentence for sentence in proof(busy))


def test_an_anchor_is_kept_once_while_the_trail_stands_still(busy: Office) -> None:
    anchor = told(busy)
    busy.now += timedelta(days=1)
    assert told(busy) == anchor
    assert busy.database.look(lambda uow: uow.anchors.all()) == [anchor]


def test_only_the_coordinators_hear_the_anchor(busy: Office) -> None:
    def unit(uow: UnitOfWork) -> str:
        turn = busy.turn(uow)
        assert morning(turn, turn.organisation.departments["sales"])
        uow.commit()
        return uow.outbox.claim(turn.now, 1)[0].body or ""

    assert "🔏" not in busy.database.write_now(unit)


def test_a_signed_anchor_cannot_be_forged_without_the_key(busy: Office) -> None:
    busy.environment = replace(busy.environment, anchor_key="a key kept elsewhere")
    assert "a key" not in repr(busy.environment)
    anchor = told(busy)
    assert anchor.count("-") == 2
    assert proof(busy) == proof(busy, anchor) == []
    events = [replace(event, actor="he") if event.kind == Kind.MESSAGE_REFUSED else event for event in trail(busy)]
    rewritten(busy.database.url, events)
    end = busy.database.look(lambda uow: uow.audit.head())
    for forged in (Anchor.of("main", end, "another key"), Anchor.of("main", end)):
        tampered(busy.database.url, f"UPDATE audit_anchors SET anchor = '{forged}'")
        assert f"已发出的锚点 {anchor}" in "\n".join(proof(busy, anchor))
    tampered(busy.database.url, f"UPDATE audit_anchors SET anchor = '{Anchor.of('main', end, 'another key')}'")
    assert "不是用现在的密钥签的" in proof(busy)[0]


def test_guards_that_are_gone_are_named(busy: Office) -> None:
    on = "" if busy.database.url.startswith("sqlite") else " ON audit_events"
    name = "audit_events_no_delete" if not on else "audit_events_no_truncate"
    unguarded(busy.database.url, f"DROP TRIGGER {name}{on}")
    assert [name in sentence for sentence in proof(busy)] == [True]


def test_guards_that_guard_nothing_are_named(busy: Office) -> None:
    if busy.database.url.startswith("sqlite"):
        weaker = "CREATE TRIGGER audit_events_no_delete BEFORE DELETE ON audit_events WHEN 0 BEGIN SELECT 1; END"
        unguarded(busy.database.url, "DROP TRIGGER audit_events_no_delete", weaker)
    else:
        unguarded(
            busy.database.url,
            "CREATE OR REPLACE FUNCTION audit_events_refuse() RETURNS trigger LANGUAGE plpgsql AS "
            "'BEGIN RETURN OLD; END'",
        )
    assert ["触发器不见了或被改过：audit_events_no_" in sentence for sentence in proof(busy)] == [True]
    if not busy.database.url.startswith("sqlite"):
        unguarded(busy.database.url, "ALTER TABLE audit_anchors DISABLE TRIGGER audit_anchors_no_change")
        assert "audit_anchors_no_change" in proof(busy)[0]
