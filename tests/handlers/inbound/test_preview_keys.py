"""Of a preview's key nobody sees anything, whatever is said and pressed while there is one."""

from dataclasses import replace

import pytest

from cards.action import Verb
from cards.words import Words
from storage.database import Database
from storage.delivery.cards import CardRow, Purpose
from tests.bot.delivery.office import ENVIRONMENT
from tests.handlers.company import LATER, PLANNING, PRODUCTION, SALES, Company
from tests.previews import NEWEST, without_key

ROOMS = [(PRODUCTION, "han"), (SALES, "he")]
WISHES = {PRODUCTION: LATER, SALES: "改期 SO-1 推迟2天 因为 设备故障"}
SAID = [
    "影响图", "提交", "撤回", "同意", "驳回 因为 不行", "要求修改 因为 请改到 12-20", "催办", "谁知道", "延期", "撤销",
    "转交 王五", "修改 本单 改期 本单 推迟1天", "不对，是3天", "待办", "待办 全部", "待批", "总览", "冲突", "帮助",
    "早会", "最近谁改了计划", "为什么 MO-1", "查计划 MO-1", "那张单子谁知道", "submit", "withdraw", "impact",
]  # fmt: skip
VERBS = [Verb.SUBMIT, Verb.DISCARD, Verb.DETAILS, Verb.BACK, Verb.RECEIVED, Verb.REMIND, Verb.EXTEND, Verb.DETOUR,
         Verb.URGENT, Verb.APPROVE, Verb.REJECT, Verb.MODIFY, Verb.TRANSFER]  # fmt: skip


async def preview(company: Company, room: str, person: str) -> CardRow:
    assert await company.types(person, WISHES[room], room) == ""
    return await company.card(NEWEST, Purpose.PROPOSAL)


@pytest.mark.parametrize("locale", ["zh-CN", "en"])
@pytest.mark.parametrize(("room", "person"), ROOMS, ids=["dingtalk", "wecom"])
async def test_nothing_said_is_answered_with_it(database: Database, locale: str, room: str, person: str) -> None:
    company = Company(database, environment=replace(ENVIRONMENT, words=Words(locale))).opens()
    for text in SAID:
        await preview(company, room, person)
        for speaker, where in ((person, room), ("lin", room), ("lin", PLANNING)):
            await company.types(speaker, text, where)
    await company.rings(hours=24)
    channels = (company.office.channel, company.office.wecom)
    sent = [shown for channel in channels for shown in (channel.cards, channel.posts)]
    without_key(sent)
    assert sum(map(len, sent)) > 2 * len(SAID)


@pytest.mark.parametrize(("room", "person"), ROOMS, ids=["dingtalk", "wecom"])
async def test_no_button_shows_it(company: Company, room: str, person: str) -> None:
    for verb in VERBS:
        row = await preview(company, room, person)
        for presser in ("lin", person, person):
            card = await company.press(presser, row, verb)
            without_key(card)
        await company.office.deliver()
    assert company.office.channel.cards or company.office.wecom.cards
