"""Process templates: three come along, one's own take their place, and a wrong one is told with its place."""

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from bot.environment import environment_of
from tests.bot.settings.test_settings import MINIMAL, complaints, load

OWN = """templates:
  - name: 组装
    stages:
      - {key: PO, title: 采购, type: 采购, product: 壳, lot: 100}
      - {key: MO, title: 组装, type: production, duration: 4}
      - {key: DL, title: 发货, type: delivery, quantity: order * 1/3}
    links: [{from: PO, to: MO, ratio: 2, scrap: 0.02}, {from: MO, to: DL, ratio: 1}]
"""


def test_three_come_along(tmp_path: Path) -> None:
    environment = environment_of(load(tmp_path, MINIMAL))
    assert [one.name for one in environment.templates] == ["制造", "零售", "研发服务"]


def test_ones_own_take_their_place(tmp_path: Path) -> None:
    (template,) = environment_of(load(tmp_path, MINIMAL + OWN)).templates
    buying, _, delivery = template.stages
    assert (buying.type, buying.duration, buying.lot) == ("purchase", None, Decimal(100)), "its lead is not known"
    assert delivery.quantity == Fraction(1, 3)
    assert (template.ties[0].ratio, template.ties[0].scrap) == (Decimal(2), Decimal("0.02"))


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("duration: 4}", "duration: 4, department: 火星}", "stages[1].department: 写的是「火星」；没有部门 火星"),
        ("ratio: 2", "ratio: 0", "links[0].ratio: 写的是「0」；应为大于 0 的数或分数，如 2、0.5、1/3"),
        ("ratio: 2", "ratio: -1", "links[0].ratio: 写的是「-1」；应为大于 0 的数或分数"),
        ("order * 1/3", "two", "stages[2].quantity: 写的是「two」；应为 order 或 order * 比例，如 order * 2"),
        ("from: MO, to: DL", "from: MO, to: PO", "模板 组装 的环节互相等待：PO → MO → PO；去掉其中一条 links"),
        ("from: MO, to: DL", "from: MX, to: DL", "模板 组装 没有环节 MX，现有：PO, MO, DL"),
        ("key: MO", "key: PO", "模板 组装 的环节 PO 写了两次，改一个 key"),
        ("ratio: 2", "ratio: 999999999999", "模板 组装 按 1000 件试算，日期或数量超出了计划能容纳的范围"),
        ("    stages:", "    delivery: XX\n    stages:", "模板 组装 的 delivery 写的是 XX，没有这个环节"),
    ],
)
def test_a_mistake_is_told_with_its_place(tmp_path: Path, old: str, new: str, complaint: str) -> None:
    assert OWN.count(old) == 1
    found = "\n".join(complaints(tmp_path, MINIMAL + OWN.replace(old, new)))
    assert complaint in found
    assert "templates[0]" in found
