"""记录: written down by word, confirmed or disputed by the other one, reminded, one-sided, replaced; never a change."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from cards.action import Verb
from cards.card import Card
from handlers.actions.rhythm.records import make_record
from planning.rhythm.record import Record, RecordState
from planning.subject import Subject, SubjectKind
from storage.delivery.cards import CardRow, Purpose
from storage.unit_of_work import UnitOfWork
from tests.handlers.company import PLANNING, PRODUCTION, PURCHASING, SALES, WAREHOUSE, Company
from tests.previews import NEWEST

NO, SECOND = "JL-20261123-001", "JL-20261123-002"
WANG, LI = "dingtalk:user:d-wang", "dingtalk:user:d-li"
SAID = "记录 和 赵敏 电话约定 PO-1 12-09 到 80件"


async def record(company: Company, no: str = NO) -> Record:
    found = await company.look(lambda turn: turn.uow.records.get(no))
    assert found is not None
    return found


async def rows(company: Company, no: str = NO) -> dict[str, CardRow]:
    return {row.conversation: row for row in await company.cards_about(Subject(SubjectKind.RECORD, no))}


async def press(company: Company, person: str, room: str, verb: Verb, said: str = "") -> Card:
    card = await company.press(person, (await rows(company))[room], verb, input=said)
    await company.office.deliver()
    return card


def buttons(card: Card) -> list[str]:
    return [button.text for button in card.buttons]


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


async def revision(company: Company) -> int:
    return await company.look(lambda turn: turn.uow.plans.head())


async def test_both_see_it_and_the_other_one_is_asked(company: Company) -> None:
    before = await revision(company)
    assert await company.types("han", SAID) == ""
    one = await record(company)
    assert one.text == SAID.removeprefix("记录 "), "as it was typed"
    assert (one.by, one.other, one.about, one.state) == ("han", "zhao", ("PO-1",), RecordState.WAITING)
    cards = {room: company.shown(row)[-1] for room, row in (await rows(company)).items()}
    assert {room: buttons(card) for room, card in cards.items()} == {
        PRODUCTION: ["据此提出变更"], PURCHASING: ["确认", "不是这样", "据此提出变更"],
    }  # fmt: skip
    asked = cards[PURCHASING]
    assert (asked.title, asked.status) == (f"约定 {NO} · PO-1", "待 赵敏 确认")
    assert "请 赵敏 确认是不是这样，17:00 前" in asked.body
    assert await revision(company) == before


async def test_confirmed_with_both_names_and_both_times(company: Company) -> None:
    await company.types("han", SAID)
    company.clock.move(minutes=20)
    card = await press(company, "zhao", PURCHASING, Verb.AGREE)
    assert (card.status, buttons(card)) == ("赵敏 09:20 已确认", ["据此提出变更"])
    recorders = await company.drawn((await rows(company))[PRODUCTION])
    assert "韩冬 和 赵敏，09:00 记下" in recorders.body
    assert "赵敏 09:20 确认" in recorders.body
    again = await press(company, "zhao", PURCHASING, Verb.AGREE)
    assert again.status == "赵敏 09:20 已确认", "a doubled click is the same click"
    events = await company.look(lambda turn: [e.kind for e in turn.uow.audit.chain() if e.subject == NO])
    assert events == ["record.made", "record.confirm"]


async def test_it_is_asked_one_to_one_where_the_bot_may_begin(company: Company) -> None:
    await company.types("han", "记录 和 李大伟 口头说好 MO-1 的料先备", PRODUCTION)
    assert set(await rows(company)) == {PRODUCTION, LI}
    assert (await press(company, "li", LI, Verb.AGREE)).status.startswith("李大伟")


async def test_only_the_other_one_may_answer(company: Company) -> None:
    await company.types("han", SAID)
    for person in ("qian", "lin"):
        assert "要 赵敏 本人答复" in (await press(company, person, PURCHASING, Verb.AGREE)).summary
    assert "要 赵敏 本人答复" in await company.types("han", f"记录 {NO} 确认")
    assert (await record(company)).state is RecordState.WAITING


async def test_not_so_becomes_an_issue_of_the_coordinator_with_both_texts(company: Company) -> None:
    await company.types("han", SAID)
    how = await press(company, "zhao", PURCHASING, Verb.DISPUTE)
    assert f"记录 {NO} 不是这样" in how.summary
    card = await press(company, "zhao", PURCHASING, Verb.DISPUTE, "我说的是 12-12，60件")
    assert card.status == "赵敏 09:00 说不是这样"
    one = await record(company)
    issue = await company.look(lambda turn: turn.uow.issues.get(one.issue))
    assert issue is not None
    assert (issue.owner, issue.by, issue.about) == ("lin", "zhao", NO)
    assert one.text in issue.text
    assert "我说的是 12-12，60件" in issue.text
    told = await company.types("han", f"记录 {NO}")
    assert one.text in told
    assert "我说的是 12-12，60件" in told


async def test_by_word_and_in_english(company: Company) -> None:
    await company.types("han", "record with 赵敏 PO-1 on 12-09, 80 pcs")
    told = await company.types("zhao", f"记录 {NO} 不是这样 我说的是 12-12", PURCHASING)
    assert told == f"已记下你的说法：约定 {NO}，由 林静 对一下（IS-20261123-001）。"
    await company.types("han", SAID)
    assert await company.types("zhao", f"jl {SECOND} confirm", PURCHASING) == f"约定 {SECOND} 已确认，双方都能看到。"
    assert "已经答复过" in await company.types("zhao", f"记录 {SECOND} 不对 说错了", PURCHASING)


async def test_reminded_once_and_then_one_sided_for_ever(company: Company) -> None:
    await company.types("han", SAID)
    await goes_to(company, 23, 16, 59)
    assert not any(NO in one for one in company.told(PURCHASING))
    await goes_to(company, 23, 17, 1)
    assert [one for one in company.told(PURCHASING) if NO in one] == [
        f"赵敏：韩冬 记的约定 {NO} 等你确认（和 赵敏 电话约定 PO-1 12-09 到 80件），"
        "11-24 16:00 前没有答复就记为单方记录。"
    ]
    await goes_to(company, 24, 16, 1)
    assert (await record(company)).state is RecordState.ONE_SIDED
    assert (await company.drawn((await rows(company))[PRODUCTION])).status == "单方记录"
    assert sum(NO in one for one in company.told(PURCHASING)) == 1
    late = await press(company, "zhao", PURCHASING, Verb.AGREE)
    assert late.status == "单方记录，赵敏 16:01 迟确认"
    assert "这是单方记录" in late.body


async def test_rung_late_the_time_to_answer_is_not_lost(company: Company) -> None:
    await company.types("han", SAID)
    await company.rings(days=3)
    one = await record(company)
    assert (one.state, one.reminded_at is not None) == (RecordState.WAITING, True)
    await company.rings(days=2)
    assert (await record(company)).state is RecordState.ONE_SIDED


async def test_a_timer_whose_reason_is_gone_says_nothing(company: Company) -> None:
    await company.types("han", SAID)
    await company.types("zhao", f"记录 {NO} 确认", PURCHASING)
    said = len(company.told(PURCHASING))
    await company.rings(days=2)
    assert len([one for one in company.told(PURCHASING)[said:] if NO in one]) == 0
    assert await company.look(lambda turn: turn.uow.timers.get("record", NO)) is None


async def test_a_later_one_replaces_it_once_both_agree(company: Company) -> None:
    await company.types("han", SAID)
    await company.types("zhao", f"记录 {NO} 确认", PURCHASING)
    await company.types("zhao", f"记录 和 韩冬 改为 PO-1 12-11 到，代替 {NO}", PURCHASING)
    first = (await rows(company))[PRODUCTION]
    assert "代替" not in (await company.drawn(first)).status
    await company.types("han", f"记录 {SECOND} 确认")
    assert (await company.drawn(first)).status.endswith(f"已由 {SECOND} 代替")
    assert (await record(company)).state is RecordState.CONFIRMED, "what was agreed then stays what it was"
    assert f"已由 {SECOND} 代替" in await company.types("han", f"记录 和 赵敏 又改 PO-1，代替 {NO}")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("记录 和 韩冬 说好明天", "不用和自己约定"),
        ("记录 和 马云 约定 PO-1 12-09 到", "没有找到“马云”这个人"),
        ("记录 和 赵敏", "约定了什么？"),
        ("记录 JL-20261123-009", "没有 JL-20261123-009 这条约定"),
        ("记录 JL-20261123-009 确认", "没有 JL-20261123-009 这条约定"),
        ("记录 电话约定 PO-1 12-09 到", "和谁约定的？"),
        ("记录 和 赵敏 换成 12-11，代替 JL-20261123-009", "没有 JL-20261123-009 这条约定"),
        ("记录 JL-20261123-001 再说", "“再说”没看懂"),
    ],
)
async def test_what_cannot_be_kept_says_what_to_do(company: Company, text: str, told: str) -> None:
    assert told in await company.types("han", text)
    assert await company.look(lambda turn: turn.uow.records.waiting()) == []


async def test_only_the_same_two_replace_what_they_agreed(company: Company) -> None:
    await company.types("han", SAID)
    assert "不是你们两个人的约定" in await company.types("he", f"记录 和 赵敏 换成 12-11，代替 {NO}", SALES)


async def test_of_somebody_outside_the_manager_takes_note(company: Company) -> None:
    await company.types("han", "记录 和 供应商 华强钢铁 电话约定 PO-1 12-09 发货")
    one = await record(company)
    assert (one.party, one.other) == ("供应商 华强钢铁", "wang")
    card = company.shown((await rows(company))[WANG])[-1]
    assert "外部约定，由 王五 知悉" in card.body
    assert "王五 09:00 确认知悉" in (await press(company, "wang", WANG, Verb.AGREE)).body


async def test_a_manager_has_a_coordinator_take_note(company: Company) -> None:
    await company.types("wang", "记录 和 客户 星辰 约定 MO-1 延后")
    assert (await record(company)).other == "lin"


async def test_a_name_without_a_space_behind_it(company: Company) -> None:
    await company.types("han", "记录 和赵敏约定 PO-1 12-09 到")
    assert (await record(company)).other == "zhao"


async def test_said_twice_it_is_one(company: Company) -> None:
    await company.types("han", SAID)
    assert await company.types("han", SAID) == f"刚记过：{NO}，待 赵敏 确认。"


async def test_a_change_is_proposed_by_it_and_only_by_a_tap(company: Company) -> None:
    await company.types("han", "记录 和 赵敏 约定 MO-1 推迟2天")
    await press(company, "han", PRODUCTION, Verb.DRAFT)
    preview = await company.card(NEWEST, Purpose.PROPOSAL)
    assert f"{NO} 韩冬 和 赵敏 的约定" in (await company.drawn(preview)).body
    assert await revision(company) == 1
    await company.submits("han", preview)


async def test_of_a_day_and_a_quantity_they_choose(company: Company) -> None:
    await company.types("han", SAID)
    await press(company, "qian", PURCHASING, Verb.DRAFT)
    (asked,) = company.questions(PURCHASING)
    offered = [one.text.split(" 因为")[0] for one in asked.buttons[:2]]
    assert offered == ["1 改数量 PO-1 80", "2 改期 PO-1 到 2026-12-09"]


async def test_where_people_look_for_it(company: Company) -> None:
    await company.types("han", SAID)
    line = f"{NO} 韩冬 和 赵敏：和 赵敏 电话约定 PO-1 12-09 到 80件 · 待 赵敏 确认"
    assert line in await company.types("li", "记录 PO-1", WAREHOUSE)
    assert line in await company.types("li", "为什么 PO-1", WAREHOUSE)
    assert line in await company.types("zhao", "记录", PURCHASING)
    assert f"约定 {NO} 韩冬 和 赵敏" in await company.types("zhao", "待办", PURCHASING)
    assert NO not in await company.types("han", "待办")
    assert await company.types("li", "记录", WAREHOUSE) == "没有和你有关的约定。"
    assert await company.types("li", "记录 MO-1", WAREHOUSE) == "没有 MO-1 的约定。"


async def test_words_of_everyday_speech_keep_nothing(company: Company) -> None:
    for text in ("记录一下今天的产量", "记录在哪看", "记录完整吗？", "记录和追溯怎么做"):
        await company.types("han", text)
    assert await company.look(lambda turn: turn.uow.records.waiting()) == []


async def test_a_price_is_warned_of_and_kept(company: Company) -> None:
    told = await company.types("han", "记录 和 赵敏 约定 PO-1 单价 12.5元")
    assert told.startswith("⚠")
    assert (await record(company)).text.endswith("12.5元")


async def test_a_meeting_keeps_them_without_a_room(company: Company) -> None:
    def unit(uow: UnitOfWork) -> None:
        turn = company.current.turn(uow, company.clock.now())
        uow.plans.lock()
        make_record(turn, "lin", "wang", "决议 MO-1 先做 王五 周五前", ["MO-1"])
        uow.commit()

    company.database.write_now(unit)
    await company.office.deliver()
    assert set(await rows(company)) == {PLANNING, WANG}
