"""Who is @-mentioned counts as a name, and what the bot is called is no word: in the text, and beside it."""

from dataclasses import replace

import pytest

from handlers.bot_names import BotNames
from handlers.inbound.commands import COMMANDS
from storage.delivery.cards import Purpose
from tests.handlers.company import LATER, PRODUCTION, SALES, Company
from tests.previews import NEWEST


async def says(
    company: Company, person: str, text: str, *mentions: str, room: str = PRODUCTION, quoted: str = ""
) -> str:
    before, asked = len(company.told(room)), len(company.questions(room))
    event = replace(company.said(person, text, room), mentions=mentions, quoted=quoted)
    await company.inbox_worker.said(event)
    await company.inbox_worker.stop()
    await company.office.deliver()
    return "\n".join([*company.told(room)[before:], *(card.summary for card in company.questions(room)[asked:])])


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        ("转交 {no} @韩冬", ()),
        ("转交 {no} ＠韩冬 因为 出差", ()),
        ("转交 @韩冬 {no}", ()),
        ("@韩冬 转交 {no}", ()),
        ("转交 {no} @d-han", ()),
        ("转交 {no}", ("d-han",)),
        ("转交  {no}  因为 出差", ("d-han",)),
        ("转交", ("d-han",)),
        ("转交 {no} 韩冬", ("d-wang",)),
    ],
)
async def test_a_step_goes_to_who_is_mentioned(company: Company, text: str, mentions: tuple[str, ...]) -> None:
    no = await company.proposes("lin", LATER)
    assert "韩冬" in await says(company, "wang", text.format(no=no), *mentions)
    step = (await company.change(no)).step_of("production")
    assert step
    assert [decision.to for decision in step.decisions] == ["han"]


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        ("代理 @韩冬 12-01~12-05", ()),
        ("代理 12-01~12-05 @韩冬", ()),
        ("代理 12-01~12-05", ("d-han",)),
        ("请假 12-01~12-05", ("d-han",)),
    ],
)
async def test_a_deputy_may_be_mentioned(company: Company, text: str, mentions: tuple[str, ...]) -> None:
    assert "韩冬" in await says(company, "wang", text, *mentions)
    (leave,) = await company.look(lambda turn: turn.uow.delegations.of_person("wang", turn.today))
    assert leave.deputy == "han"


@pytest.mark.parametrize(
    ("text", "mentions", "sentence"),
    [
        ("转交 {no}", ("d-stranger",), "你 @ 的 d-stranger 不在通盘的人员名单里"),
        ("转交 {no}", ("",), "你 @ 的 ? 不在通盘的人员名单里"),
        ("转交 {no} @小王", (), "你 @ 的 小王 不在通盘的人员名单里"),
        ("代理 12-01~12-05", ("d-stranger",), "你 @ 的 d-stranger 不在通盘的人员名单里"),
        ("转交 {no}", ("d-han", "d-lin"), "你 @ 了 2 个人，“转交”一次只能给一个人"),
        ("转交 {no} 小王", (), "没有叫“小王”的人"),
    ],
)
async def test_who_is_nobody_of_ours_is_told(
    company: Company, text: str, mentions: tuple[str, ...], sentence: str
) -> None:
    no = await company.proposes("lin", LATER)
    assert (await says(company, "wang", text.format(no=no), *mentions)).startswith(sentence)
    step = (await company.change(no)).step_of("production")
    assert step
    assert not step.decisions


async def test_what_another_platform_calls_somebody_names_nobody(company: Company) -> None:
    assert "不在通盘的人员名单里" in await says(company, "he", "代理 12-01~12-05", "d-lin", room=SALES)


