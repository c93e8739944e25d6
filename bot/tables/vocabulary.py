"""Vocabulary of cells, Chinese and English."""

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import Generic, TypeVar

from planning.plan.item import Constraint, Mode, Status
from planning.plan.link import Drives, LagKind, LinkKind

C = TypeVar("C", bound=str)


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """Fold a header or word: case, width, blanks, a bracketed unit, `-` for `_`."""
    plain = unicodedata.normalize("NFKC", text).strip().lower().replace("-", "_").replace(" ", "_")
    return plain.partition("(")[0].strip("_") or plain


_SIGNS = "*＊★●:：# "
"""Signs around a header: what has to be filled in, and what follows."""
_BETWEEN_CHINESE = re.compile(r"(?<=[\u4e00-\u9fff])_+(?=[\u4e00-\u9fff])")


def header_keys(text: str) -> list[str]:
    """Folds of a header: of all of it, then of each of its lines, which may be two languages."""
    lines = [line for line in text.splitlines() if line.strip()]
    pieces = [" ".join(lines), *(lines if len(lines) > 1 else ())]
    return list(dict.fromkeys(_BETWEEN_CHINESE.sub("", folded(piece.strip(_SIGNS)).strip("*_")) for piece in pieces))


class Choices(Generic[C]):
    """Choices of a cell by the words for them; an export writes the first Chinese one."""

    def __init__(self, words: Mapping[C, tuple[str, ...]]) -> None:
        self._words = words
        self.meanings: Mapping[str, C] = {
            folded(word): choice for choice, others in words.items() for word in (str(choice), *others)
        }

    def written(self, choice: C, locale: str) -> str:
        """Word an export writes; a value without one stands for itself."""
        others = self._words.get(choice)
        return others[0] if others and locale != "en" else str(choice)

    def written_for(self, word: str) -> C | None:
        """The choice for which an export writes this word."""
        key = folded(word)
        return next((one for one in self._words if key in (folded(one), folded(self.written(one, "zh-CN")))), None)

    def listed(self, locale: str) -> str:
        """All choices, for people."""
        if locale == "en":
            return ", ".join(str(choice) for choice in self._words)
        return "、".join(f"{others[0]}({choice})" for choice, others in self._words.items())


TYPES = Choices[str](
    {
        "promotion": ("促销",),
        "sales_order": ("销售订单", "订单"),
        "forecast": ("预测",),
        "planning": ("排产",),
        "production": ("生产", "工单"),
        "purchase": ("采购", "采购订单"),
        "receipt": ("入库", "收货"),
        "quality": ("质检", "检验"),
        "delivery": ("发货", "交付"),
        "payment": ("付款",),
        "collection": ("回款", "收款"),
        "finance": ("财务",),
        "milestone": ("里程碑",),
        "task": ("任务",),
    }
)
MODES = Choices[Mode](
    {
        Mode.ASAP: ("尽早", "自动"),
        Mode.ALAP: ("尽晚", "倒排"),
        Mode.PINNED: ("固定", "锁定", "手工锁定"),
    }
)
CONSTRAINTS = Choices[Constraint](
    {
        Constraint.START_NO_EARLIER_THAN: ("不早于", "最早开始", "开始不早于"),
        Constraint.FINISH_NO_LATER_THAN: ("不晚于", "最晚完成", "完成不晚于"),
    }
)
STATUSES = Choices[Status](
    {
        Status.PROPOSED: ("建议", "草稿", "待确认"),
        Status.CONFIRMED: ("确认", "已确认"),
        Status.RELEASED: ("下达", "已下达"),
        Status.IN_PROGRESS: ("执行中", "进行中"),
        Status.DONE: ("完成", "已完成"),
        Status.CLOSED: ("关闭", "已关闭"),
        Status.ON_HOLD: ("暂停", "挂起", "已暂停"),
        Status.CANCELLED: ("取消", "已取消"),
    }
)
KINDS = Choices[LinkKind](
    {
        LinkKind.FS: ("完成-开始",),
        LinkKind.SS: ("开始-开始",),
        LinkKind.FF: ("完成-完成",),
        LinkKind.SF: ("开始-完成",),
    }
)
LAG_KINDS = Choices[LagKind](
    {
        LagKind.WORKING: ("工作日",),
        LagKind.CALENDAR: ("自然日", "日历日"),
    }
)
DRIVES = Choices[Drives](
    {
        Drives.SUCCESSOR: ("后续", "后置"),
        Drives.PREDECESSOR: ("前置", "前序"),
    }
)
CALENDARS = Choices[str](
    {
        "china": ("法定工作日", "中国"),
        "weekdays": ("周一到周五", "双休"),
        "every-day": ("每天", "无休"),
    }
)
TRUTHS = Choices[str](
    {
        "yes": ("是", "true", "1", "硬"),
        "no": ("否", "false", "0", "软"),
    }
)
