"""The columns of plan tables, with their English and Chinese headers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.tables.vocabulary import header_keys


@dataclass(frozen=True, slots=True)
class Column:
    """`name` is the contract's, `chinese` what an export shows, `others` what files also call it."""

    name: str
    chinese: str
    others: tuple[str, ...] = ()

    def header(self, locale: str) -> str:
        return self.name if locale == "en" else self.chinese


ITEMS = (
    Column(
        "code", "编码",
        ("单号", "编号", "计划单号", "事项编码", "订单号", "单据编号", "任务编号", "标识号", "no", "id", "task_id"),
    ),
    Column("type", "类型", ("类别", "单据类型")),
    Column("title", "名称", ("标题", "事项", "事项名称", "任务名称", "品名", "内容", "name", "task_name")),
    Column("department", "部门", ("责任部门", "负责部门", "归属部门")),
    Column("also_informs", "知会", ("知会部门", "抄送", "抄送部门")),
    Column("owner", "负责人", ("责任人", "经办人")),
    Column("quantity", "数量", ("计划数量", "qty")),
    Column("unit", "单位", ("计量单位", "uom")),
    Column("duration_days", "工期(天)", ("工期", "天数", "duration")),
    Column("mode", "方式", ("排程方式", "排产方式")),
    Column("constraint", "约束", ("约束类型",)),
    Column("constraint_date", "约束日期"),
    Column(
        "start", "开始",
        ("开始日期", "开始时间", "计划开始", "计划开始日期", "计划开始时间",
         "start_date", "begin_date", "planned_start"),
    ),
    Column(
        "finish", "完成",
        ("完成日期", "完成时间", "计划完成", "计划完成日期", "计划完成时间", "结束", "结束日期", "结束时间", "计划结束",
         "finish_date", "end_date", "end", "planned_finish"),
    ),
    Column("status", "状态"),
    Column("product", "产品", ("物料", "产品编码", "物料编码")),
    Column("lot_minimum", "最小批量", ("起订量", "moq")),
    Column("lot_multiple", "批量倍数", ("包装倍数",)),
    Column("calendar", "日历"),
    Column("revision", "版本", ("计划版本",)),
)  # fmt: skip
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
STOCK = (
    Column("product", "产品", ("物料", "产品编码", "物料编码")),
    Column("on_hand", "现存量", ("库存", "可用量", "现有库存")),
    Column("safety", "安全库存"),
    Column("as_of", "截至", ("盘点时间", "库存时间", "截至时间", "快照时间")),
)
PREDECESSORS = Column("predecessors", "前置任务", ("前置", "前置单号", "前置编码", "紧前任务", "前导任务"))
"""A column of items that holds links, as project programs export them; our own exports have a table of links."""
ITEMS_READ = (*ITEMS, PREDECESSORS)
HEADERS: Mapping[str, Column] = {column.name: column for column in (*STOCK, *LINKS, *ITEMS_READ)}
LINK_SHEETS = ("links", "链接", "关系")
STOCK_SHEETS = ("stock", "库存")


Named = tuple[str, int]
"""A column's name, and how far down its list of words a header stands; the contract's two are first."""


def by_header(columns: tuple[Column, ...], own: Sequence[tuple[str, str]] = ()) -> dict[str, Named]:
    """Every header a file may use, folded. `own` are a company's words with the columns they mean: they come behind the
    two that an export writes, and before what else is known."""
    names = {column.name for column in columns}
    own = [(word, name) for word, name in own if name in names]
    meant = {header_keys(word)[0]: name for word, name in own}
    found: dict[str, Named] = {}
    for column in columns:
        words = (column.name, column.chinese, *(word for word, name in own if name == column.name), *column.others)
        for place, word in enumerate(words):
            key = header_keys(word)[0]
            if meant.get(key, column.name) == column.name:
                found.setdefault(key, (column.name, max(place - 1, 0)))
    return found


def written_for(word: str) -> set[str]:
    """The columns that an export names so."""
    key = header_keys(word)[0]
    columns = HEADERS.values()
    return {one.name for one in columns if key in (header_keys(one.name)[0], header_keys(one.chinese)[0])}
