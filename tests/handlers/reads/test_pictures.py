"""看板 and 甘特: what is drawn of a plan, the same as on its pages, and what is said where there is nothing to draw."""

import xml.etree.ElementTree as ET
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest

from cards.chart import MOST_ROWS, Chart, Kind, Wanted, svg_of
from handlers.events import Said
from handlers.inbound.messages import answer
from handlers.reads.plan.pictures import address_of, chart_of, in_words
from planning.people.organisation import Role
from planning.plan.item import Constraint, Item, Status
from planning.plan.operation import Op, Operation
from planning.plan.plan import Plan
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from tests.bot.web.pages.test_pages import SECRETS
from tests.handlers.office import Office
from tests.small_company import organisation, plan

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def office(database: Database) -> Office:
    return Office(database)


def drawn(office: Office, text: str, person: str = "boss") -> Chart:
    """The picture that is the answer."""
    wanted = wish(office, text, person)
    assert wanted is not None, text
    return office.database.look(lambda uow: chart_of(office.turn(uow), wanted))


def wish(office: Office, text: str, person: str = "boss") -> Wanted | None:
    who = organisation().people[person]
    platform, user = next(iter(who.identities.items()))
    said = Said(f"{platform}:chat", "bot", "e", user, text, office.now, single=True)
    response = office.database.look(lambda uow: answer(office.turn(uow), said))
    assert response is not None
    return response.picture


def codes(chart: Chart) -> list[str]:
    return [row.code for row in chart.rows]


def with_states(**states: Status) -> Plan:
    known = plan()
    items = {code: replace(item, status=states.get(code.replace("-", ""), item.status))
             for code, item in known.items.items()}  # fmt: skip
    return replace(known, items=items)


def many(n: int) -> Plan:
    day = date(2026, 12, 1)
    items = {f"T-{k:03}": Item(f"T-{k:03}", "活", day, day, 1, "task", "warehouse") for k in range(n)}
    return replace(plan(), items=items, links=())


def test_the_board_holds_each_status_with_its_items(office: Office) -> None:
    office.bring(with_states(PO1=Status.IN_PROGRESS, RC1=Status.ON_HOLD, DL1=Status.DONE))
    office.wait(days=15)  # PO-1 was to be there on the 4th
    chart = drawn(office, "看板")
    told = [[row.code for row in section.rows] for section in chart.sections]
    assert told == [["PO-1"], ["MO-1", "SO-1"], ["RC-1"]]  # what is late stands first
    marks = {row.code: row.mark for row in chart.rows}
    assert marks == {"PO-1": "red", "RC-1": "amber", "MO-1": "green", "SO-1": "green"}
    assert [row.late for row in chart.rows if row.late] == ["晚2天"]
    assert "晚 1 项" in chart.subtitle


@pytest.mark.parametrize(
    ("text", "there"),
    [
        ("看板", ["DL-1", "MO-1", "PO-1", "RC-1", "SO-1"]), ("看板 生产部", ["MO-1"]), ("kb 生产", ["MO-1"]),
        ("board production", ["MO-1"]), ("看板图", ["DL-1", "MO-1", "PO-1", "RC-1", "SO-1"]),
        ("甘特", ["DL-1", "MO-1", "PO-1", "RC-1", "SO-1"]), ("甘特图 MO-1", ["MO-1"]), ("gt mo1", ["MO-1"]),
        ("甘特 采购部", ["PO-1"]), ("gantt warehouse", ["RC-1"]), ("甘特 年度盘点", ["RC-1"]),
    ],
)  # fmt: skip
def test_a_picture_is_of_what_was_asked_for(office: Office, text: str, there: Sequence[str]) -> None:
    office.bring(plan())
    assert sorted(codes(drawn(office, text))) == sorted(there)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("甘特 本周", "11-23 至 11-29 没有未结束的项目"), ("甘特 生产部 下周", "生产部：11-30 至 12-06 没有"),
        ("看板 财务部", "财务部"), ("甘特 XX-9", "XX-9"),
    ],
)  # fmt: skip
def test_where_nothing_is_to_be_drawn_a_sentence_says_so(office: Office, text: str, told: str) -> None:
    office.bring(plan())
    assert told in office.say("boss", text)


def test_an_item_that_is_over_or_far_off_stands_in_days_in_which_it_is_drawn(office: Office) -> None:
    far = replace(plan().items["RC-1"], start=date(2027, 9, 1), finish=date(2027, 9, 3), status=Status.DONE)
    office.bring(replace(plan(), items={**plan().items, "RC-1": far}))
    (row,) = drawn(office, "甘特 RC-1").rows
    assert row.bar is not None
    assert row.mark == "grey"


def test_the_chart_shows_where_it_stood_and_how_long_it_will_go_on(office: Office) -> None:
    """MO-1 ran from the 7th to the 11th when the plan came, was moved by two working days, and will take one more."""
    office.bring(plan())
    office.change(Operation("MO-1", Op.SHIFT, 2))
    before = {row.code: row for row in drawn(office, "甘特").rows}["MO-1"]
    item = office.plan().items["MO-1"]
    office.wait(days=(item.start - office.now.date()).days)
    office.say("han", "开工 MO-1")
    office.say("han", f"报工 MO-1 预计 {item.finish + timedelta(days=1):%m-%d}")
    chart = drawn(office, "甘特")
    after = {row.code: row for row in chart.rows}["MO-1"]
    assert before.bar
    assert before.was
    assert before.was.x == before.bar.x - 2
    assert before.to_come is None
    assert after.to_come
    assert after.bar
    assert after.to_come.x == after.bar.x + after.bar.width
    assert after.to_come.width >= 1
    assert chart.note.startswith("细条：基线 导入")


