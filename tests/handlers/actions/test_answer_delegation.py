"""代理: who is named accepts, on the card or by word; until then it is as if nobody were named."""

from dataclasses import replace

import pytest

from cards.action import Verb
from cards.card import Card
from planning.change.change import ChangeState
from planning.people.organisation import Organisation
from planning.subject import Subject, SubjectKind
from planning.trail.audit import Kind
from storage.database import Database
from storage.delivery.cards import CardRow, Purpose
from tests.bot.delivery.office import ENVIRONMENT
from tests.handlers.company import PLANNING, PRODUCTION, PURCHASING, SALES, WAREHOUSE, Company
from tests.small_company import organisation

pytestmark = pytest.mark.parametrize("backend", ["sqlite"])
SALES_ONLY = "改期 DL-1 推迟1天 因为 客户改期"
LEAVE = "代理 李大伟 11-23~11-27"


@pytest.fixture
def open_company(company: Company) -> Company:
    return company.opens()


async def asked(company: Company, person: str = "su", number: int = 0) -> dict[str, CardRow]:
    """The cards of a delegation, by conversation."""
    rows = await company.cards_about(Subject(SubjectKind.DELEGATION, f"{person}/{number}"))
    return {row.conversation: row for row in rows}


def texts(card: Card) -> list[str]:
    return [button.text for button in card.buttons]


def heard(company: Company, room: str, no: str) -> list[str]:
    return [text for text in company.told(room) if text.startswith("📌") and no in text]


async def test_nobody_acts_before_they_accept(open_company: Company) -> None:
    company = open_company
    no = await company.proposes("qian", SALES_ONLY, PURCHASING)
    told = await company.types("su", LEAVE, SALES)
    assert told == (
        "已记下：苏经理 2026-11-23 到 2026-11-27 请假，请 李大伟 代为决定。"
        "李大伟 接受之前，仍由你自己决定。要取消请发：代理 取消"
    )
    assert [row.conversation for row in await company.cards(no)] == [PURCHASING, SALES]
    assert "不是" in await company.types("li", f"同意 {no}", WAREHOUSE)
    assert await company.types("li", "代理", WAREHOUSE) == "- 苏经理 2026-11-23 到 2026-11-27 请假，李大伟 还没接受"
    (card,) = company.shown((await asked(company))[WAREHOUSE])
    assert (card.title, card.status) == ("苏经理 请假，由 李大伟 代理", "等 李大伟 接受")
    assert texts(card) == ["接受", "不接受"]
    await company.press("su", await company.card(no, Purpose.APPROVAL, "sales"), Verb.APPROVE)
    assert (await company.change(no)).state is ChangeState.APPLIED


async def test_one_tap_accepts_and_what_waits_is_shown(open_company: Company) -> None:
    company = open_company
    no = await company.proposes("qian", SALES_ONLY, PURCHASING)
    await company.types("su", LEAVE, SALES)
    accepted = await company.press("li", (await asked(company))[WAREHOUSE], Verb.ACCEPT)
    assert (accepted.status, texts(accepted)) == ("李大伟 已接受", ["不再代理"])
    await company.office.deliver()
    (told,) = company.shown((await asked(company))[SALES])
    assert (told.status, texts(told)) == ("李大伟 已接受", ["取消代理"])
    assert f"现在等 苏经理 决定、李大伟 也可以决定的：{no}" in told.body
    card = await company.card(no, Purpose.APPROVAL, "sales")
    assert card.conversation == WAREHOUSE
    await company.press("li", card, Verb.APPROVE)
    (decision,) = [said for step in (await company.change(no)).steps for said in step.decisions]
    assert (decision.person, decision.acting_for) == ("li", "su")


async def test_a_word_accepts_as_a_tap_does(open_company: Company) -> None:
    company = open_company
    await company.types("su", LEAVE, SALES)
    told = await company.types("li", "代理 接受", WAREHOUSE)
    assert told == "苏经理 2026-11-23 到 2026-11-27 请假，由你代为决定。不能代了请发：代理 不接受 苏经理"
    assert company.shown((await asked(company))[WAREHOUSE])[-1].status == "李大伟 已接受"
    assert await company.types("li", "代理 接受", WAREHOUSE) == "现在没有人请你代理。发送“代理”可以看到谁替谁。"
    assert await company.types("li", "代理 不接受 苏经理", WAREHOUSE) == (
        "苏经理 2026-11-23 到 2026-11-27 请假，你不代，已转告 苏经理。"
    )
    assert company.shown((await asked(company))[SALES])[-1].status == "李大伟 不代"
    assert (await company.types("li", "代理", WAREHOUSE)).startswith("现在没有人请假。")


@pytest.mark.parametrize(("person", "verb"), [("su", Verb.ACCEPT), ("qian", Verb.ACCEPT), ("li", Verb.CALL_OFF)])
async def test_nobody_answers_for_another(open_company: Company, person: str, verb: Verb) -> None:
    company = open_company
    await company.types("zhao", "代理 钱波 11-23~11-27", PURCHASING)
    row = (await asked(company, "zhao"))[PURCHASING]
    who = {"su": "su", "qian": "zhao", "li": "qian"}[person]
    shown = await company.press(who, row, verb)
    assert "只有" in shown.body
    assert "还没接受" in await company.types("zhao", "代理", PURCHASING)


