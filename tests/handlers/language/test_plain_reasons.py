"""A reason is one without 因为 where it can be nothing else."""

import pytest

from handlers.language import Cancel, ChangeQuantity, Command, Move
from planning.refusal import Refused
from tests.handlers.language import asked


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("MO-1 推迟三天 设备坏了", Move("MO-1", shift=3, reason="设备坏了")),
        ("MO-1 推迟三天，设备坏了。", Move("MO-1", shift=3, reason="设备坏了。")),
        ("MO-1推迟3天客户要求", Move("MO-1", shift=3, reason="客户要求")),
        ("贴片机坏了，MO-1 晚三天", Move("MO-1", shift=3, reason="贴片机坏了")),
        ("改期 MO-1 推迟3天 来料晚到了", Move("MO-1", shift=3, reason="来料晚到了")),
        ("把MO-1延3天（产能不足）", Move("MO-1", shift=3, reason="产能不足")),
        ("MO-1 加500件，客户加单", ChangeQuantity("MO-1", 500, True, "件", "客户加单")),  # type: ignore[arg-type]
        ("取消 SO-1042 客户撤单了", Cancel("SO-1042", "客户撤单了")),
        ("move MO-1 +3d machine broke down", Move("MO-1", shift=3, reason="machine broke down")),
        ("MO-1 delay 3d, material is late", Move("MO-1", shift=3, reason="material is late")),
    ],
)
def test_it_is_taken(text: str, command: Command) -> None:
    assert asked(text) == command


@pytest.mark.parametrize(
    "text",
    [
        "MO-1 推迟三天", "MO-1 推迟三天 设备没坏", "MO-1 推迟三天 设备坏了吗", "MO-1 推迟三天 王强说的",
        "MO-1 推迟三天 好吧",
        "MO-1 推迟三天 客户", "MO-1 能不能推迟三天 设备坏了", "客户要求 MO-1 推迟三天", "设备坏了", "MO-1 设备坏了",
        "MO-1 推迟三天 设备坏了就推五天", "不要推迟 MO-1 三天 设备坏了", "MO-1 推迟三天 客户不急",
        "如果设备坏了，MO-1 推迟三天",
    ],
)  # fmt: skip
def test_it_is_asked_for(text: str) -> None:
    with pytest.raises(Refused):
        asked(text)
