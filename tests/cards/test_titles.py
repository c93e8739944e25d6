"""Titles: the change first, the name cut; no two requests look the same because of a cut."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.card import Card, Fact, Tone
from cards.encoders.wecom.encode import AIBOT, APP, Limits, template_card
from cards.faces import ChangeView
from cards.lead import LINES, Lead
from cards.rows import Row
from cards.words import LOCALES, Words
from planning.change.change import Change
from planning.plan.impact import Impact, LateOrder
from planning.plan.operation import Op, Operation
from tests.handlers.office import SHANGHAI
from tests.planning.plan.test_hours import CHINA
from tests.small_company import TODAY, organisation

NAME = "年货节备货评审：智能音箱 K1（海纳优品定制版，含礼盒包材）"
NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)


def view(operations: tuple[Operation, ...], locale: str = "zh-CN") -> ChangeView:
    change = Change("main", "CR-20261123-001", "han", operations, Impact(1), 1, NOW, reason="停机")
    titles = {operation.item: NAME for operation in operations}
    return ChangeView(
        change=change, organisation=organisation(), words=Words(locale), zone=SHANGHAI, now=NOW, titles=titles,
        hours=CHINA,
    )


def title(operation: Operation, limits: Limits, *more: Operation) -> str:
    card = Card(view((operation, *more)).title_line, "", Tone.INFO, "")
    return str(template_card(card, "t1", limits, "u")["main_title"]["title"])


@pytest.mark.parametrize(
    ("operation", "begins"),
    [
        (Operation("SO-1042", Op.SHIFT, 2), "推迟2天 · SO-1042 年货节备货"),
        (Operation("SO-1042", Op.SHIFT, -3), "提前3天 · SO-1042 年货节备货"),
        (Operation("SO-1042", Op.SET_FINISH, date(2027, 1, 5)), "改到2027-01-05完成 · SO-1042"),
        (Operation("SO-1042", Op.SET_START, date(2026, 12, 5)), "改到12-05开始 · SO-1042 年货"),
        (Operation("SO-1042", Op.SET_QUANTITY, Decimal(8000)), "数量改为8000 · SO-1042 年货"),
        (Operation("SO-1042", Op.CANCEL), "取消 · SO-1042 年货节备货"),
        (Operation("SO-1042", Op.REASSIGN, "purchasing"), "转给采购部 · SO-1042 年货节"),
    ],
)
def test_the_change_stands_before_the_name(operation: Operation, begins: str) -> None:
    assert title(operation, AIBOT).startswith(begins)
    assert title(operation, AIBOT, Operation("PO-1", Op.PIN)).startswith(f"{begins.split(' · ')[0]}，另有 1 项 · ")


@pytest.mark.parametrize("limits", [AIBOT, APP])
@given(st.integers(-99, 99).filter(bool), st.integers(-99, 99).filter(bool))
def test_two_shifts_never_look_the_same(limits: Limits, one: int, other: int) -> None:
    titles = {title(Operation("SO-1042", Op.SHIFT, days), limits) for days in (one, other)}
    assert len(titles) == len({one, other})


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("op", [op for op in Op if op is not Op.SHIFT])
def test_every_operation_has_a_title(op: Op, locale: str) -> None:
    wanted: dict[Op, date | str] = {Op.SET_START: TODAY, Op.SET_FINISH: TODAY, Op.REASSIGN: "sales"}
    to = wanted.get(op, 5)
    told = view((Operation("SO-1042", op, to),), locale).title_line
    assert told.endswith(f" · SO-1042 {NAME}")
    assert "{" not in told


@given(st.text(min_size=1, max_size=60), st.text(min_size=1, max_size=20))
def test_a_row_is_cut_from_its_value_and_never_from_its_tail(value: str, tail: str) -> None:
    card = Card("t", "s", Tone.INFO, "", facts=(Fact("完成", value, tail),))
    (row,) = template_card(card, "t1", AIBOT, "u")["horizontal_content_list"]
    assert row["value"].endswith(tail)
    assert len(row["value"]) <= AIBOT.value


@given(
    st.integers(0, 12), st.integers(0, 4), st.integers(0, 4), st.booleans(),
)  # fmt: skip
def test_a_lead_has_five_lines_at_most_and_counts_what_it_leaves_out(
    items: int, notes: int, late: int, unconfirmed: bool
) -> None:
    sign = "＊" if unconfirmed else ""
    rows = [Row(f"I-{n}", "名", "d", "完成", "", f"完成 12-01 → 12-02{sign}", "12-01→12-02") for n in range(items)]
    orders = [LateOrder(f"O-{n}", "单", TODAY, TODAY, n + 1) for n in range(late)]
    lead = Lead(Words(), "韩冬：停机", [f"注 {n}" for n in range(notes)], rows, orders)
    lines = [line for line in lead.body.splitlines() if line]
    assert len(lines) <= LINES
    told = sum(f"I-{n} " in lead.body for n in range(items))
    assert told == items or f"…另有 {items - told} 项" in lead.body
    assert told or not items
    assert len(lead.facts) <= LINES - 1


def test_two_late_orders_are_named_where_there_are_short_rows_alone() -> None:
    rows = [Row(f"I-{n}", "名", "d", "完成", "", "完成 12-01 → 12-02", "12-01→12-02") for n in range(9)]
    lead = Lead(Words(), "韩冬：停机", (), rows, [LateOrder(f"O-{n}", "单" * 30, TODAY, TODAY, n) for n in (1, 2, 3)])
    card = Card("t", "s", Tone.INFO, "", facts=lead.facts)
    told = template_card(card, "t1", AIBOT, "u")["horizontal_content_list"]
    assert [(row["keyname"], row["value"][:3]) for row in told][-2:] == [("晚交", "O-1"), ("晚交", "O-2")]
    assert [row["value"].rpartition("… ")[2] for row in told][-2:] == ["晚1天", "晚2天…另有 1 项"]


def test_a_late_order_among_the_rows_is_told_there_and_nowhere_else() -> None:
    rows = [Row("O-1", "海纳订单", "d", "完成", "", "完成 12-01 → 12-02", "12-01→12-02", "+1天")]
    lead = Lead(Words(), "韩冬：停机", (), rows, [LateOrder("O-1", "海纳订单", TODAY, TODAY, 1)])
    assert lead.body.splitlines() == ["韩冬：停机", "", "- O-1 海纳订单：完成 12-01 → 12-02 ⚠ 晚 1 天"]
    assert lead.facts == (Fact("⚠晚1天", "O-1 海纳订单", "12-01→12-02"),)


def test_without_buttons_nothing_is_left_out_for_room() -> None:
    rows = [Row(f"I-{n}", "名", "d", "完成", "", "完成 12-01 → 12-02", "12-01→12-02") for n in range(5)]
    assert "另有" not in replace(Lead(Words(), "韩冬：停机", ("注",), rows), pressed=False).body
