"""改期, 改数量, 改工期, 取消 and 影响, as departments type them."""

from datetime import date
from decimal import Decimal

import pytest

from handlers.language import Cancel, ChangeQuantity, Command, Edge, Move, SetDuration, WhatIf
from planning.plan.link import LagKind
from tests.handlers.language import asked, refusal

DEC_5 = date(2026, 12, 5)
C = LagKind.CALENDAR


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("改期 SO-1042 到 12-05 因为 展会", Move("SO-1042", to=DEC_5, reason="展会")),
        ("改期 SO-1042 12-05 因为 展会", Move("SO-1042", to=DEC_5, reason="展会")),
        ("改期SO-1042到12月5日因为展会", Move("SO-1042", to=DEC_5, reason="展会")),
        ("改期 SO-1042 十二月五号 因 展会", Move("SO-1042", to=DEC_5, reason="展会")),
        ("改期 SO-1042 提前2天 因为 展会", Move("SO-1042", shift=-2, reason="展会")),
        ("改期SO-1042提前两天因为展会", Move("SO-1042", shift=-2, reason="展会")),
        ("改期SO-1042+2天因为展会", Move("SO-1042", shift=2, reason="展会")),
        ("改期 so-1042 +2天 因为 展会", Move("SO-1042", shift=2, reason="展会")),
        ("改期 SO–1042 −2天 因为 展会", Move("SO-1042", shift=-2, reason="展会")),
        ("改期 SO-1042 推迟2个自然日 原因：展会", Move("SO-1042", shift=2, unit=C, reason="展会")),
        ("改期 SO-1042 推迟一周 由于展会", Move("SO-1042", shift=7, unit=C, reason="展会")),
        ("改期 SO-1042 提前2天 联动 因为 展会", Move("SO-1042", shift=-2, pull=True, reason="展会")),
        ("改期 SO-1042 联动提前2天 因为 展会", Move("SO-1042", shift=-2, pull=True, reason="展会")),
        ("改期 SO-1042 提前2天联动因为展会", Move("SO-1042", shift=-2, pull=True, reason="展会")),
        ("改期 SO-1042 到 12-05 联动 因为 展会", Move("SO-1042", to=DEC_5, pull=True, reason="展会")),
        ("改期 联动轴承 提前2天 因为 展会", Move("联动轴承", shift=-2, reason="展会")),
        ("改期 钢板 联动-2天 因为 展会", Move("钢板", shift=-2, pull=True, reason="展会")),
        ("改期 钢板 pull提前2天 因为 展会", Move("钢板", shift=-2, pull=True, reason="展会")),
        ("改期 钢板 pull-rod 提前2天 因为 展会", Move("钢板 pull-rod", shift=-2, reason="展会")),
        ("改期 项目开始 交期 提前2天 因为 展会", Move("项目开始", shift=-2, reason="展会")),
        ("改期 MO-2001 开始 到 12-05 因为 展会", Move("MO-2001", to=DEC_5, edge=Edge.START, reason="展会")),
        ("改期 MO-2001 开工改到12-05 因为 展会", Move("MO-2001", to=DEC_5, edge=Edge.START, reason="展会")),
        ("改期 MO-2001 到 12-05 开始 因为 展会", Move("MO-2001", to=DEC_5, edge=Edge.START, reason="展会")),
        ("改期MO-2001到12月5日开工因为展会", Move("MO-2001", to=DEC_5, edge=Edge.START, reason="展会")),
        ("改期 MO-2001 从 12-05 开始 因为 展会", Move("MO-2001", to=DEC_5, edge=Edge.START, reason="展会")),
        ("改期 MO-2001 到 12-05 完成 因为 展会", Move("MO-2001", to=DEC_5, reason="展会")),
        ("move MO-2001 start to Dec 5 because fair", Move("MO-2001", to=DEC_5, edge=Edge.START, reason="fair")),
        ("move MO-2001 to Dec 5 start because fair", Move("MO-2001", to=DEC_5, edge=Edge.START, reason="fair")),
        ("改期 SO-1042 12月5日前完成 因为 展会", Move("SO-1042", to=DEC_5, reason="展会")),
        ("改期 SO-1042的交期到12-05 因为 展会", Move("SO-1042", to=DEC_5, reason="展会")),
        ("改期 SO-1042 到 12月5日（周六） 因为 展会", Move("SO-1042", to=DEC_5, reason="展会")),
        ("move SO-1042 to Sat, Dec 5 because fair", Move("SO-1042", to=DEC_5, reason="fair")),
        ("改期 推迟3天 SO-1042 因为 展会", Move("SO-1042", shift=3, reason="展会")),
        ("改期 到12-05 SO-1042 因为 展会", Move("SO-1042", to=DEC_5, reason="展会")),
        ("改期 订单SO-1042 +2天 因为 展会", Move("SO-1042", shift=2, reason="展会")),
        ("改期 【SO-1042】 +2天 因为 展会", Move("SO-1042", shift=2, reason="展会")),
        ("改期 本单 +2天 因为 展会", Move("本单", shift=2, reason="展会")),
        ("改期这单提前2天 因为 展会", Move("本单", shift=-2, reason="展会")),
        ("move this +2d because of the fair", Move("本单", shift=2, reason="the fair")),
        ("改期 钢板 推迟3天 因为 展会", Move("钢板", shift=3, reason="展会")),
        ("改期 主板 A款 推迟3天 因为 展会", Move("主板 A款", shift=3, reason="展会")),
        ("改期 1042 12-05 因为 展会", Move("1042", to=DEC_5, reason="展会")),
        ("改期 SO1042 +2天 因为 展会", Move("SO1042", shift=2, reason="展会")),
        ("改期 F20-016 下周三 因为 展会", Move("F20-016", to=date(2026, 12, 2), reason="展会")),
        ("改期\nSO-1042\n+2天\n因为 客户\n急用", Move("SO-1042", shift=2, reason="客户 急用")),
        ("move SO-1042 +2d because customer asked", Move("SO-1042", shift=2, reason="customer asked")),
        ("MOVE so-1042 to Dec 5 because of the fair", Move("SO-1042", to=DEC_5, reason="the fair")),
        ("move SO-1042 2 days earlier pull because fair", Move("SO-1042", shift=-2, pull=True, reason="fair")),
        ("gq SO-1042 -1w reason: fair", Move("SO-1042", shift=-7, unit=C, reason="fair")),
        ("改数量 SO-1042 3000 因为 加单", ChangeQuantity("SO-1042", Decimal(3000), reason="加单")),
        ("改数量 SO-1042 3,000件 因为 加单", ChangeQuantity("SO-1042", Decimal(3000), unit="件", reason="加单")),
        ("改数量 SO-1042 ３０００ 因为 加单", ChangeQuantity("SO-1042", Decimal(3000), reason="加单")),
        ("改数量SO-1042三千件因为加单", ChangeQuantity("SO-1042", Decimal(3000), unit="件", reason="加单")),
        ("改数量 SO-1042 +500 因为 加单", ChangeQuantity("SO-1042", Decimal(500), True, reason="加单")),
        ("改数量SO-1042减500 因为 减单", ChangeQuantity("SO-1042", Decimal(-500), True, reason="减单")),
        ("改数量 SO-1042 加到3000件 因为 加单", ChangeQuantity("SO-1042", Decimal(3000), unit="件", reason="加单")),
        ("改数量 SO-1042的数量改为3000 因为 加单", ChangeQuantity("SO-1042", Decimal(3000), reason="加单")),
        ("改数量 SO-1042 13万2 因为 加单", ChangeQuantity("SO-1042", Decimal(132000), reason="加单")),
        ("改数量 铝板 1.5万kg 因为 加单", ChangeQuantity("铝板", Decimal(15000), unit="kg", reason="加单")),
        ("qty SO-1042 3000 because more", ChangeQuantity("SO-1042", Decimal(3000), reason="more")),
        ("gsl SO-1042 -500 because less", ChangeQuantity("SO-1042", Decimal(-500), True, reason="less")),
        ("改工期 MO-2001 8天 因为 停机", SetDuration("MO-2001", 8, reason="停机")),
        ("改工期 MO-2001 延长两天 因为 停机", SetDuration("MO-2001", 2, True, reason="停机")),
        ("改工期 MO-2001 一周 因为 停机", SetDuration("MO-2001", 7, reason="停机", unit=C)),
        ("改工期 MO-2001 延长2周 因为 停机", SetDuration("MO-2001", 14, True, "停机", C)),
        ("ggq MO-2001 75 因为 停机", SetDuration("MO-2001", 75, reason="停机")),
        ("duration MO-2001 to 8d because of a fault", SetDuration("MO-2001", 8, reason="a fault")),
        ("取消 SO-1042 因为 撤单", Cancel("SO-1042", "撤单")),
        ("取消订单SO-1042因为撤单", Cancel("SO-1042", "撤单")),
        ("qx 样机试产 因为 撤单", Cancel("样机试产", "撤单")),
        ("cancel SO-1042 because withdrawn", Cancel("SO-1042", "withdrawn")),
        ("影响 SO-1042 推迟3天", WhatIf(Move("SO-1042", shift=3))),
        ("影响SO-1042推迟3天", WhatIf(Move("SO-1042", shift=3))),
        ("影响 SO-1042 到 12-05", WhatIf(Move("SO-1042", to=DEC_5))),
        ("影响 钢板 晚3天", WhatIf(Move("钢板", shift=3))),
        ("影响 SO-1042 +500件", WhatIf(ChangeQuantity("SO-1042", Decimal(500), True, "件"))),
        ("影响 SO-1042 3000", WhatIf(ChangeQuantity("SO-1042", Decimal(3000)))),
        ("影响 改数量 SO-1042 +500", WhatIf(ChangeQuantity("SO-1042", Decimal(500), True))),
        ("影响 改期 SO-1042 +2 因为 展会", WhatIf(Move("SO-1042", shift=2, reason="展会"))),
        ("影响 改工期 MO-2001 8天", WhatIf(SetDuration("MO-2001", 8))),
        ("影响 MO-2001 改工期 8天", WhatIf(SetDuration("MO-2001", 8))),
        ("影响 取消 SO-1042", WhatIf(Cancel("SO-1042"))),
        ("影响 SO-1042 晚三天会影响谁？", WhatIf(Move("SO-1042", shift=3))),
        ("影响 如果 SO-1042 晚三天", WhatIf(Move("SO-1042", shift=3))),
        ("影响 SO-1042 取消", WhatIf(Cancel("SO-1042"))),
        ("whatif SO-1042 +3d", WhatIf(Move("SO-1042", shift=3))),
        ("impact floor plan +3d", WhatIf(Move("floor plan", shift=3))),
    ],
)
def test_a_write_command(text: str, command: Command) -> None:
    assert asked(text) == command