def test_of_many_the_worst_are_drawn_and_the_rest_is_counted(office: Office) -> None:
    known = many(100)
    items = dict(known.items)
    for code in ("T-077", "T-099"):
        items[code] = replace(
            items[code], constraint=Constraint.FINISH_NO_LATER_THAN, constraint_date=date(2026, 11, 24)
        )
    office.bring(replace(known, items=items))
    office.environment = replace(office.environment, pages_at="https://plan.example")
    for text, page in (("看板", "看板"), ("甘特", "甘特"), ("甘特 仓储部", "甘特")):
        chart = drawn(office, text)
        assert codes(chart)[:2] == ["T-077", "T-099"]
        assert len(chart.rows) == MOST_ROWS
        assert chart.foot == f"另有 60 项：发「链接 {page}」看网页"


@pytest.mark.parametrize("person", sorted(organisation().people))
@pytest.mark.parametrize("text", ["看板", "甘特", "甘特 MO-1", "看板 生产部", "进度 图"])
def test_nothing_masked_is_drawn_for_anybody(office: Office, person: str, text: str) -> None:
    """A picture goes on to whoever it is shown: what one reader must not see is in none, whatever the asker may."""
    items = {code: replace(item, attributes=dict(SECRETS)) for code, item in plan().items.items()}
    office.bring(replace(plan(), items=items))
    wanted = wish(office, text, person)
    assert wanted is not None

    def everything(uow: UnitOfWork) -> str:
        turn = office.turn(uow)
        return svg_of(chart_of(turn, wanted)) + in_words(turn, wanted, "refused")

    seen = office.database.look(everything)
    assert [value for value in SECRETS.values() if value in seen] == []
    assert Role.ADMIN in organisation().people["admin"].roles  # who may see them is among these


def test_progress_as_a_picture_has_the_numbers_of_the_words(office: Office) -> None:
    office.bring(with_states(PO1=Status.IN_PROGRESS))
    office.wait(days=16)
    office.say("han", "报工 MO-1 500")
    told = office.say("boss", "进度 按部门")
    chart = drawn(office, "进度 图")
    assert [row.code for row in chart.rows][:2] == ["销售部", "生产部"]
    shown = {row.code: row for row in chart.rows}
    share = shown["生产部"].share
    assert share is not None
    assert share.actual == 0.25
    assert shown["生产部"].dates == "做到 25%，应到 40%"
    assert "生产部 25%（应 40%）" in told
    assert shown["生产部"].mark == "red"
    assert "还没有周基线" in chart.note
    picture = ET.fromstring(svg_of(chart))
    due = [path for path in picture.iter(f"{SVG}path") if path.get("class") == "due"]
    assert len(due) == sum(row.share is not None for row in chart.rows)


def test_progress_offers_its_picture_and_says_the_same_where_none_can_be(office: Office) -> None:
    office.bring(plan())
    office.environment = replace(office.environment, pages_at="https://plan.example")
    wanted = wish(office, "进度 图 下周")
    assert wanted is not None
    assert (wanted.kind, wanted.first, wanted.days) == (Kind.PROGRESS, "2026-11-30", 7)
    told = office.database.look(lambda uow: in_words(office.turn(uow), wanted, "no-way"))
    assert "生产部" in told
    assert "https://plan.example/overview" in told


def test_the_same_is_told_in_words(office: Office) -> None:
    office.bring(plan())
    office.environment = replace(office.environment, pages_at="https://plan.example")
    wanted = Wanted(Kind.BOARD, "production")
    told = office.database.look(lambda uow: in_words(office.turn(uow), wanted, "no-font"))
    assert "没有中文字体" in told
    assert "https://plan.example/board?department=production" in told
    assert "看板 · 生产部" in told
    assert "MO-1 耳机组装 12-07～12-11" in told


def test_an_address_of_several_plans_names_the_plan(office: Office) -> None:
    office.bring(plan())
    office.environment = replace(office.environment, pages_at="https://plan.example", plans=("main", "west"))
    wanted = Wanted(Kind.GANTT, text="MO-1", status="all", first="2026-11-23", days=7)
    at = office.database.look(lambda uow: address_of(office.turn(uow), wanted))
    assert at == "https://plan.example/gantt?text=MO-1&status=all&from=2026-11-23&days=7&plan=main"


@pytest.mark.parametrize("text", ["看板 生产部", "甘特 MO-1", "甘特"])
def test_all_words_are_there_to_be_read(office: Office, text: str) -> None:
    office.bring(plan())
    chart = drawn(office, text)
    words = " ".join("".join(one.itertext()) for one in ET.fromstring(svg_of(chart)).iter(f"{SVG}text"))
    for row in chart.rows:
        assert row.code in words
        assert row.dates in words
