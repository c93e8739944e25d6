"""转告: who may not propose hands the wish on to somebody who may; it is theirs to propose."""

from dataclasses import replace

import pytest

from cards.action import Verb
from handlers.reads.trail.audit_sentences import told
from handlers.turn import Turn
from planning.change.change import Change
from planning.control.authority import Grant
from planning.control.fences import Scope
from planning.subject import Subject, SubjectKind
from storage.delivery.cards import CardRow
from tests.handlers.company import PLANNING, PRODUCTION, SALES, Company
from tests.handlers.office import Office

SQLITE = pytest.mark.parametrize("backend", ["sqlite"])
"""For what has nothing to do with the database."""
WISH = "改期 MO-1 推迟2天 因为 设备故障"


async def question_for(company: Company, person: str, room: str) -> CardRow:
    """The card of what this person was asked last in a room."""
    asked = await company.look(lambda turn: turn.uow.questions.newest(room, person, company.clock.now()))
    assert asked is not None
    subject = Subject(SubjectKind.QUESTION, asked.id)
    return (await company.look(lambda turn: turn.uow.cards.about(subject)))[-1]


async def handed_on(company: Company) -> CardRow:
    """The boss wants something, and taps the first who may propose it; the card that this person gets."""
    await company.press("boss", await company.question("boss", WISH, PLANNING), Verb.SAY, "0")
    await company.office.deliver()
    return await question_for(company, "han", PRODUCTION)


async def test_a_wish_handed_on_is_a_button_of_who_may_propose_it(company: Company) -> None:
    row = await handed_on(company)
    card = company.shown(row)[-1]
    assert (row.conversation, card.status) == (PRODUCTION, "给 韩冬")
    assert card.body.startswith(f"高总 想请你提出：{WISH}")
    assert [button.text for button in card.buttons] == [f"1 {WISH}"]
    await company.press("han", row, Verb.SAY, "0")
    await company.types("han", "提交")
    (change,) = await company.look(lambda turn: turn.uow.changes.open_ones())
    assert (change.proposer, change.reason) == ("han", "设备故障")


async def test_handing_on_stands_in_the_trail(company: Company) -> None:
    await handed_on(company)
    events = await company.look(lambda turn: [told(turn, event) for event in turn.uow.audit.chain()])
    assert events[-1] == f"高总 请 韩冬 提出：{WISH}"


async def test_handing_on_proposes_nothing(company: Company) -> None:
    def known(turn: Turn) -> list[Change]:
        return turn.uow.changes.newest_first(9)

    await handed_on(company)
    assert await company.look(known) == []


@SQLITE
async def test_the_button_is_nobody_elses(company: Company) -> None:
    row = await handed_on(company)
    for person in ("boss", "wang"):
        assert "这些按钮是给 韩冬 的" in (await company.press(person, row, Verb.SAY, "0")).summary


@SQLITE
async def test_a_wish_without_a_reason_is_completed_by_who_proposes_it(company: Company) -> None:
    told = await company.types("boss", "转告 何佳 改数量 SO-1 3000", PLANNING)
    assert "已转告 何佳：改数量 SO-1 3000。由 何佳 决定是否提出。" in told
    await company.press("he", await question_for(company, "he", SALES), Verb.SAY, "0")
    await company.office.deliver()
    assert "还缺原因" in company.questions(SALES)[-1].summary


@SQLITE
def test_who_may_is_told_by_name_the_nearest_first(office: Office) -> None:
    told = office.say("boss", "取消 RC-1 因为 不盘了").splitlines()
    assert "林静、何佳、韩冬" in told[0]
    assert told[1] == "[转告 林静 取消 RC-1 因为 不盘了]"


@SQLITE
def test_only_who_may_propose_this_is_named(office: Office) -> None:
    grants = (Grant("qian", Scope(types=("purchase",))), Grant("han"), Grant("role:coordinator"), Grant("api:erp"))
    office.environment = replace(office.environment, grants=grants)
    offers = {line[4:6] for line in office.say("boss", "改期 PO-1 推迟1天 因为 停机").splitlines()[1:]}
    assert offers == {"钱波", "韩冬", "林静"}
    offers = {line[4:6] for line in office.say("boss", WISH).splitlines()[1:]}
    assert offers == {"韩冬", "林静"}


@SQLITE
@pytest.mark.parametrize(
    ("text", "told"),
    [
        (f"转告 王五 {WISH}", "王五 也没有提出这个变更的权限。可以转告：韩冬、林静、何佳。"),
        (f"转告 高总 {WISH}", f"这是转告给你自己。请直接发送：{WISH}"),
        (f"转告 张三 {WISH}", "张三"),
        ("转告 韩冬", "没有看懂要转告什么。"),
        ("转告 韩冬 同意 CR-20261123-001", "没有看懂要转告什么。"),
        (f"转告 {WISH}", "没有看懂要转告什么。"),
    ],
)
def test_what_cannot_be_handed_on_is_refused(office: Office, text: str, told: str) -> None:
    assert told in office.say("boss", text)


@SQLITE
def test_the_same_wish_is_not_said_twice(office: Office) -> None:
    assert "已转告 韩冬" in office.say("boss", f"转告 韩冬 {WISH}")
    assert office.say("boss", f"转告 韩冬 {WISH}") == "刚刚已经转告过 韩冬，不用再转告一次。"