async def test_whoever_is_mentioned_where_no_name_is_read_changes_nothing(company: Company) -> None:
    assert await says(company, "han", LATER, "d-stranger", "d-lin") == ""


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("@排产小助手 改期 SO-1", "排产小助手"),
        ("@排产小助手改期 SO-1", "排产小助手"),
        ("@排产小助手改期SO-1042 推迟2天", "排产小助手"),
        ("＠排产小助手 帮助", "排产小助手"),
        ("@王五 @排产小助手 改期 SO-1", "排产小助手"),
        ("@排产小助手 @王五 改期 SO-1", "排产小助手"),
        ("改期 SO-1 @排产小助手 推迟2天", "排产小助手"),
        ("改期 SO-1 推迟2天 因为 客户 @排产小助手", "排产小助手"),
        ("@排产计划 改期 SO-1", "排产计划"),
        ("@排产小助手", "排产小助手"),
        ("改期 SO-1 推迟2天 @王五", ""),
        ("写信给 li@example.com", ""),
        ("@小张 这个 @小李 那个", "小张"),
        ("这个 @小张 那个 @小李", ""),
    ],
)
def test_a_name_is_learnt(text: str, name: str) -> None:
    names = BotNames()
    names.learn("aib1", text, COMMANDS.vocabulary, {"王五"}.__contains__)
    assert (names.of("aib1"), names.of("aib2")) == (name, "")


def test_a_new_name_is_learnt_and_the_old_one_kept_until_then() -> None:
    names = BotNames()
    for text in ("@排产小助手 计划", "@小张 请看 @排产小助手 计划", "计划"):
        names.learn("aib1", text, COMMANDS.vocabulary, {"王五"}.__contains__)
        assert names.of("aib1") == "排产小助手"
    names.learn("aib1", "@通盘机器人 计划", COMMANDS.vocabulary, {"王五"}.__contains__)
    assert names.of("aib1") == "通盘机器人"


@pytest.mark.parametrize("text", ["@排产小助手查计划 MO-1", "@排产小助手 查计划 MO-1", "查计划 MO-1 @排产小助手"])
async def test_the_settings_may_say_the_name(company: Company, text: str) -> None:
    platforms = company.environment.platforms
    named = {prefix: replace(traits, bot_name="排产小助手") for prefix, traits in platforms.by_prefix.items()}
    environment = replace(company.environment, platforms=replace(platforms, by_prefix=named))
    named_company = Company(company.database, company.clock, environment)
    assert await named_company.types("lin", text) == await named_company.types("lin", "查计划 MO-1") != ""


async def test_two_requests_in_a_quote_are_asked_about(company: Company) -> None:
    """A digest, or messages that were sent on together: the first of them is not what was meant."""
    first, second = await company.proposes("lin", LATER), await company.proposes("han", "改数量 MO-1 400 因为 展会")
    await says(company, "wang", "同意", quoted=f"{second} 交期 {first} 工期")
    (question,) = company.questions(PRODUCTION)
    offered = [button.text for button in question.buttons]
    assert offered == [f"1 同意 …{second[-3:]}", f"2 同意 …{first[-3:]}"]
    assert not any(step.decisions for step in (await company.change(first)).steps)


async def test_a_quote_without_words_is_no_guess(company: Company) -> None:
    no = await company.proposes("lin", LATER)
    await says(company, "wang", "同意", quoted="…")
    assert len(company.questions(PRODUCTION)) == 1
    assert not any(step.decisions for step in (await company.change(no)).steps)
    row = await company.card(no, Purpose.APPROVAL, "production")
    assert "同意" in [button.text for button in company.shown(row)[-1].buttons]


@pytest.mark.parametrize("call", ["通盘 ", "通盘，", "通盘：", "通盘", "@通盘", "@通盘 ", " 通盘  "])
async def test_a_command_may_stand_behind_the_bots_name(company: Company, call: str) -> None:
    assert "王五的待办" in await says(company, "wang", f"{call}待办")


async def test_a_word_that_begins_as_its_name_is_none(company: Company) -> None:
    """What is asked for a reason gets these words as they are."""
    await says(company, "han", "改期 MO-1 推迟1天")
    await says(company, "han", "通盘考虑产能")
    assert (await company.change(NEWEST)).reason == "通盘考虑产能"
