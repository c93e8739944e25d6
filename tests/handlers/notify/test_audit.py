"""What people do and what is refused to them becomes an event with its sentence, on both databases."""

from dataclasses import replace

import pytest

from cards.words import Words
from handlers.events import Clicked
from handlers.inbound.clicks import click, show_again
from handlers.notify.audit import record, record_change
from handlers.notify.undelivered import report_undelivered
from handlers.reads.trail.audit_sentences import told
from planning.change.change import ChangeState, Verdict
from planning.plan.operation import Op, Operation
from planning.trail.audit import FAMILIES, Kind, kinds_of
from storage.unit_of_work import UnitOfWork
from tests.handlers.office import Office

pytestmark = pytest.mark.both_databases


def trail(office: Office) -> list[tuple[str, str]]:
    """Kind and sentence of what happened after the import, oldest first."""

    def read(uow: UnitOfWork) -> list[tuple[str, str]]:
        assert uow.audit.first_break() is None
        events = [event for event in uow.audit.chain() if event.kind != "plan.imported"]
        return [(event.kind, told(office.turn(uow), event)) for event in events]

    return office.database.look(read)


def test_every_state_and_verdict_has_its_kind() -> None:
    kinds = {kind.value for kind in Kind}
    ends = {state.value for state in ChangeState} - {"draft", "in_approval"}
    assert kinds >= {f"change.{state}" for state in ends} | {f"decision.{verdict.value}" for verdict in Verdict}


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_has_its_sentence(kind: Kind) -> None:
    assert Words().knows(f"audit.{kind.value}")


def test_a_family_is_its_kinds() -> None:
    decided = {f"decision.{how}" for how in ("approve", "reject", "modify", "transfer", "repeated")}
    assert set(kinds_of("decision")) == decided
    assert kinds_of("change.applied") == ("change.applied",)
    assert kinds_of("changed") == ()
    assert sorted(kind for family in FAMILIES for kind in kinds_of(family)) == sorted(kind.value for kind in Kind)


def test_a_change_is_told_from_draft_to_effect(office: Office) -> None:
    no = office.change(Operation("MO-1", Op.SHIFT, 2)).no
    kinds, sentences = zip(*trail(office), strict=True)
    assert kinds[:2] == ("change.drafted", "change.submitted")
    assert set(kinds[2:-1]) == {"decision.approve"}
    assert kinds[-1] == "change.applied"
    assert sentences[0] == f"钱波 起草 {no}：MO-1 推迟2天（试试）"
    assert sentences[1].startswith(f"钱波 提交 {no}，请 销售部、生产部")
    assert sentences[-1] == f"{no} 生效，成为第 2 版"


def test_what_is_applied_as_it_is_submitted_was_submitted_first(office: Office) -> None:
    """A standard change waits for nobody."""
    applied = office.change(Operation("MO-1", Op.SHIFT, 2))
    draft = replace(applied, state=ChangeState.DRAFT, steps=(), submitted_at=None, applied_revision=None)

    def unit(uow: UnitOfWork) -> None:
        record_change(office.turn(uow), draft, replace(applied, steps=()), "qian")
        uow.commit()

    before = len(trail(office))
    office.database.write_now(unit)
    assert [kind for kind, _ in trail(office)[before:]] == ["change.submitted", "change.applied"]


@pytest.mark.parametrize(
    ("kind", "subject", "facts", "sentence"),
    [
        (Kind.DRAFTED, "CR-1", {"operations": "MO-1 shift -2; SO-1 restore {'start': '2026-12-14'}", "reason": "x"},
         "王五 起草 CR-1：MO-1 提前2天、恢复 SO-1（x）"),
        (Kind.DRAFTED, "CR-1", {"operations": "MO-1 set_start 2026-12-09; PO-1 reassign sales", "reason": "x"},
         "王五 起草 CR-1：MO-1 改到2026-12-09开始、PO-1 转给销售部（x）"),
        (Kind.DRAFTED, "CR-1", {"operations": "unheard of", "reason": "x"}, "王五 起草 CR-1：unheard of（x）"),
        (Kind.CLICK_REPEATED, "CR-1", {"button": "approve"}, "平台重复送来 王五 在 CR-1 上的点击"),
        (Kind.CLICK_REFUSED, "CR-1", {"button": "reject/cost", "code": "x"},
         "王五 在 CR-1 上按“驳回”，没有生效：x"),
        (Kind.CLICK_REFUSED, "CR-1", {"button": "detour", "code": "x"}, "王五 在 CR-1 上按“改到窗外”，没有生效：x"),
        (Kind.RULE_SWITCHED, "std", {"enabled": "off"}, "王五 停用规则 std"),
        (Kind.RESUMED, "CR-1", {"until": "2026-11-26 10:00:13+00:00"},
         "CR-1 解除挂起，继续审批，截止 2026-11-26 18:00"),
        (Kind.TIMER_RANG, "F-001", {"timer": "window"}, "定时：冻结窗到期 F-001"),
        (Kind.SUBMITTED, "CR-1", {"departments": "", "asked": "0"}, "王五 提交 CR-1，不用谁决定"),
        (Kind.SUBMITTED, "CR-1", {"departments": "", "asked": "1"}, "王五 提交 CR-1，请 （无部门） 决定"),
    ],
)  # fmt: skip
def test_people_read_words_and_local_times(
    office: Office, kind: Kind, subject: str, facts: dict[str, str], sentence: str
) -> None:
    def unit(uow: UnitOfWork) -> None:
        record(office.turn(uow), kind, "wang", subject, facts)
        uow.commit()

    office.database.write_now(unit)
    assert trail(office)[-1] == (kind.value, sentence)


