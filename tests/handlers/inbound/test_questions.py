"""What somebody may have meant is one tap or a few words away; the tap does what typing it would have done."""

import re
from datetime import timedelta

import pytest

from cards.action import Verb
from cards.card import Card
from storage.delivery.cards import CardRow, Purpose
from tests.handlers.company import PLANNING, PRODUCTION, SALES, Company


@pytest.fixture
def open_company(company: Company) -> Company:
    return company.opens()


SHORT_OF_A_REASON = "改期 RC-1 推迟1天"


def labels(card: Card) -> list[str]:
    return [button.text for button in card.buttons]


async def asked(company: Company, text: str = SHORT_OF_A_REASON, person: str = "han") -> tuple[CardRow, Card]:
    row = await company.question(person, text)
    return row, company.shown(row)[-1]


async def drafts(company: Company) -> list[str]:
    """Reasons of what was previewed."""
    await company.office.deliver()
    previews = [sent.card.body for sent in company.office.channel.cards if "提交" in labels(sent.card)]
    return [re.findall("原因：(.*)", body)[0] for body in previews]


async def test_a_missing_reason_is_a_tap(open_company: Company) -> None:
    row, card = await asked(open_company)
    assert card.summary == "还缺原因。 改期 RC-1 推迟1天 因为 … 也可以直接回复（5 分钟内）。"
    assert labels(card) == ["客户要求", "来料晚到", "产能不足", "设备故障", "质量问题", "其他…"]
    pressed = await open_company.press("han", row, Verb.SAY, "0")
    assert (pressed.status, pressed.buttons) == ("已选：改期 RC-1 推迟1天 因为 客户要求", ())
    await open_company.office.deliver()
    (preview,) = [card for card in open_company.office.channel.cards if "提交" in labels(card.card)]
    assert "客户要求" in preview.card.body


async def test_the_next_words_are_the_reason(open_company: Company) -> None:
    await asked(open_company)
    await open_company.types("han", "@通盘 东莞那边 说来不及了")
    assert await drafts(open_company) == ["东莞那边 说来不及了"]
    draft = await open_company.look(
        lambda turn: turn.uow.changes.newest_draft("han", PRODUCTION, turn.now - timedelta(hours=1))
    )
    assert draft is not None
    assert draft.text == "改期 RC-1 推迟1天 因为 东莞那边 说来不及了", "it is the whole command that was meant"


@pytest.mark.parametrize(
    ("person", "room", "after", "said"),
    [
        ("wang", PRODUCTION, 10, "东莞来不及"),
        ("han", PLANNING, 10, "东莞来不及"),
        ("han", PRODUCTION, 301, "东莞来不及"),
        ("han", PRODUCTION, 10, "算了"),
        ("han", PRODUCTION, 10, "查计划 RC-1"),
    ],
    ids=["somebody else", "somewhere else", "too late", "a no", "a command"],
)
async def test_other_words_are_no_reason(open_company: Company, person: str, room: str, after: int, said: str) -> None:
    await asked(open_company)
    open_company.clock.move(seconds=after)
    await open_company.types(person, said, room)
    assert await drafts(open_company) == []


async def test_what_is_missing_is_asked_one_after_the_other(open_company: Company) -> None:
    assert "没有写是哪个单子" in await open_company.types("han", "取消")
    assert "还缺原因" in await open_company.types("han", "RC-1")
    await open_company.types("han", "仓库要搬了")
    assert await drafts(open_company) == ["仓库要搬了"]


async def test_a_no_ends_it(open_company: Company) -> None:
    row, _ = await asked(open_company)
    assert await open_company.types("han", "算了") == "好的，什么也没有做。"
    await open_company.types("han", "东莞来不及")
    assert await drafts(open_company) == []
    again = await open_company.press("han", row, Verb.SAY, "0")
    assert "已经用过了" in again.summary


async def test_it_is_for_the_one_who_spoke(open_company: Company) -> None:
    row, _ = await asked(open_company)
    refused = await open_company.press("wang", row, Verb.SAY, "0")
    assert "这些按钮是给 韩冬 的" in refused.summary
    assert await drafts(open_company) == []


async def test_it_is_done_once(open_company: Company) -> None:
    row, _ = await asked(open_company)
    await open_company.press("han", row, Verb.SAY, "0")
    again = await open_company.press("han", row, Verb.SAY, "1")
    assert "已经用过了" in again.summary
    assert await drafts(open_company) == ["客户要求"]


@pytest.mark.parametrize("choice", ["9", "-1", "", "x", "０", "99999999999999999999"])
async def test_a_choice_that_was_not_offered_does_nothing(open_company: Company, choice: str) -> None:
    row, _ = await asked(open_company)
    assert "不是通盘发出的" in (await open_company.press("han", row, Verb.SAY, choice)).summary
    assert await drafts(open_company) == []


async def test_a_near_miss_is_a_tap(open_company: Company) -> None:
    row, card = await asked(open_company, "RC-1 能不能推迟2天 因为 客户")
    assert labels(card) == ["1 改期 RC-1 推迟2天 因为 客户", "都不是"]
    assert card.body.startswith("没有看懂“RC-1 能不能推迟2天 因为 客户”，什么也没有做。是不是想说：")
    await open_company.press("han", row, Verb.SAY, "0")
    assert await drafts(open_company) == ["客户"]


async def test_who_may_not_do_it_is_not_asked_why_but_told_who_may(open_company: Company) -> None:
    row = await open_company.question("boss", SHORT_OF_A_REASON)
    card = open_company.shown(row)[-1]
    assert "没有提出变更的权限" in card.body
    assert all(label.split(" ")[1] == "转告" for label in labels(card)[:-1])


async def test_a_short_answer_stands_on_the_card_and_a_long_one_beside_it(open_company: Company) -> None:
    before = len(open_company.told(PRODUCTION))
    row, card = await asked(open_company, "看看计划 RC-1")
    assert labels(card)[0] == "1 看计划 RC-1"
    await open_company.press("han", row, Verb.SAY, "0")
    await open_company.office.deliver()
    assert "年度盘点" in "".join(open_company.told(PRODUCTION)[before:])


async def test_none_of_these(open_company: Company) -> None:
    row, _ = await asked(open_company)
    assert (await open_company.press("han", row, Verb.NEITHER)).status == "好的，什么也没有做。"
    kept = await open_company.look(lambda turn: turn.uow.questions.get(row.subject.id))
    assert kept is not None
    assert (kept.said, kept.chosen) == (SHORT_OF_A_REASON, "-")


async def test_it_is_sent_as_one_card_and_no_message(open_company: Company) -> None:
    before = len(open_company.told(PRODUCTION))
    row, _ = await asked(open_company)
    assert (row.purpose, len(open_company.shown(row)), open_company.told(PRODUCTION)[before:]) == (
        Purpose.QUESTION,
        1,
        [],
    )


async def test_what_a_card_has_no_room_for_is_said_before_it(open_company: Company) -> None:
    """WeCom draws 112 characters of a card's text; nothing of an answer is lost."""
    no = await open_company.proposes("han")
    before = len(open_company.told(SALES))
    row = await open_company.question("su", f"影响图 {no}", SALES)
    await open_company.office.deliver()
    (told,) = open_company.told(SALES)[before:]
    assert "12-16 → 12-18" in told
    card = open_company.shown(row)[-1]
    assert card.summary == "点一下就行："
    assert labels(card)[0] == f"1 同意 …{no[-3:]}"
