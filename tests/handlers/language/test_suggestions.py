"""What is no command is answered with the nearest right form, made of the person's own words, and never carried out."""

import pytest

from tests.handlers.language import asked, refusal


@pytest.mark.parametrize(
    ("text", "nearest"),
    [
        ("改气 SO-1042 +2天", "改期 SO-1042 +2天 因为 <原因>"),
        ("该期 SO-1042 +2天 因为 展会", "改期 SO-1042 +2天 因为 展会"),
        ("改气SO-1042提前2天因为展会", "改期 SO-1042提前2天 因为 展会"),
        ("改数 SO-1042 3000", "改数量 SO-1042 3000 因为 <原因>"),
        ("改工其 MO-2001 8天", "改工期 MO-2001 8天 因为 <原因>"),
        ("moev SO-1042 +2d because fair", "move SO-1042 +2d because fair"),
        ("cancle SO-1042", "cancel SO-1042 because <reason>"),
        ("/qyt SO-1042 3000 because more", "qty SO-1042 3000 because more"),
        ("代办", "待办"),
        ("查计化 SO-1042", "查计划 SO-1042"),
        ("tongyi CR-20261128-001", "谁知道 CR-20261128-001"),
        ("SO-1042 提前两天？", "改期 SO-1042 提前两天 因为 <原因>"),
        ("SO-1042 能不能晚两天", "改期 SO-1042 晚两天 因为 <原因>"),
        ("能不能把SO-1042推到 12-10？", "改期 SO-1042 推到12-10 因为 <原因>"),
        ("SO-1042 晚了两天", "改期 SO-1042 晚两天 因为 <原因>"),
        ("SO-1042 晚两天行吗", "改期 SO-1042 晚两天 因为 <原因>"),
        ("SO-1042 要推迟3天吧", "改期 SO-1042 推迟3天 因为 <原因>"),
        ("下周三 SO-1042", "改期 SO-1042 下周三 因为 <原因>"),
        ("把SO-1042改期到12-05", "改期 SO-1042 到12-05 因为 <原因>"),
        ("请帮我改期 SO-1042 +2天 因为 展会", "改期 SO-1042 +2天 因为 展会"),
        ("大家好\n改期 SO-1042 +2天 因为 展会", "改期 SO-1042 +2天 因为 展会"),
        ("客户要把SO-1042加到3000件", "改数量 SO-1042 加到3000件 因为 <原因>"),
        ("SO-1042 +500件", "改数量 SO-1042 +500件 因为 <原因>"),
        ("不要SO-1042了", "取消 SO-1042 因为 <原因>"),
        ("SO-1042", "查计划 SO-1042"),
        ("SO-1042 现在到哪了", "查计划 SO-1042"),
        ("“同意 CR-20261128-001”", "同意 CR-20261128-001"),
        ("钢板推迟3天", "改期 钢板推迟3天 因为 <原因>"),
        ("钢板加500件", "改数量 钢板加500件 因为 <原因>"),
        ("和基线比 SO-1042 晚了几天", "查计划 SO-1042"),
        ("对笔 导入", "对比"),
        ("加单 SO 500", "帮助"),
        ("催催 CR-20261128-001", "催办 CR-20261128-001"),
        ("暂停 SO-1042", "查计划 SO-1042"),
        ("你好", "帮助"),
        ("今天天气不错", "帮助"),
        ("ok", "帮助"),
        ("x" * 500, "帮助"),
        # a suggestion says no less than the sentence, and nothing else than it
        ("计划变了", "帮助"), ("早上会晚到吗", "帮助"),
        ("报工 MO-2441 300", "帮助"), ("到货 PO-7 300件", "帮助"),
        ("SO-1042 推迟2天，SO-1043 提前1天", "帮助"), ("SO-1042 加2天", "帮助"),
        ("不要取消 SO-1042", "查计划 SO-1042"), ("别取消SO-1042", "查计划 SO-1042"),
        ("SO-1042 先不做", "查计划 SO-1042"),
        ("不要改期 SO-1042 +2天 因为 展会", "帮助"), ("SO-1042 别往后推两天", "帮助"),
        ("不要把 SO-1042 推迟2天", "帮助"), ("SO-1042 不能晚两天", "帮助"),
        ("不批 CR-20261128-001", "谁知道 CR-20261128-001"),
        ("disapprove CR-20261128-001", "谁知道 CR-20261128-001"),
    ],
)
def test_the_nearest_right_form_is_offered(text: str, nearest: str) -> None:
    refused = refusal(text)
    assert (refused.code, refused.facts["nearest"]) == ("not-understood", nearest)
    asked(nearest.replace("<原因>", "展会").replace("<reason>", "fair"))


def test_a_long_text_is_quoted_short() -> None:
    assert len(refusal("这是一段很长的话" * 50).facts["found"]) <= 40
