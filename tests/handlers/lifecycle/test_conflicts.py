"""Two requests for the same field: seen at submission, settled on the card or by word, over when one of them ends."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest

from cards.action import Verb
from cards.card import Card
from cards.encoders.wecom.encode import AIBOT, template_card
from handlers.actions.change.propose import draft, submit_draft
from handlers.reads.trail.audit_sentences import told
from handlers.turn import Turn
from planning.change.change import ChangeState
from planning.control.rules import Class, Event
from planning.people.organisation import Organisation
from planning.plan.operation import Op, Operation
from planning.subject import Subject
from storage.database import Database
from storage.delivery.cards import CardRow, Purpose
from storage.unit_of_work import UnitOfWork
from tests.bot.delivery.office import ENVIRONMENT
from tests.handlers.company import LATER, PLANNING, PRODUCTION, PURCHASING, SALES, WAREHOUSE, Company
from tests.handlers.govern.test_classify import rule
from tests.handlers.lifecycle.test_emergencies import DOWN
from tests.previews import NEWEST
from tests.reading import ways, whole

LATEST = "改期 MO-1 推迟4天 因为 等模具"
NUMBERS = ("CR-20261123-001", "CR-20261123-002")
OLDER, NEWER = NUMBERS
MERGED = "CR-20261123-003"
WAITING = "定下来之前两单照常审批，先批准的先生效；11-26 18:00 都没批就一起过期"
UNTIL = f"谈不拢由 林静 定；{WAITING}"


async def clash(company: Company, first: str = LATER, second: str = LATEST) -> dict[str, CardRow]:
    """韩冬 of production and 钱波 of purchasing want the same otherwise, each in their own group; the cards by room."""
    assert await company.proposes("han", first, PRODUCTION) == OLDER
    assert await company.proposes("qian", second, PURCHASING) == NEWER
    return await asked(company)


SUMS = "单独 +2天、+4天，合并 +6天"


async def asked(company: Company, newer: str = NEWER) -> dict[str, CardRow]:
    return {row.conversation: row for row in await company.conflict_cards(newer)}


async def states(company: Company) -> tuple[ChangeState, ChangeState]:
    return (await company.change(OLDER)).state, (await company.change(NEWER)).state


async def trail(company: Company, *kinds: str) -> list[str]:
    def read(turn: Turn) -> list[str]:
        assert turn.uow.audit.first_break() is None
        return [told(turn, event) for event in turn.uow.audit.chain() if event.kind in kinds]

    return await company.look(read)


def note(card: Card) -> str:
    """The sentence above a card that says why nothing happened."""
    return card.body.split("**")[1].removeprefix("⚠ ")


# -- at submission ------------------------------------------------------------------------------------------


async def test_both_proposers_and_the_coordinator_get_a_card(company: Company) -> None:
    rows = await clash(company)
    assert set(rows) == {PRODUCTION, PURCHASING, PLANNING}
    for row in rows.values():
        (card,) = company.shown(row)
        assert card.title == f"冲突：MO-1 日期 · {SUMS}"
        assert card.summary.startswith(f"{SUMS} · ")
        assert card.status == "001 与 002 · 待 韩冬、钱波 表态"
        assert card.body.splitlines() == [
            f"- **{OLDER}** 韩冬：MO-1 12-07～12-11 → 12-09～12-15（+2天） · 晚交 1 单 · 原因：设备故障",
            f"- **{NEWER}** 钱波：MO-1 12-07～12-11 → 12-11～12-17（+4天） · 晚交 1 单 · 原因：等模具",
            "- 合并后：MO-1 12-07～12-11 → 12-15～12-21（+6天）",
            f"- 建议：以 {OLDER} 为准（订单少晚 2 天）",
            f"- {UNTIL}",
        ]
        assert card.details.startswith("- 表态：韩冬 未表态；钱波 未表态\n")


async def test_what_the_buttons_say_is_clear_to_who_presses_them(company: Company) -> None:
    rows = await clash(company)
    own, coordinators = ["以我为准", "以对方为准", "合并"], ["以 001 为准", "以 002 为准", "合并"]
    assert ways(company.shown(rows[PRODUCTION])[0]) == own
    assert ways(company.shown(rows[PURCHASING])[0]) == own
    assert ways(company.shown(rows[PLANNING])[0]) == coordinators


async def test_where_there_is_little_room_it_still_says_why_each_wants_it_and_who_has_spoken(company: Company) -> None:
    rows = await clash(company)
    (card,) = company.shown(rows[PURCHASING])
    shown = template_card(card, "task", AIBOT, "https://example.com")["horizontal_content_list"]
    assert [(fact["keyname"], fact["value"]) for fact in shown] == [
        ("先提", f"{OLDER} 韩冬"),
        ("原因", "设备故障"),
        ("后提", f"{NEWER} 钱波"),
        ("原因", "等模具"),
    ]
    assert card.status == "001 与 002 · 待 韩冬、钱波 表态"


async def test_it_waits_in_the_todo_of_whose_word_it_waits_for(company: Company) -> None:
    await clash(company)
    line = f"- 冲突：{OLDER} 与 {NEWER} 都要改 MO-1 日期，等你定。{UNTIL}"
    assert line in (await company.types("han", "待办")).splitlines()
    assert "冲突" not in await company.types("lin", "待办", PLANNING), "the two have not spoken yet"
    await company.types("han", f"冲突 {OLDER} 以我为准")
    assert "冲突" not in await company.types("han", "待办")
    await company.types("qian", f"冲突 {NEWER} 以我为准", PURCHASING)
    assert line in (await company.types("lin", "待办", PLANNING)).splitlines()


async def test_a_card_that_cannot_change_is_followed_by_a_word(company: Company) -> None:
    await clash(company)
    until = UNTIL
    heard = len(company.told(PURCHASING))
    await company.types("han", f"冲突 {OLDER} 以我为准")
    assert company.told(PURCHASING)[heard:] == [f"⚖ {OLDER} 与 {NEWER} 的冲突：韩冬 以自己为准、钱波 未表态。{until}。"]
    answer = await company.types("qian", f"冲突 {NEWER} 合并", PURCHASING)
    assert answer.splitlines() == [f"已记下：钱波 愿意合并（{OLDER} 与 {NEWER} 的冲突）。{until}。", SUMS]


async def test_a_card_each_room_however_many_read_there(company: Company) -> None:
    await company.proposes("han", LATER, PLANNING)
    await company.proposes("lin", LATEST, PLANNING)
    rows = await company.conflict_cards(NEWER)
    assert [row.conversation for row in rows] == [PLANNING]
    assert "谈不拢由 高总 定" in company.shown(rows[0])[0].body, "林静 proposed one of them"


@pytest.mark.parametrize("second", ["改数量 MO-1 3000 因为 加单", "改期 RC-1 推迟1天 因为 盘点延后"])
async def test_another_field_another_item_or_the_same_wish_is_no_conflict(company: Company, second: str) -> None:
    assert await clash(company, second=second) == {}
    assert await company.types("han", "冲突") == "现在没有待处理的冲突。"


async def test_dates_beyond_the_published_holidays_are_marked(company: Company) -> None:
    rows = await clash(company, "改期 RC-1 推迟9天 因为 盘点延后", "改期 RC-1 推迟10天 因为 人手不够")
    card = company.shown(rows[PLANNING])[0]
    assert "12-21～12-22 → 2027-01-04＊～2027-01-05＊（+9天）" in card.body
    assert "＊ 放假安排未公布，暂按法定假日和周一至周五计算" in card.details.splitlines()


async def test_merging_is_not_offered_where_the_newer_would_be_all_there_is(company: Company) -> None:
    rows = await clash(company, second="改期 MO-1 到 12-18 因为 等模具")
    assert ways(company.shown(rows[PRODUCTION])[0]) == ["以我为准", "以对方为准"]
    pressed = await company.press("han", rows[PRODUCTION], Verb.SETTLE, "merge")
    assert note(pressed) == (
        f"{OLDER} 与 {NEWER} 合并后和 {NEWER} 完全一样，不用合并。请选以 {OLDER} 为准或以 {NEWER} 为准。"
    )


async def test_what_came_over_the_api_is_asked_of_the_coordinator_only(company: Company) -> None:
    def propose(uow: UnitOfWork) -> None:
        turn = Turn(uow, company.clock.now(), company.environment)
        for days in (2, 4):
            wanted = draft(turn, turn.plan(), (Operation("MO-1", Op.SHIFT, days),), "api:erp", "同步", "", "")
            submit_draft(turn, wanted, "api:erp")
        uow.commit()

    company.database.write_now(propose)
    await company.office.deliver()
    rows = await asked(company)
    assert set(rows) == {PLANNING}
    pressed = await company.press("lin", rows[PLANNING], Verb.SETTLE, "merge")
    assert note(pressed) == (
        f"{OLDER} 与 {NEWER} 都是系统接口提出的，没有人可以提交合并后的变更。"
        f"请选以 {OLDER} 为准或以 {NEWER} 为准。"
    )
    await company.press("lin", rows[PLANNING], Verb.SETTLE, NEWER)
    assert await states(company) == (ChangeState.SUPERSEDED, ChangeState.IN_APPROVAL)


# -- stances ------------------------------------------------------------------------------------------------


async def test_who_gives_way_needs_nobody(company: Company) -> None:
    rows = await clash(company)
    card = await company.press("qian", rows[PURCHASING], Verb.SETTLE, "theirs")
    assert card.status == "001 与 002 · 已定：以 001 为准"
    assert not card.buttons
    assert await states(company) == (ChangeState.IN_APPROVAL, ChangeState.SUPERSEDED)
    await company.office.deliver()
    for row in rows.values():
        if row.conversation != PURCHASING:  # the answer to the click was its newest version there
            shown = company.shown(row)[-1]
            assert not shown.buttons
            assert f"**结果**：钱波 09:00 定：以 {OLDER} 为准，{NEWER} 已被取代" in shown.body
    approval = await company.card(NEWER, Purpose.APPROVAL, "production")
    assert company.shown(approval)[-1].status == f"{NEWER} · 已被 {OLDER} 取代"
    assert not company.shown(approval)[-1].buttons
    assert await trail(company, "change.conflict", "change.settled", "change.superseded") == [
        f"{NEWER} 与 {OLDER} 改同一处：MO-1 日期",
        f"钱波 处理 {OLDER} 与 {NEWER} 的冲突：以 {OLDER} 为准",
        f"{NEWER} 被 {OLDER} 取代",
    ]


async def test_the_request_that_gave_way_asks_nobody_any_more(company: Company) -> None:
    rows = await clash(company)
    await company.press("han", rows[PRODUCTION], Verb.SETTLE, "theirs")
    assert await states(company) == (ChangeState.SUPERSEDED, ChangeState.IN_APPROVAL)
    later = company.clock.now() + timedelta(days=365)
    subjects = await company.look(lambda turn: [timer.subject for timer in turn.uow.timers.due(later)])
    assert [subject for subject in subjects if NEWER in subject]
    assert not [subject for subject in subjects if OLDER in subject]


async def test_one_keeps_to_their_own_and_the_other_gives_way(company: Company) -> None:
    rows = await clash(company)
    card = await company.press("han", rows[PRODUCTION], Verb.SETTLE, "mine")
    assert card.status == "001 与 002 · 待 钱波 表态"
    assert "表态：韩冬 以自己为准；钱波 未表态" in card.details
    assert await states(company) == (ChangeState.IN_APPROVAL, ChangeState.IN_APPROVAL)
    await company.press("qian", rows[PURCHASING], Verb.SETTLE, "theirs")
    assert await states(company) == (ChangeState.IN_APPROVAL, ChangeState.SUPERSEDED)


async def test_without_agreement_the_coordinator_is_called_with_the_deadline_and_decides(company: Company) -> None:
    rows = await clash(company)
    await company.press("han", rows[PRODUCTION], Verb.SETTLE, "mine")
    card = await company.press("qian", rows[PURCHASING], Verb.SETTLE, "mine")
    assert card.status == "001 与 002 · 谈不拢，请 林静 定"
    await company.office.deliver()
    assert company.told(PLANNING) == [
        f"⚖ {OLDER}（韩冬）与 {NEWER}（钱波）都要改 MO-1 日期，双方谈不拢。请 林静 定，"
        f"可在冲突卡片上按，或发送：冲突 {OLDER} 以 {OLDER} 为准。{WAITING}。"
    ]
    assert company.shown(rows[PLANNING])[-1].status == "001 与 002 · 谈不拢，请 林静 定"
    card = await company.press("lin", rows[PLANNING], Verb.SETTLE, NEWER)
    assert card.status == "001 与 002 · 已定：以 002 为准"
    assert await states(company) == (ChangeState.SUPERSEDED, ChangeState.IN_APPROVAL)


async def test_the_coordinator_need_not_wait_for_the_two(company: Company) -> None:
    rows = await clash(company)
    await company.press("lin", rows[PLANNING], Verb.SETTLE, OLDER)
    assert await states(company) == (ChangeState.IN_APPROVAL, ChangeState.SUPERSEDED)


async def test_a_stance_may_be_changed_while_it_is_open(company: Company) -> None:
    rows = await clash(company)
    await company.press("han", rows[PRODUCTION], Verb.SETTLE, "mine")
    await company.press("han", rows[PRODUCTION], Verb.SETTLE, "merge")
    card = await company.press("qian", rows[PURCHASING], Verb.SETTLE, "mine")
    assert "表态：韩冬 愿意合并；钱波 以自己为准" in card.details
    await company.press("han", rows[PRODUCTION], Verb.SETTLE, "theirs")
    assert await states(company) == (ChangeState.SUPERSEDED, ChangeState.IN_APPROVAL)
    assert await trail(company, "change.stance") == [
        f"韩冬 就 {OLDER} 与 {NEWER} 的冲突表态：以 {OLDER} 为准",
        f"韩冬 就 {OLDER} 与 {NEWER} 的冲突表态：合并",
        f"钱波 就 {OLDER} 与 {NEWER} 的冲突表态：以 {NEWER} 为准",
    ]


async def test_a_proposer_of_both_chooses_alone(company: Company) -> None:
    await company.proposes("qian", LATER, PURCHASING)
    await company.proposes("qian", LATEST, PURCHASING)
    rows = await asked(company)
    (card,) = company.shown(rows[PURCHASING])
    assert ways(card) == ["以 001 为准", "以 002 为准", "合并"]
    await company.press("qian", rows[PURCHASING], Verb.SETTLE, NEWER)
    assert await states(company) == (ChangeState.SUPERSEDED, ChangeState.IN_APPROVAL)


async def test_a_request_may_be_in_several_conflicts_and_leaves_all_of_them_at_once(company: Company) -> None:
    rows = await clash(company)
    third = await company.proposes("he", "改期 MO-1 推迟1天 因为 客户催", SALES)
    (later,) = [row for row in await company.conflict_cards(third) if row.conversation == SALES]
    assert later.subject.changes == (NEWER, third), "with the last before it: the first two are at odds already"
    assert await company.types("qian", f"冲突 {NEWER} 以对方为准", PURCHASING) == (
        f"{NEWER} 同时和 {OLDER}、{third} 冲突，请写明是和哪一单：冲突 {NEWER} {OLDER} 以对方为准"
    )
    await company.press("qian", rows[PURCHASING], Verb.SETTLE, "theirs")
    await company.office.deliver()
    assert (await company.change(NEWER)).state is ChangeState.SUPERSEDED
    assert f"**结果**：{NEWER} 已被取代，{third} 继续审批" in company.shown(later)[-1].body
    left = await company.look(lambda turn: turn.uow.conflicts.open_ones())
    assert [(one.older, one.newer) for one in left] == [(OLDER, third)], "those who are left are at odds now"
    assert [row.conversation for row in await company.cards_about(left[0].subject)] != []


async def test_however_many_want_it_a_proposal_is_one_conflict_more(company: Company) -> None:
    numbers = [await company.proposes("han", f"改期 MO-1 推迟{n}天 因为 设备故障", PRODUCTION) for n in range(1, 8)]
    found = await company.look(lambda turn: turn.uow.conflicts.open_ones())
    assert [(one.older, one.newer) for one in found] == list(pairwise(numbers))
    for no in numbers[1:-1]:
        await company.types("han", f"撤回 {no}", PRODUCTION)
    left = await company.look(lambda turn: turn.uow.conflicts.open_ones())
    assert [(one.older, one.newer) for one in left] == [(numbers[0], numbers[-1])]


# -- merging ------------------------------------------------------------------------------------------------


async def merge(company: Company) -> dict[str, CardRow]:
    rows = await clash(company)
    await company.press("han", rows[PRODUCTION], Verb.SETTLE, "merge")
    await company.press("qian", rows[PURCHASING], Verb.SETTLE, "merge")
    await company.office.deliver()
    return rows


async def test_merged_is_a_preview_for_the_newer_ones_proposer(company: Company) -> None:
    await merge(company)
    merged = await company.change(MERGED)
    assert (merged.state, merged.proposer, merged.supersedes) == (ChangeState.DRAFT, "qian", NUMBERS)
    assert await states(company) == (ChangeState.IN_APPROVAL, ChangeState.IN_APPROVAL), "until it is submitted"
    preview = await company.card(MERGED, Purpose.PROPOSAL)
    assert preview.conversation == PURCHASING
    (card,) = company.shown(preview)
    assert card.status == f"{MERGED} · 待你提交"
    assert f"原因：合并 {OLDER}（设备故障）和 {NEWER}（等模具）" in card.details
    assert "- MO-1 耳机组装（生产部）：12-07～12-11 → 12-15～12-21（+6天）" in card.details
    assert "⇄" not in card.body, "the two it takes the place of are no news"


async def test_the_two_are_replaced_when_the_merged_one_is_submitted(company: Company) -> None:
    rows = await merge(company)
    assert "提交前两单照常审批" in company.shown(rows[PRODUCTION])[-1].body
    await company.press("qian", await company.card(MERGED, Purpose.PROPOSAL), Verb.SUBMIT)
    await company.office.deliver()
    assert await states(company) == (ChangeState.SUPERSEDED, ChangeState.SUPERSEDED)
    assert (await company.change(MERGED)).state is ChangeState.IN_APPROVAL
    assert await asked(company, MERGED) == {}
    assert f"**结果**：已合并为 {MERGED}（钱波 已提交）" in company.shown(rows[PRODUCTION])[-1].body
    assert await trail(company, "change.superseded") == [f"{OLDER} 被 {MERGED} 取代", f"{NEWER} 被 {MERGED} 取代"]


async def test_a_merged_one_that_is_discarded_leaves_both_as_they_are(company: Company) -> None:
    rows = await merge(company)
    await company.press("qian", await company.card(MERGED, Purpose.PROPOSAL), Verb.DISCARD)
    await company.office.deliver()
    assert await states(company) == (ChangeState.IN_APPROVAL, ChangeState.IN_APPROVAL)
    assert f"**结果**：合并的 {MERGED} 已放弃；两单照常审批，先批准的先生效" in company.shown(rows[PRODUCTION])[-1].body


async def test_the_coordinator_merges(company: Company) -> None:
    rows = await clash(company)
    card = await company.press("lin", rows[PLANNING], Verb.SETTLE, "merge")
    assert card.status == "001 与 002 · 已定：合并"
    assert (await company.change(MERGED)).proposer == "qian"


# -- over by itself, and too late ----------------------------------------------------------------------------


async def test_a_conflict_is_over_when_one_is_taken_back(company: Company) -> None:
    rows = await clash(company)
    await company.types("han", f"撤回 {OLDER}")
    for row in rows.values():
        shown = company.shown(row)[-1]
        assert shown.status == "001 与 002 · 冲突已消除"
        assert f"**结果**：{OLDER} 已撤回，{NEWER} 继续审批" in shown.body
        assert not shown.buttons
    assert (await trail(company, "change.settled")) == [
        f"通盘 处理 {OLDER} 与 {NEWER} 的冲突：{OLDER} 已结束，冲突消除"
    ]


async def test_a_conflict_is_over_when_one_is_rejected(company: Company) -> None:
    rows = await clash(company)
    await company.types("su", f"驳回 {NEWER} 因为 客户不同意", SALES)
    assert f"**结果**：{NEWER} 已驳回，{OLDER} 继续审批" in company.shown(rows[PLANNING])[-1].body
    assert await states(company) == (ChangeState.IN_APPROVAL, ChangeState.REJECTED)


async def test_what_is_approved_first_takes_effect_and_the_other_is_computed_again(company: Company) -> None:
    rows = await clash(company)
    await company.approves(NEWER)
    assert (await company.change(NEWER)).state is ChangeState.APPLIED
    told_ = f"**结果**：{NEWER} 已生效，{OLDER} 按新的计划重算后继续审批"
    assert all(told_ in company.shown(row)[-1].body for row in rows.values())
    older = await company.change(OLDER)
    assert (older.state, older.base_revision, older.round) == (ChangeState.IN_APPROVAL, 2, 2)
    assert company.told(PRODUCTION)[-1] == (
        f"⚖ {NEWER}（钱波）已经生效。{OLDER}（韩冬）还在审批，照原样就是在它上面再改："
        f"MO-1 12-11～12-17 → 12-15～12-21（+2天）。是这个意思就不用管；"
        f"不要了请发：撤回 {OLDER}；要改成别的请发：修改 {OLDER} 改期 本单 到 ＜日期＞"
    )


async def test_the_same_shift_twice_is_asked_about(company: Company) -> None:
    """Probably one wish told twice: both approved would be four days."""
    rows = await clash(company, second=LATER)
    (card,) = company.shown(rows[PURCHASING])
    assert ways(card) == ["以我为准", "以对方为准"], "to merge them is to have one"
    await company.press("qian", rows[PURCHASING], Verb.SETTLE, "theirs")
    assert await states(company) == (ChangeState.IN_APPROVAL, ChangeState.SUPERSEDED)


async def test_a_conflict_that_a_freeze_holds_has_no_deadline(company: Company) -> None:
    rows = await clash(company)
    await company.types("lin", "冻结 全部 12-01~12-31", PLANNING)
    await company.types("lin", "冻结 确认 1", PLANNING)
    until = "谈不拢由 林静 定；两单都已挂起，解冻后再继续审批"
    assert until in await company.types("han", "待办")
    assert until in await company.types("su", "冲突", SALES)
    shown = await company.press("han", rows[PRODUCTION], Verb.SETTLE, "mine")
    assert f"- {until}" in shown.body.splitlines()


async def test_of_two_deadlines_the_first_is_told_with_whose_it_is(company: Company) -> None:
    await company.proposes("han")
    company.clock.move(days=1)
    newer = await company.proposes("qian", LATEST, PURCHASING)
    (card,) = company.shown((await asked(company, newer))[PLANNING])
    assert f"先批准的先生效；{OLDER} 到 11-26 18:00 没批就过期" in card.body


# -- who is away ----------------------------------------------------------------------------------------------


async def away(company: Company, person: str, deputy: str, room: str) -> None:
    assert "请假" in await company.leaves(person, f"代理 {deputy} 11-23~12-05", room)


async def test_a_proposers_deputy_who_wants_the_other_does_not_settle_it_alone(company: Company) -> None:
    await company.proposes("han")
    await away(company, "han", "钱波", PRODUCTION)
    await company.proposes("qian", LATEST, PURCHASING)
    rows, heard = await asked(company), len(company.told(PLANNING))
    card = await company.press("qian", rows[PURCHASING], Verb.SETTLE, "mine")
    assert card.status == "001 与 002 · 请 林静 定"
    assert await states(company) == (ChangeState.IN_APPROVAL, ChangeState.IN_APPROVAL)
    await company.office.deliver()
    assert company.told(PLANNING)[heard:] == [
        f"⚖ {OLDER}（韩冬）与 {NEWER}（钱波）都要改 MO-1 日期，其中一方没有人能表态。请 林静 定，"
        f"可在冲突卡片上按，或发送：冲突 {OLDER} 以 {OLDER} 为准。{WAITING}。"
    ]
    assert "等你定" in await company.types("lin", "待办", PLANNING)


async def test_who_acts_for_a_proposer_or_the_arbiter_gets_the_card_and_has_it_in_their_todo(company: Company) -> None:
    await company.proposes("han")
    await away(company, "han", "李大伟", PRODUCTION)
    await away(company, "lin", "何佳", PLANNING)
    await company.proposes("qian", LATEST, PURCHASING)
    rows = await asked(company)
    assert set(rows) == {PRODUCTION, PURCHASING, PLANNING, WAREHOUSE, SALES}
    assert "谈不拢由 林静（请假，何佳代） 定" in company.shown(rows[SALES])[0].body
    assert "等你定" in await company.types("li", "待办", WAREHOUSE)
    assert "等你定" not in await company.types("he", "待办", SALES)
    await company.press("li", rows[WAREHOUSE], Verb.SETTLE, "mine")
    heard = len(company.told(SALES))
    await company.press("qian", rows[PURCHASING], Verb.SETTLE, "mine")
    await company.office.deliver()
    assert any("双方谈不拢" in text for text in company.told(SALES)[heard:])
    assert "等你定" in await company.types("he", "待办", SALES)
    await company.press("he", rows[SALES], Verb.SETTLE, NEWER)
    assert await states(company) == (ChangeState.SUPERSEDED, ChangeState.IN_APPROVAL)


# -- against an emergency that nobody has ratified -------------------------------------------------------------


@pytest.fixture
def urgent(database: Database) -> Company:
    small = rule("one-day", Event.ANY, "op == 'shift' && days == 1", klass=Class.STANDARD, approvals=())
    return Company(database, environment=replace(ENVIRONMENT, rules=(DOWN, small))).opens()


ONE_DAY = "改期 MO-1 推迟1天 因为 备料"


async def test_nothing_slips_over_an_emergency_unasked(urgent: Company) -> None:
    assert await urgent.proposes("han") == OLDER
    await urgent.types("qian", ONE_DAY, PURCHASING)
    preview = urgent.shown(await urgent.card(NEWEST, Purpose.PROPOSAL))[-1]
    assert f"⇄ {OLDER}（韩冬）也改 MO-1 日期，已先行生效、还没追认；这单要等审批" in preview.body
    assert "标准变更不用审批" not in preview.body
    assert await urgent.submits("qian", await urgent.card(NEWEST, Purpose.PROPOSAL)) == NEWER
    assert await states(urgent) == (ChangeState.PROVISIONAL, ChangeState.IN_APPROVAL)
    await urgent.types("qian", "改期 DL-1 推迟1天 因为 换车", PURCHASING)
    assert (await urgent.change(NEWEST)).klass == "normal", "what had followed the emergency neither"
    await urgent.types("lin", "改期 RC-1 推迟1天 因为 盘点延后", PLANNING)
    assert (await urgent.change(NEWEST)).klass == "standard"


async def test_the_two_proposers_settle_it_and_the_emergency_can_give_way(urgent: Company) -> None:
    before = await urgent.look(lambda turn: turn.plan())
    rows = await clash(urgent, second=ONE_DAY)
    assert set(rows) == {PRODUCTION, PURCHASING, PLANNING}
    (card,) = urgent.shown(rows[PURCHASING])
    assert ways(card) == ["以我为准", "以对方为准"]
    assert f"{OLDER} 已先行生效，13:00 前没有追认就撤销；{NEWER} 照常审批" in card.body
    assert await urgent.types("qian", f"冲突 {NEWER} 合并", PURCHASING) == (
        f"{OLDER} 与 {NEWER} 有一单已经先行生效，不能合并。请选以 {OLDER} 为准或以 {NEWER} 为准。"
    )
    settled = await urgent.press("han", rows[PRODUCTION], Verb.SETTLE, "theirs")
    assert f"**结果**：韩冬 09:00 定：以 {NEWER} 为准，先行生效的 {OLDER} 已撤销" in settled.body
    assert await states(urgent) == (ChangeState.REVERTED, ChangeState.IN_APPROVAL)
    after = await urgent.look(lambda turn: turn.plan())
    assert (after.items, after.revision) == (before.items, 3)
    assert (await urgent.change(NEWER)).base_revision == 3


async def test_an_emergency_that_meets_an_older_request_opens_a_conflict_too(urgent: Company) -> None:
    await urgent.proposes("qian", LATEST, PURCHASING)
    await urgent.proposes("han")
    assert set(await asked(urgent)) == {PRODUCTION, PURCHASING, PLANNING}
    await urgent.types("qian", f"冲突 {OLDER} 以对方为准", PURCHASING)
    assert await states(urgent) == (ChangeState.SUPERSEDED, ChangeState.PROVISIONAL)


async def test_when_both_run_out_nothing_is_left_to_settle(company: Company) -> None:
    rows = await clash(company)
    await company.rings(days=30)
    assert await states(company) == (ChangeState.EXPIRED, ChangeState.EXPIRED)
    assert f"**结果**：{OLDER} 已过期，{NEWER} 已过期" in company.shown(rows[PLANNING])[-1].body
    assert await company.types("han", "冲突") == "现在没有待处理的冲突。"


async def test_a_late_press_hears_how_it_ended_and_is_on_record(company: Company) -> None:
    rows = await clash(company)
    await company.press("lin", rows[PLANNING], Verb.SETTLE, OLDER)
    late = await company.press("qian", rows[PURCHASING], Verb.SETTLE, "mine")
    sentence = f"{OLDER} 与 {NEWER} 的冲突已由 林静 定为以 {OLDER} 为准，这次选择没有生效。"
    assert note(late) == sentence
    assert not late.buttons
    (row,) = await trail(company, "click.late")
    assert row == f"钱波 在 {NEWER} 上按“以我为准”，晚了：{sentence}"
    assert await states(company) == (ChangeState.IN_APPROVAL, ChangeState.SUPERSEDED)


async def test_too_late_for_what_was_merged_or_is_over(company: Company) -> None:
    rows = await merge(company)
    late = await company.press("lin", rows[PLANNING], Verb.SETTLE, OLDER)
    assert note(late) == f"{OLDER} 与 {NEWER} 的冲突已由 钱波 定为合并（{MERGED}），这次选择没有生效。"
    third = await company.proposes("he", "改期 MO-1 推迟1天 因为 客户催", SALES)
    await company.types("he", f"撤回 {third}", SALES)
    subject = Subject.of_conflict(NEWER, third)
    moot = next(row for row in await company.cards_about(subject) if row.conversation == PLANNING)
    late = await company.press("lin", moot, Verb.SETTLE, NEWER)
    assert note(late) == f"{NEWER} 与 {third} 的冲突已经消除（其中一单已结束），这次选择没有生效。"


@pytest.mark.parametrize(("person", "choice"), [("han", "mine"), ("han", "theirs"), ("lin", NEWER)])
async def test_the_same_press_twice_is_one(company: Company, person: str, choice: str) -> None:
    rows = await clash(company)
    room = PLANNING if person == "lin" else PRODUCTION
    first = await company.press(person, rows[room], Verb.SETTLE, choice)
    kinds = "change.stance", "change.settled", "change.superseded"
    before = await states(company), await trail(company, *kinds)
    again = await company.press(person, rows[room], Verb.SETTLE, choice)
    assert again == first, "kindly the same card, without reproach"
    assert (await states(company), await trail(company, *kinds)) == before


async def test_the_platform_brings_a_press_again(company: Company) -> None:
    rows = await clash(company)
    event = company.pressed("qian", rows[PURCHASING], Verb.SETTLE, "theirs", event_id="once")
    first, again = await company.answers(event), await company.answers(event)
    assert again.card == first.card
    assert len(await trail(company, "change.superseded")) == 1


async def test_a_stranger_to_the_conflict_changes_nothing(company: Company) -> None:
    rows = await clash(company)
    pressed = await company.press("wang", rows[PRODUCTION], Verb.SETTLE, "mine")
    assert note(pressed) == (
        f"{OLDER} 与 {NEWER} 的冲突由两位提出人商定，谈不拢由计划协调员定；你的选择没有生效。"
    )
    assert await states(company) == (ChangeState.IN_APPROVAL, ChangeState.IN_APPROVAL)


async def test_mine_is_not_for_the_coordinator(company: Company) -> None:
    rows = await clash(company)
    pressed = await company.press("lin", rows[PRODUCTION], Verb.SETTLE, "mine")
    assert note(pressed) == (
        "“以我为准”“以对方为准”要由其中一单的提出人来说。请写明以哪一单为准："
        f"冲突 {OLDER} 以 {OLDER} 为准，或：冲突 {OLDER} 以 {NEWER} 为准"
    )


# -- by word --------------------------------------------------------------------------------------------------


async def test_the_open_ones_are_listed(company: Company) -> None:
    await clash(company)
    assert (await company.types("su", "冲突", SALES)).splitlines() == [
        "1 处冲突待处理：",
        f"- {OLDER}（韩冬）与 {NEWER}（钱波）：MO-1 日期 · 韩冬 未表态、钱波 未表态 · "
        f"{UNTIL}",
    ]
    how = [(await company.types(who, "冲突", room)).splitlines()[-1] for who, room in
           (("han", PRODUCTION), ("qian", PURCHASING), ("lin", PLANNING))]  # fmt: skip
    assert how == [
        f"处理请发：冲突 {OLDER} 以我为准｜以对方为准｜合并",
        f"处理请发：冲突 {NEWER} 以我为准｜以对方为准｜合并",
        f"处理请发：冲突 {OLDER} 以 {OLDER} 为准，或：冲突 {OLDER} 以 {NEWER} 为准",
    ]


async def test_a_stance_by_word(company: Company) -> None:
    await clash(company)
    assert await company.types("han", f"冲突 {OLDER} 以我为准") == (
        f"已记下：韩冬 以 {OLDER} 为准（{OLDER} 与 {NEWER} 的冲突）。"
        f"{UNTIL}。"
    )
    answer = await company.types("qian", f"冲突 {OLDER} 以对方为准", PURCHASING)
    assert answer.startswith(f"{OLDER} 与 {NEWER} 的冲突了结：钱波 09:00 定：以 {OLDER} 为准，{NEWER} 已被取代。")
    assert await states(company) == (ChangeState.IN_APPROVAL, ChangeState.SUPERSEDED)


async def test_the_coordinator_decides_by_word(company: Company) -> None:
    await clash(company)
    assert (await company.types("lin", f"冲突 {OLDER} 以 {NEWER} 为准", PLANNING)).startswith(
        f"{OLDER} 与 {NEWER} 的冲突了结：林静 09:00 定：以 {NEWER} 为准，{OLDER} 已被取代。"
    )
    assert await company.types("han", f"冲突 {OLDER} 以我为准") == (
        f"{OLDER} 与 {NEWER} 的冲突已由 林静 定为以 {NEWER} 为准，这次选择没有生效。"
    )


async def test_words_about_no_conflict(company: Company) -> None:
    await clash(company, second="改数量 MO-1 3000 因为 加单")
    assert await company.types("han", f"冲突 {OLDER} 以我为准") == f"{OLDER} 没有待处理的冲突。发送“冲突”看还有哪些。"
    assert await company.types("lin", f"冲突 {OLDER} 以 {NEWER} 为准", PLANNING) == (
        f"{OLDER} 与 {NEWER} 没有冲突。发送“冲突”看还有哪些。"
    )


# -- nearby ---------------------------------------------------------------------------------------------------

NEARBY = [
    (LATEST, f"{OLDER}（韩冬）也要改 MO-1 日期，与这单不一样；提交后由双方商定"),
    (LATER, f"{OLDER}（韩冬）也提出同样的移动：MO-1；两单都生效会移动两次"),
    ("改数量 MO-1 3000 因为 加单", f"{OLDER}（韩冬）也在改 MO-1"),
    ("改期 DL-1 推迟1天 因为 改天发货", f"{OLDER}（韩冬）在改上游 MO-1，这里可能跟着动"),
]


@pytest.mark.parametrize(("text", "sentence"), NEARBY)
async def test_the_proposer_is_told_what_else_is_under_way(company: Company, text: str, sentence: str) -> None:
    await company.proposes("han")
    await company.types("qian", text, PURCHASING)
    card = company.shown(await company.card(NEWEST, Purpose.PROPOSAL))[-1]
    assert f"⇄ {sentence}" in card.body
    assert card.summary.startswith(f"⇄ {sentence}。"), "also where a platform draws no body"


async def test_two_equal_dates_are_the_same_wish(company: Company) -> None:
    text = "改期 MO-1 到 12-18 因为 等模具"
    await company.proposes("han", text)
    await company.types("qian", text, PURCHASING)
    card = company.shown(await company.card(NEWEST, Purpose.PROPOSAL))[-1]
    assert f"⇄ {OLDER}（韩冬）已提出同样的改动：MO-1" in card.body


async def test_what_is_elsewhere_or_over_is_not_told(company: Company) -> None:
    await company.proposes("han")
    await company.types("lin", "改期 RC-1 推迟1天 因为 盘点延后", PLANNING)
    assert "⇄" not in company.shown(await company.card(NEWEST, Purpose.PROPOSAL))[-1].body
    await company.types("han", f"撤回 {OLDER}")
    await company.types("qian", LATEST, PURCHASING)
    assert "⇄" not in company.shown(await company.card(NEWEST, Purpose.PROPOSAL))[-1].body


async def test_the_closest_two_are_told_and_the_rest_are_counted(company: Company) -> None:
    for days in (1, 2, 3):
        await company.proposes("han", f"改期 PO-1 推迟{days}天 因为 到货晚")
    await company.types("qian", LATEST, PURCHASING)
    card = company.shown(await company.card(NEWEST, Purpose.PROPOSAL))[-1]
    assert [line for line in whole(card).splitlines() if "⇄" in line] == [
        f"⇄ {OLDER}（韩冬）在改上游 PO-1，这里可能跟着动",
        f"⇄ {NEWER}（韩冬）在改上游 PO-1，这里可能跟着动",
        "- ℹ ⇄ 另有 1 张变更单也在附近",
    ]


async def test_the_two_are_told_apart_also_when_they_are_of_different_days(company: Company) -> None:
    await company.proposes("han")
    company.clock.move(days=1)
    newer = await company.proposes("qian", LATEST, PURCHASING)
    assert newer == "CR-20261124-001"
    (card,) = company.shown((await asked(company, newer))[PLANNING])
    assert ways(card) == ["1123-001为准", "1124-001为准", "合并"]


async def test_english(database: Database) -> None:
    company = Company(database, environment=replace(ENVIRONMENT, words=replace(ENVIRONMENT.words, locale="en"))).opens()
    rows = await clash(company)
    (card,) = company.shown(rows[PLANNING])
    assert ways(card) == ["Keep 001", "Keep 002", "Merge"]
    assert card.status == "001 and 002 · waiting for 韩冬, 钱波"
    answer = await company.types("lin", f"conflicts {OLDER} keep {NEWER}", PLANNING)
    assert answer.startswith(f"The conflict of {OLDER} and {NEWER} is settled: 林静 settled it at 09:00: ")
    assert answer.endswith(f"{NEWER} stands, {OLDER} is replaced.")


async def test_without_anybody_else_the_two_are_by_themselves(database: Database) -> None:
    people = {who: ENVIRONMENT.organisation.people[who] for who in ("han", "qian", "wang", "su")}
    alone = Organisation(ENVIRONMENT.organisation.departments, people)
    company = Company(database, environment=replace(ENVIRONMENT, organisation=alone)).opens()
    rows = await clash(company)
    assert set(rows) == {PRODUCTION, PURCHASING}
    assert f"- {WAITING}" in company.shown(rows[PRODUCTION])[0].body


async def test_ones_own_request_is_not_to_be_settled_with_anybody(company: Company) -> None:
    no = await company.proposes("han")
    await company.types("han", LATEST)
    (preview,) = [sent.card for sent in company.office.channel.cards if "待你提交" in sent.card.status][1:]
    assert f"⇄ 你自己的 {no} 也要改 MO-1" in preview.body
    assert "双方" not in preview.body
