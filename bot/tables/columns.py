"""The columns of plan tables: their English and Chinese headers, and the words their cells may hold."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from planning.item import Constraint, Mode, Status
from planning.link import Drives, LagKind, LinkKind


@dataclass(frozen=True, slots=True)
class Column:
    """`name` is the contract's, `chinese` what an export shows, `others` what files also call it."""

    name: str
    chinese: str
    others: tuple[str, ...] = ()

    def header(self, locale: str) -> str:
        return self.name if locale == "en" else self.chinese


ITEMS = (
    Column("code", "编码", ("单号", "编号", "计划单号", "事项编码", "no", "id")),
    Column("type", "类型", ("类别", "单据类型")),
    Column("title", "名称", ("标题", "事项", "事项名称", "任务名称", "内容", "name")),
    Column("department", "部门", ("责任部门", "负责部门", "归属部门")),
    Column("also_informs", "知会", ("知会部门", "抄送", "抄送部门")),
    Column("owner", "负责人", ("责任人", "经办人")),
    Column("quantity", "数量", ("计划数量", "qty")),
    Column("unit", "单位", ("计量单位", "uom")),
    Column("duration_days", "工期(天)", ("工期", "天数", "duration")),
    Column("mode", "方式", ("排程方式", "排产方式")),
    Column("constraint", "约束", ("约束类型",)),
    Column("constraint_date", "约束日期"),
    Column("start", "开始", ("开始日期", "计划开始", "start_date")),
    Column("finish", "完成", ("完成日期", "计划完成", "结束", "结束日期", "end", "finish_date")),
    Column("status", "状态"),
    Column("product", "产品", ("物料", "产品编码", "物料编码")),
    Column("lot_minimum", "最小批量", ("起订量", "moq")),
    Column("lot_multiple", "批量倍数", ("包装倍数",)),
    Column("calendar", "日历"),
    Column("revision", "版本", ("计划版本",)),
)
LINKS = (
    Column("predecessor", "前置", ("前置单号", "前置编码", "前置任务", "前序")),
    Column("successor", "后续", ("后续单号", "后续编码", "后续任务", "后置")),
    Column("kind", "关系", ("关系类型",)),
    Column("lag_days", "间隔", ("间隔(天)", "间隔天数", "lag")),
    Column("lag_kind", "间隔单位"),
    Column("drives", "驱动"),
    Column("ratio", "用量", ("数量比", "比例")),
    Column("scrap", "损耗", ("损耗率", "报废率")),
    Column("hard", "硬性", ("是否硬性",)),
    Column("calendar", "日历"),
    Column("revision", "版本", ("计划版本",)),
)
LINK_SHEETS = ("links", "链接", "关系")

# The first word of each tuple is what a Chinese export writes.
TYPES: Mapping[str, tuple[str, ...]] = {
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
MODES: Mapping[Mode, tuple[str, ...]] = {
    Mode.ASAP: ("尽早", "自动"),
    Mode.ALAP: ("尽晚", "倒排"),
    Mode.PINNED: ("固定", "锁定", "手工锁定"),
}
CONSTRAINTS: Mapping[Constraint, tuple[str, ...]] = {
    Constraint.START_NO_EARLIER_THAN: ("不早于", "最早开始", "开始不早于"),
    Constraint.FINISH_NO_LATER_THAN: ("不晚于", "最晚完成", "完成不晚于"),
}
STATUSES: Mapping[Status, tuple[str, ...]] = {
    Status.PROPOSED: ("建议", "草稿", "待确认"),
    Status.CONFIRMED: ("确认", "已确认"),
    Status.RELEASED: ("下达", "已下达"),
    Status.IN_PROGRESS: ("执行中", "进行中"),
    Status.DONE: ("完成", "已完成"),
    Status.CLOSED: ("关闭", "已关闭"),
    Status.ON_HOLD: ("暂停", "挂起", "已暂停"),
    Status.CANCELLED: ("取消", "已取消"),
}
KINDS: Mapping[LinkKind, tuple[str, ...]] = {
    LinkKind.FS: ("完成-开始",),
    LinkKind.SS: ("开始-开始",),
    LinkKind.FF: ("完成-完成",),
    LinkKind.SF: ("开始-完成",),
}
LAG_KINDS: Mapping[LagKind, tuple[str, ...]] = {
    LagKind.WORKING: ("工作日",),
    LagKind.CALENDAR: ("自然日", "日历日"),
}
DRIVES: Mapping[Drives, tuple[str, ...]] = {
    Drives.SUCCESSOR: ("后续", "后置"),
    Drives.PREDECESSOR: ("前置", "前序"),
}
CALENDARS: Mapping[str, tuple[str, ...]] = {
    "china": ("法定工作日", "中国"),
    "weekdays": ("周一到周五", "双休"),
    "every-day": ("每天", "无休"),
}
TRUTHS: Mapping[str, tuple[str, ...]] = {
    "yes": ("是", "true", "1", "硬"),
    "no": ("否", "false", "0", "软"),
}


Choice = TypeVar("Choice", bound=str)


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """A header or word without what people vary: case, width, blanks, a bracketed unit, `-` for `_`."""
    plain = unicodedata.normalize("NFKC", text).strip().lower().replace("-", "_").replace(" ", "_")
    return plain.partition("(")[0].strip("_") or plain


def by_header(columns: tuple[Column, ...]) -> dict[str, str]:
    """Every header a file may use, folded, to the column's name."""
    return {folded(word): column.name for column in columns for word in (column.name, column.chinese, *column.others)}


def by_word(words: Mapping[Choice, tuple[str, ...]]) -> dict[str, Choice]:
    """Every word a cell may hold, folded, to what it means."""
    return {folded(word): choice for choice, others in words.items() for word in (str(choice), *others)}


def shown(words: Mapping[Choice, tuple[str, ...]], value: Choice, locale: str) -> str:
    """What an export writes for a value; a value without a word of its own stands for itself."""
    others = words.get(value)
    return others[0] if others and locale != "en" else str(value)