@pytest.mark.parametrize(
    ("text", "example"),
    [
        ("改期 SO-1042 提前2天", "改期 SO-1042 提前2天 因为 <原因>"),
        ("gq so-1042 +2天 联动", "gq so-1042 +2天 联动 因为 <原因>"),
        ("改数量 SO-1042 3000 因为", "改数量 SO-1042 3000 因为 <原因>"),
        ("改工期 MO-2001 8天 因为 。", "改工期 MO-2001 8天 因为 <原因>"),
        ("取消 SO-1042", "取消 SO-1042 因为 <原因>"),
        ("move SO-1042 +2d", "move SO-1042 +2d because <reason>"),
        ("驳回 CR-20261128-001", "驳回 CR-20261128-001 因为 <原因>"),
        ("驳回", "驳回 本单 因为 <原因>"),
    ],
)
def test_a_missing_reason_is_asked_for_with_the_words_already_typed(text: str, example: str) -> None:
    refused = refusal(text)
    assert (refused.code, refused.facts["example"]) == ("reason-missing", example)


@pytest.mark.parametrize(
    ("text", "code", "found", "example"),
    [
        ("改期", "when-missing", "改期", "改期 <单号> 提前2天 因为 <原因>"),
        ("改期 SO-1042", "when-missing", "改期 SO-1042", "改期 SO-1042 提前2天 因为 <原因>"),
        ("改期 SO-1042 等通知 因为 展会", "when-missing", "等通知", "改期 SO-1042 提前2天 因为 展会"),
        ("move SO-1042 soon because fair", "when-missing", "soon", "move SO-1042 -2d because fair"),
        ("改期 +2天 因为 展会", "object-missing", "改期 +2天", "改期 <单号> +2天 因为 展会"),
        ("改期 到 12-05 因为 展会", "object-missing", "改期 到 12-05", "改期 <单号> 到 12-05 因为 展会"),
        ("改数量 SO-1042 因为 加单", "quantity-missing", "改数量 SO-1042", "改数量 SO-1042 3000 因为 加单"),
        ("改数量 SO-1042 翻倍 因为 加单", "quantity-missing", "翻倍", "改数量 SO-1042 3000 因为 加单"),
        ("改数量 SO-1042 3000左右 因为 加单", "leftover", "左右", "改数量 SO-1042 3000 因为 加单"),
        ("改数量 500 因为 加单", "object-missing", "改数量 500", "改数量 <单号> 500 因为 加单"),
        ("改工期 MO-2001 很久 因为 停机", "duration-missing", "很久", "改工期 MO-2001 8天 因为 停机"),
        ("取消", "object-missing", "取消", "取消 <单号> 因为 <原因>"),
        ("取消 SO-1042 一半 因为 撤单", "leftover", "一半", "取消 SO-1042 因为 撤单"),
        ("影响 SO-1042", "impact-missing", "影响 SO-1042", "影响 SO-1042 推迟3天"),
        ("影响", "impact-missing", "影响", "影响 <单号> 推迟3天"),
        ("改期 SO-1042 +2天 老王那边", "leftover", "老王那边", "改期 SO-1042 +2天 因为 老王那边"),
        ("改期SO-1042提前2天老王那边", "leftover", "老王那边", "改期 SO-1042提前2天 因为 老王那边"),
        ("改期 钢板 +2天 老王那边", "leftover", "老王那边", "改期 钢板 +2天 因为 老王那边"),
        ("改期 SO-1042 12-05 下午3点 因为 展会", "leftover", "下午3点", "改期 SO-1042 12-05 因为 展会"),
        ("改期 SO-1042 从12-03到12-05 因为 展会", "leftover", "从12-03", "改期 SO-1042 到12-05 因为 展会"),
        ("改期 SO-1042 12-03 → 12-05 因为 展会", "leftover", "12-03", "改期 SO-1042 到 12-05 因为 展会"),
        ("改期 SO-1042 12月5日前做好 因为 展会", "leftover", "做好", "改期 SO-1042 12月5日前 因为 展会"),
        ("改数量 SO-1042 3000 -> 3500 因为 加单", "leftover", "3000", "改数量 SO-1042 到 3500 因为 加单"),
        ("改期 SO-1042 提前2天 不联动 因为 展会", "leftover", "不联动", "改期 SO-1042 提前2天 因为 展会"),
    ],
)
def test_arguments_not_understood_are_named_beside_a_right_form(text: str, code: str, found: str, example: str) -> None:
    refused = refusal(text)
    assert (refused.code, refused.facts["found"], refused.facts["example"]) == (code, found, example)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("改期 SO-1042 半天 因为 展会", "whole-days"),
        ("改期 SO-1042 提前1.5天 因为 展会", "whole-days"),
        ("改期 SO-1042 3天 因为 展会", "shift-direction"),
        ("改期 SO-1042 3天后 因为 展会", "from-now"),
        ("改期 SO-1042 国庆后 因为 展会", "date-ambiguous"),
        ("改期 SO-1042 推迟一个月 因为 展会", "shift-unit"),
        ("改期 SO-1042 月底 因为 展会", "date-ambiguous"),
        ("改期 SO-1042 周四 因为 展会", "date-ambiguous"),
        ("改期 SO-1042 11-05 因为 展会", "date-ambiguous"),
        ("改期 SO-1042 2-29 因为 展会", "no-such-date"),
        ("改期 SO-1042 2126-01-01 因为 展会", "date-too-far"),
        ("改期 SO-1042 +0天 因为 展会", "nothing-to-change"),
        ("改数量 SO-1042 几千 因为 加单", "number-approximate"),
        ("改数量 SO-1042 百件 因为 加单", "number-not-understood"),
        ("改数量 SO-1042 10² 因为 加单", "leftover"),
        ("改期 SO-1042 12月 因为 展会", "when-missing"),
        ("改期 SO-1042 12-05~12-08 因为 展会", "when-missing"),
        ("改期 CR-20261128-001 +2天 因为 展会", "change-not-item"),
        ("影响 CR-20261128-001", "change-not-item"),
        ("改工期 MO-2001 8个自然日 因为 停机", "duration-unit"),
        ("影响 SO-1042 +500", "ambiguous-number"),
    ],
)
def test_the_right_refusal_reaches_the_person(text: str, code: str) -> None:
    assert refusal(text).code == code


@pytest.mark.parametrize("between", [" ", "、", " 和 ", ",", "，", " and "])
def test_several_items_are_sent_one_at_a_time(between: str) -> None:
    refused = refusal(f"改期 SO-1042{between}SO-1043 +2天 因为 展会")
    assert refused.code == "several-items"
    assert refused.facts == {"items": "SO-1042、SO-1043", "example": "改期 SO-1042 +2天 因为 展会"}
