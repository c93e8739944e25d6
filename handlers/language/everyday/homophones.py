"""Commands' words as an input method types them wrongly: `同易` for 同意, `崔一下` for 催一下.

Only what is no word of its own, or could be none where it stands."""

import re

_SLIPS: tuple[tuple[str, str], ...] = (
    ("[同童铜][易议已异艺]", "同意"), ("(?<=不)统一(?=$|[，,。!！ 0-9])|^统一(?=$| ?[0-9])", "同意"),
    ("[驳博搏伯][会灰惠]|[博搏伯]回", "驳回"), ("[撤彻][会灰惠]|彻回", "撤回"),
    ("[崔摧](?=一?[下哈]|办|批|他|她|[\u4e00-\u9fff]{2,3}$)", "催"),
    ("[推腿][吃池持尺]|腿迟", "推迟"), ("[题替]前(?=[0-9一二两三四五六七八九十])", "提前"),
    ("[该盖]期|改起(?= ?[A-Za-z])", "改期"), ("取[肖销]|去消", "取消"),
    ("动结|冻[节接]", "冻结"), ("[察茶差]计划|查[记纪]划", "查计划"), ("[该盖]数量|改书量", "改数量"),
    ("转[较教]", "转交"), ("[待代]辨|带办", "待办"), ("请[价驾]", "请假"), ("[延严]常(?=[0-9 ])", "延长"),
)  # fmt: skip
_PATTERNS = tuple((re.compile(slip), right) for slip, right in _SLIPS)


def spelt_right(text: str) -> str:
    """The text with the words of commands as they are spelt."""
    for slip, right in _PATTERNS:
        text = slip.sub(right, text)
    return text
