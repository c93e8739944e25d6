"""Conditions of rules in sentences, and copied as they are written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.lines.condition import ConditionWriter
from cards.markdown import Code, plain
from cards.words import LOCALES, Words
from planning.control.condition import Condition
from planning.control.rules import TYPES, VALUES
from tests.small_company import organisation

SIGNS = ("<", "<=", ">", ">=", "==", "!=")


def said(text: str, locale: str = "zh-CN") -> str:
    return ConditionWriter(Words(locale), organisation()).sentence(Condition.of(text, TYPES).text)


@pytest.mark.parametrize(
    ("condition", "sentence"),
    [
        ("item.type == 'production' && days <= 1", "生产单推后不超过 1 天"),
        ("item.type in ['production', 'purchase'] && days > 3", "生产单、采购单推后超过 3 天"),
        ("days >= -2 && late_orders == 0", "提前不超过 2 天，没有订单晚交"),
        ("-2 <= days", "提前不超过 2 天"),
        ("days <= -3", "提前至少 3 天"),
        ("days < 1", "不推后"),
        ("days == 0", "日期不动"),
        ("quantity.ratio > 1.2 || quantity.ratio < 0.8", "数量增加超过 20%，或 数量减少超过 20%"),
        ("late_orders > 0 && departments > 2", "有订单晚交，涉及的部门超过 2 个"),
        ("item.days_to_start < 10", "离开始不到 10 个工作日"),
        ("op == 'cancel'", "取消"),
        ("!(late_orders == 0)", "有订单晚交"),
        ("op != 'cancel' && reason_code == 'customer'", "改动不是取消，原因是客户"),
        ("'planner' in proposer.roles", "提出人是计划员"),
        ("item.department == 'production'", "负责部门是生产部"),
        ("item.code.startsWith('PR')", "单号以“PR”开头"),
        ("today.weekday == 6", "今天是周六"),
        ("item.zone == 'frozen' && (days > 2 || op == 'cancel')", "所在区是冻结，推后超过 2 天，或 取消"),
        ("!(days > 2 && late_orders > 0)", "不是（推后超过 2 天，有订单晚交）"),
        ("10 / days > 2", "符合一个算式，原式见“规则 详情”"),
    ],
)
def test_a_condition_is_a_sentence(condition: str, sentence: str) -> None:
    assert said(condition) == sentence


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize("fact", [name for name, kind in TYPES.items() if kind in ("int", "double")])
def test_every_comparison_of_a_number_has_its_words(fact: str, sign: str, locale: str) -> None:
    for value in (-2, -1, 0, 1, 2):
        told = said(f"{fact} {sign} {value}{'.0' if TYPES[fact] == 'double' else ''}", locale)
        assert "{" not in told
        assert "=" not in told


@pytest.mark.parametrize("fact", VALUES)
def test_every_value_there_is_has_its_words(fact: str) -> None:
    for value in VALUES[fact]:
        match TYPES[fact]:
            case "string":
                told = said(f"{fact} == '{value}'")
            case "int":
                told = said(f"{fact} == {value}")
            case _:
                told = said(f"'{value}' in {fact}")
        assert value not in told


@given(st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]), min_size=1).filter(str.strip))
def test_code_is_shown_as_it_is(text: str) -> None:
    shown = str(plain(Code(text)))
    assert text.strip() in shown
    assert shown.startswith("`")
    assert shown.endswith("`")
