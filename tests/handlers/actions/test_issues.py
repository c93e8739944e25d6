"""反馈: raised by word, button and card; taken, handed on, answered, solved, reopened; told when it waits."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from cards.action import Verb
from cards.card import Card
from handlers.actions.rhythm.issues import raise_issue
from planning.rhythm.issue import Issue, IssueState
from planning.subject import Subject, SubjectKind
from storage.delivery.cards import CardRow, Purpose
from storage.unit_of_work import UnitOfWork
from tests.handlers.company import PLANNING, PRODUCTION, PURCHASING, SALES, WAREHOUSE, Company

NO = "IS-20261123-001"
SAID = "反馈 MO-1 物料规格不对 给 采购"


async def issue(company: Company, no: str = NO) -> Issue:
    found = await company.look(lambda turn: turn.uow.issues.get(no))
    assert found is not None
    return found


async def rows(company: Company, no: str = NO) -> dict[str, CardRow]:
    return {row.conversation: row for row in await company.cards_about(Subject(SubjectKind.ISSUE, no))}


async def press(company: Company, person: str, room: str, verb: Verb, said: str = "") -> Card:
    card = await company.press(person, (await rows(company))[room], verb, input=said)
    await company.office.deliver()
    return card


def buttons(card: Card) -> list[str]:
    return [button.text for button in card.buttons]


async def state(company: Company) -> IssueState:
    return (await issue(company)).state


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=ZoneInfo("Asia/Shanghai"))


async def goes_to(company: Company, day: int, hour: int, minute: int = 0) -> None:
    """The scheduler rings at every minute on which something is due until then."""
    while True:
        due = await company.look(lambda turn: turn.uow.timers.due(at(day, hour, minute))[:1])
        now = company.clock.now()
        wanted = max(due[0].due_at, now) if due else at(day, hour, minute)
        await company.rings(seconds=max((wanted - now).total_seconds(), 0))
        if not due:
            return


async def test_it_goes_to_whoever_is_named_with_the_time_it_may_take(company: Company) -> None:
    told = await company.types("han", SAID)
    assert told == f"已记为 {NO}，赵敏（采购部）负责，13:00 前接手，17:00 前答复。"
    one = await issue(company)
    assert (one.text, one.about, one.department, one.owner) == ("MO-1 物料规格不对", "MO-1", "purchasing", "zhao")
    (card,) = (await rows(company)).values()
    assert card.conversation == PURCHASING
    (shown,) = company.shown(card)
    assert shown.title == f"反馈 {NO} · MO-1 耳机组装"
    assert shown.status == "等 赵敏 接手"
    assert buttons(shown) == ["我来", "答复", "提出变更", "转给…"]


@pytest.mark.parametrize(
    ("text", "owner", "about"),
    [
        ("反馈 PO-1 到货短少", "zhao", "PO-1"),  # its department's approver
        ("反馈 MO-1 图纸不清 给 王五", "wang", "MO-1"),
        ("反馈 MO-1 图纸不清 给 @王五", "wang", "MO-1"),
        ("反馈 耳机组装 图纸不清", "wang", "MO-1"),  # by its title; not 韩冬, who says it
        ("fk 食堂太远", "lin", ""),  # nobody's matter: a coordinator's
        ("反馈 食堂太远 给 火星部", "lin", ""),
        ("issue PO-1 short by 3 to purchasing", "zhao", "PO-1"),
        ("issue MO-1 has to wait", "wang", "MO-1"),
    ],
)
async def test_whose_it_is(company: Company, text: str, owner: str, about: str) -> None:
    await company.types("han", text)
    one = await issue(company)
    assert (one.owner, one.about) == (owner, about)


async def test_whom_nobody_knows_is_told_and_nothing_is_lost(company: Company) -> None:
    told = await company.types("he", "反馈 PO-1 到货短少 给 火星部", SALES)
    assert told.endswith("没有找到“火星部”这个部门或人，先按归属找的负责人。")
    assert (await issue(company)).text == "PO-1 到货短少 给 火星部"


async def test_where_its_card_stands_no_message_says_it_again(company: Company) -> None:
    assert await company.types("han", "反馈 MO-1 图纸不清") == ""
    assert list(await rows(company)) == [PRODUCTION]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("反馈 MO-1", "MO-1 后面还要写一句话。例如：反馈 MO-2451 物料规格不对 给 采购"),
        ("反馈 紧急 MO-1 断料", "紧急的要写为什么。请补上再发：反馈 紧急 MO-1 断料 因为"),
        ("反馈 MO-1 图纸不清 给 韩冬", "不用反馈给自己。要提醒别人，请写“给 ＜姓名或部门＞”。"),
        ("反馈 IS-20261123-009 我来", "没有 IS-20261123-009 这条反馈。"),
        ("反馈 IS-20261123-009", "没有 IS-20261123-009 这条反馈。"),
    ],
)
async def test_what_cannot_be_noted_says_what_to_do(company: Company, text: str, told: str) -> None:
    assert told in await company.types("han", text)
    assert await company.look(lambda turn: turn.uow.issues.unsettled()) == []


async def test_urgent_with_a_word_why_has_less_time(company: Company) -> None:
    told = await company.types("han", "反馈 紧急 MO-1 断料 给 采购 因为 客户在等")
    assert "10:00 前接手，13:00 前答复" in told
    one = await issue(company)
    assert (one.urgent, one.owner) == (True, "zhao")


async def test_said_twice_within_ten_minutes_it_is_one(company: Company) -> None:
    await company.types("han", SAID)
    assert await company.types("han", SAID) == f"这个问题刚记过：{NO}，等 赵敏 接手。"
    company.clock.move(minutes=10)
    assert "IS-20261123-002" in await company.types("han", SAID)


async def test_from_raising_to_closing_by_buttons(company: Company) -> None:
    await company.types("han", SAID)
    taken = await press(company, "qian", PURCHASING, Verb.SEE_TO)
    assert taken.status == "钱波 在处理", "whoever of the department says 我来 has it"
    answered = await press(company, "qian", PURCHASING, Verb.REPLY, "明天换一批")
    assert "钱波 答复：明天换一批" in answered.body
    raised = company.shown((await rows(company))[PRODUCTION])[-1]
    assert buttons(raised) == ["解决了"], "who raised it is told where they said it"
    await press(company, "qian", PURCHASING, Verb.SOLVED)
    assert await state(company) is IssueState.RESOLVED
    raised = company.shown((await rows(company))[PRODUCTION])[-1]
    assert buttons(raised) == ["解决了", "没解决"]
    await press(company, "han", PRODUCTION, Verb.UNSOLVED)
    again = await issue(company)
    assert (again.state, again.reopened) == (IssueState.OPEN, 1)
    await press(company, "qian", PURCHASING, Verb.SOLVED)
    over = await press(company, "han", PRODUCTION, Verb.SOLVED)
    assert (over.status, buttons(over)) == ("已关闭", [])


async def test_the_same_by_word(company: Company) -> None:
    await company.types("han", SAID)
    assert await company.types("zhao", f"反馈 {NO} 我来", PURCHASING) == f"反馈 {NO} 由 赵敏 接手。"
    assert await company.types("zhao", f"反馈 {NO} 转给 钱波", PURCHASING) == f"反馈 {NO} 现在归 钱波。"
    assert await company.types("qian", f"反馈 {NO} 回复 明天换一批", PURCHASING) == f"已答复，提出人会看到：{NO}。"
    assert "已标为解决" in await company.types("qian", f"issue {NO} solved", PURCHASING)
    assert await company.types("han", f"反馈 {NO} 没解决") == f"反馈 {NO} 现在归 钱波。"
    assert await company.types("han", f"fk {NO} 解决了") == f"反馈 {NO} 已关闭。"


async def test_who_may_not_changes_nothing(company: Company) -> None:
    await company.types("han", SAID)
    for person, room, word in (("li", WAREHOUSE, "我来"), ("he", SALES, "解决了"), ("han", PRODUCTION, "回复 好"),
                               ("zhao", PURCHASING, "没解决")):  # fmt: skip
        assert "由" in await company.types(person, f"反馈 {NO} {word}", room)
    assert (await issue(company)).state is IssueState.OPEN
    refused = await press(company, "he", PURCHASING, Verb.SEE_TO)
    assert "这一步由 赵敏、钱波、林静 来" in refused.summary


async def test_a_click_on_what_is_over_is_answered_kindly(company: Company) -> None:
    await company.types("han", SAID)
    row = (await rows(company))[PURCHASING]
    await company.types("han", f"反馈 {NO} 解决了")
    late = await company.press("zhao", row, Verb.SEE_TO)
    assert "已经关闭，什么也没有做" in late.summary
    assert await state(company) is IssueState.CLOSED


async def test_where_a_button_cannot_ask_it_says_how_to_say_it(company: Company) -> None:
    await company.types("han", SAID)
    how = await press(company, "zhao", PURCHASING, Verb.REPLY)
    assert f"反馈 {NO} 回复" in how.summary
    assert await state(company) is IssueState.OPEN


async def test_who_is_told_that_it_waits_and_when(company: Company) -> None:
    await company.types("han", SAID)
    before = len(company.told(PURCHASING))
    await goes_to(company, 23, 10, 59)
    assert len(company.told(PURCHASING)) == before
    await goes_to(company, 23, 11, 1)
    assert [one for one in company.told(PURCHASING) if NO in one] == [
        f"赵敏：反馈 {NO} 还没有人接手（MO-1 物料规格不对），负责人 赵敏，13:00 前接手，17:00 前答复。"
    ]
    await goes_to(company, 23, 13, 1)  # 赵敏 is the manager: a coordinator is called at once
    assert PLANNING in await rows(company)
    await goes_to(company, 24, 12)
    assert sum(NO in one for one in company.told(PLANNING)) == 0, "the card says it, and nothing says it twice"
    assert sum(NO in one for one in company.told(PURCHASING)) == 1


async def test_rung_late_only_the_highest_is_told(company: Company) -> None:
    await company.types("he", "反馈 MO-1 图纸不清 给 韩冬", SALES)
    await company.rings(days=1)
    assert (await issue(company)).told == 3
    assert PLANNING in await rows(company)
    assert [one for one in company.told(PRODUCTION) if NO in one] == []


async def test_rung_late_the_coordinator_is_told_though_nobody_stands_between(company: Company) -> None:
    """赵敏 sees to it and is the manager; the rung that was passed over has told nobody."""
    await company.types("han", SAID)
    await company.rings(days=1)
    assert (await issue(company)).told == 3
    assert PLANNING in await rows(company)


async def test_a_timer_whose_reason_is_gone_says_nothing(company: Company) -> None:
    await company.types("han", SAID)
    await company.types("han", f"反馈 {NO} 解决了")
    said = len(company.told(PURCHASING)), len(company.told(PLANNING))
    await company.rings(days=2)
    assert [len([one for one in company.told(room) if NO in one]) for room in (PURCHASING, PLANNING)] == [0, 0]
    assert len(company.told(PLANNING)) >= said[1]
    assert await company.look(lambda turn: turn.uow.timers.get("issue", NO)) is None


async def test_silence_closes_it_and_it_can_be_reopened(company: Company) -> None:
    await company.types("han", SAID)
    await company.types("zhao", f"反馈 {NO} 解决了", PURCHASING)
    await goes_to(company, 26, 9, 1)
    one = await issue(company)
    assert (one.state, one.closed_by) == (IssueState.CLOSED, "")
    assert "3 个工作日没有回话" in (await company.drawn((await rows(company))[PRODUCTION])).body
    await company.types("han", f"反馈 {NO} 没解决")
    assert (await issue(company)).reopened == 1


async def test_a_change_proposed_for_it_is_named_and_solves_nothing_by_itself(company: Company) -> None:
    await company.types("han", SAID)
    no = await company.proposes("han", f"改期 MO-1 推迟2天 因为 {NO} 物料规格不对")
    assert f"变更 {no}：审批中" in (await company.drawn((await rows(company))[PURCHASING])).body
    await company.approves(no)
    assert f"变更 {no}：已生效" in (await company.drawn((await rows(company))[PURCHASING])).body
    assert await state(company) is IssueState.OPEN


async def test_a_change_is_proposed_from_its_card(company: Company) -> None:
    await company.types("han", SAID)
    await press(company, "qian", PURCHASING, Verb.CHANGE)
    assert any(f"原因会写上 {NO}" in card.summary for card in company.questions(PURCHASING))


async def test_something_is_wrong_with_a_request(company: Company) -> None:
    no = await company.proposes("han")
    await company.approves(no)
    notice = await company.card(no, Purpose.NOTICE, "warehouse")
    assert "有问题" in buttons(company.shown(notice)[-1])
    await company.press("li", notice, Verb.PROBLEM, input="那天盘点")
    one = await issue(company)
    assert (one.about, one.owner, one.text, one.by) == (no, "han", "那天盘点", "li")


async def test_what_is_mine_is_listed(company: Company) -> None:
    assert await company.types("li", "反馈", WAREHOUSE) == "没有和你有关的反馈。"
    await company.types("han", SAID)
    assert f"{NO} MO-1 物料规格不对 · 等 赵敏 接手" in await company.types("zhao", "反馈", PURCHASING)
    assert "未关闭" not in await company.types("li", "反馈 全部", WAREHOUSE)
    assert "物料规格不对" in await company.types("li", f"反馈 {NO}", WAREHOUSE)
    assert f"{NO} MO-1 物料规格不对，13:00 前接手" in await company.types("zhao", "待办", PURCHASING)
    assert NO not in await company.types("han", "待办")


async def test_a_department_without_anybody_falls_to_a_coordinator_who_is_named(company: Company) -> None:
    told = await company.types("han", "反馈 MO-1 没人管 给 计划")
    assert (await issue(company)).owner in ("boss", "lin")
    assert "计划部" in told


async def test_words_of_everyday_speech_raise_nothing(company: Company) -> None:
    for text in ("反馈一下进度", "通知看到了", "反馈下", "记录在哪看"):
        await company.types("han", text)
    assert await company.look(lambda turn: turn.uow.issues.unsettled()) == []


async def test_the_trail_tells_all_of_it(company: Company) -> None:
    await company.types("han", SAID)
    await company.types("zhao", f"反馈 {NO} 回复 明天换一批", PURCHASING)
    await company.types("han", f"反馈 {NO} 解决了")
    events = await company.look(lambda turn: [e.kind for e in turn.uow.audit.chain() if e.subject == NO])
    assert events == ["issue.raised", "issue.answer", "issue.close"]


async def test_the_same_words_to_another_department_are_another_issue(company: Company) -> None:
    await company.types("han", "反馈 缺料很严重 给 采购")
    assert (await company.types("han", "反馈 缺料很严重 给 仓储")).startswith("已记为 IS-20261123-002")
    assert WAREHOUSE in await rows(company, "IS-20261123-002")
    assert (await company.types("han", "反馈 缺料很严重 给 仓储")).startswith("这个问题刚记过：IS-20261123-002")


@pytest.mark.parametrize("text", ["反馈 MO-1", "反馈 mo-1", "反馈 耳机组装", "反馈 cr-20261123-001"])
async def test_what_it_is_about_is_not_yet_what_is_wrong(company: Company, text: str) -> None:
    assert "后面还要写一句话" in await company.types("han", text)
    assert await company.look(lambda turn: turn.uow.issues.underway()) == []


async def test_for_a_raiser_who_is_no_person_the_coordinator_says_that_it_is_solved(company: Company) -> None:
    def unit(uow: UnitOfWork) -> None:
        turn = company.current.turn(uow, company.clock.now())
        uow.plans.lock()
        raise_issue(turn, "api:mes", "缺料了", "MO-1", key="mes 1")
        uow.commit()

    company.database.write_now(unit)
    await company.types("wang", f"反馈 {NO} 解决了")
    assert await state(company) is IssueState.RESOLVED
    assert PLANNING in await rows(company)
    await company.types("lin", f"反馈 {NO} 解决了", PLANNING)
    assert await state(company) is IssueState.CLOSED