async def test_who_shares_a_room_has_one_card_between_them(open_company: Company) -> None:
    company = open_company
    told = len(company.told(PRODUCTION))
    await company.types("han", "代理 王五 11-23~11-27")
    row = (await asked(company, "han"))[PRODUCTION]
    assert texts(company.shown(row)[-1]) == ["接受", "不接受", "取消代理"]
    await company.press("wang", row, Verb.ACCEPT)
    await company.office.deliver()
    assert len(await asked(company, "han")) == 1
    assert len(company.told(PRODUCTION)) == told + 1, "the answer to who is away, nothing twice"
    ended = await company.press("han", row, Verb.CALL_OFF)
    assert (ended.status, ended.buttons) == ("韩冬 已取消", ())
    assert (await company.types("han", "代理")).startswith("现在没有人请假。")


async def test_who_declines_is_not_asked_again_and_the_ladder_runs(open_company: Company) -> None:
    company = open_company
    no = await company.proposes("qian", SALES_ONLY, PURCHASING)
    await company.types("su", LEAVE, SALES)
    declined = await company.press("li", (await asked(company))[WAREHOUSE], Verb.DECLINE)
    assert (declined.status, declined.buttons) == ("李大伟 不代", ())
    late = await company.press("li", (await asked(company))[WAREHOUSE], Verb.ACCEPT)
    assert "已经结束" in late.body
    (step,) = (await company.change(no)).waiting
    assert step.approvers == ("su",)
    kinds = [event.kind for event in await company.look(lambda turn: list(turn.uow.audit.chain()))]
    assert kinds.count(Kind.DELEGATION_DECLINED) == 1


async def test_a_deputy_steps_down_and_nobody_acts_any_more(open_company: Company) -> None:
    company = open_company
    no = await company.proposes("qian", SALES_ONLY, PURCHASING)
    await company.leaves("su", LEAVE, SALES)
    await company.press("li", (await asked(company))[WAREHOUSE], Verb.DECLINE)
    assert "不是" in await company.types("li", f"同意 {no}", WAREHOUSE)


async def test_the_deputy_of_the_settings_need_not_accept(database: Database) -> None:
    """Nor does she need a role: the company chose her."""
    staff = [replace(p, deputy="he") if p.id == "su" else p for p in organisation().people.values()]
    people = Organisation.of(organisation().departments.values(), staff)
    company = Company(database, environment=replace(ENVIRONMENT, organisation=people)).opens()
    no = await company.proposes("qian", SALES_ONLY, PURCHASING)
    told = await company.types("su", "代理 11-23~11-27", SALES)
    assert told.startswith("已记下：苏经理 2026-11-23 到 2026-11-27 请假，由 何佳 代为决定。")
    assert told.endswith(f"现在等你决定的 {no} 已经转告 何佳。")
    assert await asked(company) == {}
    assert "已记录" in await company.types("he", f"同意 {no}", SALES)


async def test_who_is_away_is_told_of_each_decision_once(open_company: Company) -> None:
    company = open_company
    await company.leaves("su", LEAVE, SALES)
    no = await company.proposes("qian", "改期 MO-1 推迟2天 因为 设备故障", PURCHASING)
    await company.types("li", f"同意 {no}", WAREHOUSE)
    assert heard(company, SALES, no) == [f"📌 李大伟 代 苏经理 同意：{no} MO-1 耳机组装 推迟2天（销售部）。"]
    await company.types("li", f"同意 {no}", WAREHOUSE)
    assert len(heard(company, SALES, no)) == 1
    assert heard(company, WAREHOUSE, no) == []


async def test_what_a_card_or_the_room_says_is_not_said_twice(open_company: Company) -> None:
    """su reads on WeCom, where the end is a card of its own; han reads where wang decides."""
    company = open_company
    await company.leaves("su", LEAVE, SALES)
    no = await company.proposes("qian", SALES_ONLY, PURCHASING)
    await company.types("li", f"驳回 {no} 因为 库位不够", WAREHOUSE)
    assert heard(company, SALES, no) == []
    assert "李大伟（代苏经理）" in company.shown((await company.cards(no))[1])[-1].body
    await company.leaves("lin", "代理 王五 11-23~11-27", PLANNING)
    await company.leaves("han", "代理 王五 11-23~11-27")
    no = await company.proposes("qian", "改期 MO-1 推迟2天 因为 设备故障", PURCHASING)
    await company.types("wang", f"同意 {no}")
    assert heard(company, PRODUCTION, no) == []


async def test_a_deputy_without_the_role_leaves_it_to_the_coordinator(open_company: Company) -> None:
    company = open_company
    no = await company.proposes("qian", SALES_ONLY, PURCHASING)
    await company.leaves("su", "代理 高总 11-23~11-27", SALES)
    (step,) = (await company.change(no)).waiting
    assert step.approvers == ("su", "lin")
    assert "不是" in await company.types("boss", f"同意 {no}", PLANNING)
