"""转交 by word, and decisions without a number where only one request can be meant."""

from dataclasses import replace

import pytest

from cards.action import Verb
from handlers.events import Said
from planning.change.change import StepState
from planning.people.organisation import Organisation, Person
from storage.database import Database
from storage.delivery.cards import Purpose
from tests.bot.delivery.office import ENVIRONMENT
from tests.handlers.company import PLANNING, PRODUCTION, SALES, Company
from tests.small_company import APPROVER, organisation

pytestmark = pytest.mark.parametrize("backend", ["sqlite"])


@pytest.fixture
def open_company(company: Company) -> Company:
    return company.opens()


async def lins(company: Company) -> str:
    """A request that both approvers of production may decide."""
    return await company.proposes("lin", room=PLANNING)


@pytest.mark.parametrize(
    "how",
    [
        "转交 {no} 韩冬",
        "转交 {no} 给韩冬 因为 我出差",
        "zj {no} han",
        "transfer {no} to 韩冬",
        "转给 {no} 韩冬 我出差",
        "转交 韩冬",
    ],
)
async def test_a_step_is_handed_on_by_word(open_company: Company, how: str) -> None:
    no = await lins(open_company)
    assert await open_company.types("wang", how.format(no=no)) == f"{no} 已转交给 韩冬。"
    step = (await open_company.change(no)).step_of("production")
    assert step is not None
    assert (step.approvers, step.state) == (("han",), StepState.OPEN)
    assert step.decisions[-1].comment == ("我出差" if "出差" in how else "")
    refused = await open_company.types("wang", f"同意 {no}")
    assert "你不是" in refused, "who handed it on no longer decides"


@pytest.mark.parametrize(
    ("person", "how", "told"),
    [
        ("wang", "转交 {no} 张三", "没有叫“张三”的人，没有记下。请写姓名或人员编号，例如："),
        ("wang", "转交 {no} 钱波", "不能转交给 钱波：只能转交给本部门的其他审批人或协调人。"),
        ("wang", "转交 {no}", "转交给谁？ 转交 {no} … 请直接回复（5 分钟内）。"),
        ("wang", "转交", "转交给谁？ 转交 本单 … 请直接回复（5 分钟内）。"),
        ("zhao", "转交 {no} 钱波", "你不是 {no} 当前环节的审批人，你的决定没有生效。"),
        ("lin", "转交 {no} 韩冬", "{no} 是你自己提出的，不能由你审批。"),
    ],
)
async def test_who_may_not_or_to_nobody(open_company: Company, person: str, how: str, told: str) -> None:
    no = await lins(open_company)
    room = {"zhao": "wecom:purchasing", "lin": PLANNING}.get(person, PRODUCTION)
    before = await open_company.change(no)
    assert (await open_company.types(person, how.format(no=no), room)).startswith(told.format(no=no))
    assert await open_company.change(no) == before


async def test_a_long_name_is_found_before_the_words_after_it(database: Database) -> None:
    known = organisation()
    named = {**known.people, "zq": Person("zq", "Li Na", "production", APPROVER, {"dingtalk": "d-zq"})}
    environment = replace(ENVIRONMENT, organisation=Organisation(known.departments, named))
    company = Company(database, environment=environment).opens()
    no = await lins(company)
    assert await company.types("wang", f"转交 {no} Li Na 我出差") == f"{no} 已转交给 Li Na。"


async def test_the_page_shows_who_is_there_first_and_how_to_name_others(database: Database) -> None:
    known = organisation()
    more = [Person(f"p{n}", f"班长{n}", "production", APPROVER, {"dingtalk": f"d-p{n}"}) for n in range(5)]
    environment = replace(
        ENVIRONMENT, organisation=Organisation(known.departments, {**known.people, **{p.id: p for p in more}})
    )
    company = Company(database, environment=environment).opens()
    await company.leaves("han", "代理 王五 今天~明天")
    no = await company.proposes("lin", room=PLANNING)
    page = await company.press("wang", await company.card(no, Purpose.APPROVAL, "production"), Verb.TRANSFER)
    assert [button.text for button in page.buttons] == ["班长0", "班长1", "班长2", "班长3", "班长4", "返回"]
    assert page.body.startswith(f"**要转交给别人，请发送：转交 {no} ＜姓名＞**")


async def test_who_is_away_is_marked(open_company: Company) -> None:
    await open_company.leaves("han", "代理 王五 今天~明天")
    no = await lins(open_company)
    row = await open_company.card(no, Purpose.APPROVAL, "production")
    page = await open_company.press("wang", row, Verb.TRANSFER)
    assert [button.text for button in page.buttons] == ["韩冬（请假）", "返回"]
    assert "要转交给别人" not in page.body, "everybody has a button"


# without a number


async def test_the_only_request_that_waits_here_is_meant(open_company: Company) -> None:
    no = await lins(open_company)
    assert (await open_company.types("wang", "同意")).startswith(f"已记录：生产部 王五 同意 {no}。")


async def test_so_for_a_rejection_with_its_reason(open_company: Company) -> None:
    no = await lins(open_company)
    assert (await open_company.types("su", "驳回 因为 太晚", SALES)).startswith(f"已记录：销售部 苏经理 驳回 {no}。")


async def test_of_several_one_has_to_be_named(open_company: Company) -> None:
    await lins(open_company)
    await open_company.proposes("lin", "改工期 MO-1 7天 因为 停机", PLANNING)
    assert await open_company.types("wang", "同意") == "你说的是哪一张？"
    offered = [button.text for button in open_company.questions(PRODUCTION)[-1].buttons]
    assert offered == ["1 同意 …001", "2 同意 …002"]


@pytest.mark.parametrize(("person", "room"), [("zhao", "wecom:purchasing"), ("wang", PLANNING)])
async def test_what_waits_for_others_or_elsewhere_is_not_meant(open_company: Company, person: str, room: str) -> None:
    await lins(open_company)
    assert (await open_company.types(person, "同意", room)).startswith("这里没有等你决定的变更单。")


async def test_a_quotation_of_something_else_is_no_choice(open_company: Company) -> None:
    no = await lins(open_company)
    at = open_company.clock.now()
    said = Said(PRODUCTION, "bot", "q1", "d-wang", "同意", at, quoted="明天开会")
    before = len(open_company.told(PRODUCTION))
    await open_company.inbox_worker.said(said)
    await open_company.inbox_worker.stop()
    await open_company.office.deliver()
    (told,) = open_company.told(PRODUCTION)[before:]
    assert told == "没有写是哪张变更单。请引用那张卡片，或写出变更单号：同意 ＜变更单号＞"
    assert (await open_company.change(no)).waiting


@pytest.mark.parametrize("typed", ["撤销", "催办", "谁知道"])
async def test_other_commands_ask_for_the_number(open_company: Company, typed: str) -> None:
    told = f"没有写是哪张变更单。请引用那张卡片，或写出变更单号：{typed} ＜变更单号＞"
    assert await open_company.types("han", typed) == told
