"""An export is an import again, and harmless to whoever opens it."""

import csv
import string
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from bot.company import load_company
from bot.tables import write_plan
from bot.tables.cells import EXCEL_ERRORS
from planning.plan.calendar import calendar_named
from planning.plan.item import Constraint, Item, Mode, Status
from planning.plan.link import Drives, LagKind, Link, LinkKind
from planning.plan.plan import Plan
from planning.schedule.schedule import place
from tests.bot.tables.conftest import ORGANISATION, read_files

SUFFIXES = [".csv", ".tsv", ".xlsx"]
DAY = date(2026, 11, 24)


def again(plan: Plan, path: Path) -> Plan:
    files = write_plan(plan, path)
    return read_files(*files[:2], calendar=plan.calendar, plan_id=plan.id, plan_name=plan.name)


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("locale", ["zh-CN", "en"])
def test_the_company_s_plan_comes_back_as_it_went(tmp_path: Path, suffix: str, locale: str) -> None:
    company = load_company(date(2026, 11, 23))
    plan = company.plan
    files = write_plan(plan, tmp_path / f"plan{suffix}", organisation=company.organisation, locale=locale)
    back = read_files(*files[:2], organisation=company.organisation, plan_id=plan.id, plan_name=plan.name)
    assert back.items == plan.items
    assert back.links == plan.links
    assert back == plan


TEXT = st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), max_size=12).map(
    lambda text: " ".join(text.replace("\N{NO-BREAK SPACE}", " ").split())
).filter(lambda text: text.upper() not in EXCEL_ERRORS)
"""No cell says `#NAME?` of itself: a plan with it is refused on its way in."""
FORMULAS = st.sampled_from(["=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "-2+3", "'=1", "''=x", "＝1", "'tis"])
NUMBER = st.decimals(0, 10**9, places=3) | st.integers(0, 10**11).map(Decimal)
WORKING = calendar_named("china")


@st.composite
def items(draw: st.DrawFn, code: str) -> Item:
    duration = draw(st.integers(0, 40))
    start = WORKING.on_or_after(draw(st.dates(date(2020, 1, 1), date(2027, 12, 31))))
    constraint = draw(st.none() | st.sampled_from(Constraint))
    return Item(
        code=code,
        title=draw(TEXT.filter(bool) | FORMULAS),
        start=start,
        finish=WORKING.finish_of(start, duration),
        duration=duration,
        type=draw(st.sampled_from(["production", "purchase", "试产", "=x"])),
        department=draw(st.sampled_from(["", "production", "purchasing", "研发"])),
        also_informs=draw(st.sampled_from([(), ("production",), ("purchasing", "研发")])),
        owner=draw(st.sampled_from(["", "wang.wu", "某人"])),
        quantity=draw(st.none() | NUMBER),
        unit=draw(st.sampled_from(["", "台", "-"])),
        mode=draw(st.sampled_from(Mode)),
        constraint=constraint,
        constraint_date=start if constraint else None,
        status=draw(st.sampled_from(Status)),
        product=draw(st.sampled_from(["", "K1"])),
        lot_minimum=draw(st.none() | NUMBER.filter(bool)),
        lot_multiple=draw(st.none() | NUMBER.filter(bool)),
        calendar=draw(st.sampled_from(["", "china"])),
        attributes=draw(st.dictionaries(st.sampled_from(["客户", "note"]), TEXT.filter(bool) | FORMULAS)),
    )


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Plans whose items stand where their constraints let them: a plan is exported after it was scheduled."""
    code = st.text(string.ascii_uppercase + "-9", min_size=1, max_size=4)
    codes = draw(st.lists(code, min_size=1, max_size=4, unique=True))
    plan = Plan("main", "计划", draw(st.integers(0, 9999)), {code: draw(items(code)) for code in codes})
    return place(plan, (), DAY)


@pytest.mark.parametrize("suffix", SUFFIXES)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(plan=plans())
def test_any_items_come_back_as_they_went(tmp_path: Path, suffix: str, plan: Plan) -> None:
    back = again(plan, tmp_path / f"plan{suffix}")
    assert back.items == plan.items
    assert back.revision == plan.revision


def simple_plan(*titles: str, links: tuple[Link, ...] = ()) -> Plan:
    made = [Item(f"A{n}", title, DAY, DAY) for n, title in enumerate(titles)]
    return Plan("main", "计划", 12, {item.code: item for item in made}, links)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_links_come_back_as_they_went(tmp_path: Path, suffix: str) -> None:
    cancelled = [Item(code, code, DAY, DAY, status=Status.CANCELLED) for code in ("A", "B")]
    links = (
        Link("A", "B", LinkKind.SF, -3, LagKind.CALENDAR, Drives.PREDECESSOR, Decimal("0.125"), Decimal("0.02"), False),
        Link("A", "B", LinkKind.FS, 2, drives=Drives.SUCCESSOR, ratio=Fraction(2, 3), calendar="every-day"),
    )
    plan = Plan("main", "计划", 3, {item.code: item for item in cancelled}, links)
    assert again(plan, tmp_path / f"plan{suffix}").links == links


def test_no_text_is_run_as_a_formula_from_csv(tmp_path: Path) -> None:
    plan = simple_plan("=HYPERLINK(\"http://x\")", "@SUM(A1)", "+1+cmd|' /C calc'!A0", "-2+3", "\t=1", "普通")
    write_plan(plan, tmp_path / "plan.csv")
    with (tmp_path / "plan.csv").open(encoding="utf-8-sig", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t"))]


def test_no_text_is_run_as_a_formula_from_a_workbook(tmp_path: Path) -> None:
    write_plan(simple_plan("=1+1", "普通"), tmp_path / "plan.xlsx")
    sheet = load_workbook(tmp_path / "plan.xlsx").worksheets[0]
    kinds = {cell.value: cell.data_type for row in sheet.iter_rows() for cell in row}
    assert kinds["=1+1"] == "s"


def test_an_export_is_stamped_and_opens_in_chinese(tmp_path: Path) -> None:
    plan = simple_plan("贴片")
    files = write_plan(plan, tmp_path / "plan.csv", organisation=ORGANISATION)
    assert [file.name for file in files] == ["plan.csv", "plan.links.csv"]
    content = files[0].read_bytes()
    assert content.startswith(b"\xef\xbb\xbf"), "Excel needs the mark to take it for UTF-8"
    rows = list(csv.DictReader(content.decode("utf-8-sig").splitlines()))
    assert (rows[0]["编码"], rows[0]["名称"], rows[0]["状态"], rows[0]["版本"]) == ("A0", "贴片", "确认", "12")
    assert read_files(*files).revision == 12


def test_an_export_of_another_kind_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="pdf"):
        write_plan(simple_plan("a"), tmp_path / "plan.pdf")
    assert list(tmp_path.iterdir()) == []