def test_a_reason_why_not_may_name_its_facts_as_it_likes(office: Office) -> None:
    """`kind` is a fact of a link, `status` of an item: neither is the event's own."""
    names = ("kind", "at", "subject", "actor", "turn")
    facts = dict.fromkeys(names, "FS") | {"status": "done", "code": "item-is-over", "item": "MO-1"}

    def unit(uow: UnitOfWork) -> None:
        record(office.turn(uow), Kind.MESSAGE_REFUSED, "wang", "dingtalk:chat", facts | {"command": "改期"})
        uow.commit()

    office.database.write_now(unit)
    (_, sentence), = trail(office)
    assert sentence == "王五 发送“改期”，没有照办：MO-1 已经结束（已完成），不能再改。"


@pytest.mark.parametrize(
    ("person", "text", "kind", "sentence"),
    [
        ("wang", "改期 MO-1 推迟2天 因为 停", "message.refused", "王五 发送“改期 MO-1 推迟2天 因为 停”，没有照办："),
        ("wang", "规则 说点别的", "message.refused", "王五 发送“规则 说点别的”，没有照办："),
        ("lin", "基线 双十一", "plan.baselined", "林静 把第 1 版存为基线“双十一”"),
        ("lin", "冻结 生产部 12-01~12-05 因为 盘点", "fence.drafted", "林静 起草冻结窗 F-001：盘点"),
    ],
)
def test_what_is_said(office: Office, person: str, text: str, kind: str, sentence: str) -> None:
    office.say(person, text)
    (found, told_as), = trail(office)
    assert found == kind
    assert told_as.startswith(sentence)


def test_a_window_is_followed_to_its_end(office: Office) -> None:
    for text in ("冻结 生产部 12-01~12-05 因为 盘点", "冻结 F-1 确认", "解冻 F-1"):
        office.say("lin", text)
    assert [kind for kind, _ in trail(office)] == ["fence.drafted", "fence.enforced", "fence.lifted"]


def test_a_question_leaves_no_event(office: Office) -> None:
    for text in ("查计划", "帮助", "待办", "影响 改期 MO-1 推迟2天"):
        office.say("he", text)
    assert trail(office) == []


def test_a_card_nobody_knows_is_a_foreign_one(office: Office) -> None:
    pressed = ("main-000", "main-000/approve", office.now)
    event = Clicked("dingtalk:chat", "bot", "e1", "d-wang", *pressed, handle="secret-handle")

    def unit(uow: UnitOfWork) -> None:
        click(office.turn(uow), event)
        show_again(office.turn(uow), event)
        uow.commit()

    office.database.write_now(unit)
    assert [kind for kind, _ in trail(office)] == ["click.foreign", "click.repeated"]
    written = office.database.look(lambda uow: str(list(uow.audit.chain())))
    assert "secret-handle" not in written


def test_a_letter_that_cannot_be_delivered_is_recorded_even_where_nobody_can_be_told(office: Office) -> None:
    def unit(uow: UnitOfWork) -> None:
        uow.outbox.say("dingtalk:gone", "你好", office.now, "answer:1")
        (message,) = (message for message in uow.outbox.claim(office.now, 99) if message.dedupe == "answer:1")
        report_undelivered(office.turn(uow), message, "bot removed from the group")
        uow.commit()

    office.database.write_now(unit)
    assert trail(office) == [
        ("letter.undeliverable", "送不到 dingtalk:gone 的卡片或消息：bot removed from the group")
    ]


def test_a_kind_of_a_newer_program_is_told_by_its_name(office: Office) -> None:
    def read(uow: UnitOfWork) -> str:
        event = replace(next(uow.audit.chain()), kind="tomorrow.new")
        return told(office.turn(uow), event)

    assert office.database.look(read) == "tomorrow.new"
