"""What people and systems ask for, at random: sensible mostly, and everything that is not."""

from hypothesis import strategies as st

from cards.faces.conflict import MINE, THEIRS
from planning.change.conflict import MERGE
from planning.plan.operation import Op, Operation
from tests.machine import town

PEOPLE = sorted(town.people().people)
ITEMS = sorted(town.plan().items)
REASONS = ("设备故障", "客户加单", "缺料", "质量复检", "大促提前", "别的事")
ANY_ITEM = st.sampled_from(ITEMS)
NUMBERS = st.integers(0, 2**16)
ANYBODY = st.sampled_from([*PEOPLE, town.GHOST])
HOURS = st.sampled_from((0.02, 0.5, 1, 2, 4, 9, 15, 24, 48, 80))


def command(item: str, reason: str) -> st.SearchStrategy[str]:
    shifts = st.integers(1, 6).flatmap(
        lambda n: st.sampled_from((f"推迟{n}天", f"提前{n}天", f"提前{n}天 联动", f"推迟{n}个自然日"))
    )
    days = st.sampled_from(("到 12-10", "到 12-28", "到 12月30日", "到 下周三", "到 11-24"))
    moves = st.one_of(shifts, days).map(lambda when: f"改期 {item} {when}")
    amounts = st.sampled_from(("3000", "+500", "-500", "0", "-5000")).map(lambda n: f"改数量 {item} {n}")
    lengths = st.sampled_from(("8天", "+2天", "-1天", "1天")).map(lambda n: f"改工期 {item} {n}")
    commands = st.one_of(moves, moves, amounts, lengths, st.just(f"取消 {item}"))
    return commands.map(lambda text: f"{text} 因为 {reason}")


SENSIBLE = st.tuples(
    st.sampled_from(("PO-1", "MO-1", "MO-1", "QC-1", "SO-1", "SO-1", "DL-1", "FN-1", "NB-1")),
    st.sampled_from(("推迟1天", "推迟2天", "推迟4天", "提前1天", "到 12-28", "提前1天 联动")),
    st.sampled_from(REASONS),
).map(lambda parts: "改期 {} {} 因为 {}".format(*parts))
"""What planners type most of the time."""
COMMANDS = st.tuples(ANY_ITEM, st.sampled_from(REASONS)).flatmap(lambda pair: command(*pair))
OPERATIONS = st.one_of(
    st.builds(Operation, ANY_ITEM, st.just(Op.SHIFT), st.integers(-4, 6)),
    st.builds(Operation, ANY_ITEM, st.sampled_from((Op.PIN, Op.UNPIN, Op.CANCEL)), st.none()),
    st.builds(Operation, ANY_ITEM, st.just(Op.REASSIGN), st.sampled_from(("sales", "quality", "finance"))),
    st.builds(
        Operation,
        ANY_ITEM,
        st.sampled_from((Op.LINK, Op.UNLINK)),
        ANY_ITEM.map(lambda code: {"successor": code}),
    ),
    st.builds(
        Operation,
        st.sampled_from(("NEW-1", "NEW-2")),
        st.just(Op.ADD),
        st.just({"title": "插单", "type": "production", "department": "production", "start": "2026-12-09",
                 "duration_days": "2"}),
    ),
)  # fmt: skip



ABOUT_A_CHANGE = st.sampled_from((
    "同意 {no}", "驳回 {no} 因为 做不到", "驳回 {no}", "驳回 {no} 因为 太急 建议 改期 MO-1 推迟1天", "撤回 {no}",
    "要求修改 {no} 因为 请改到 12-28", "修改 {no} 改期 MO-1 推迟1天", "修改 {no} 改期 SO-1 推迟2天", "撤销 {no}",
    "延长 {no} 1天", "催办 {no}", "冲突 {no} 以我为准", "冲突 {no} 以对方为准", "冲突 {no} 合并",
))  # fmt: skip
QUESTIONS = st.sampled_from((
    "待办", "查计划 MO-1", "查计划 SO-1", "查计划 生产部", "冲突", "影子", "规则", "谁知道 {no}", "早会", "冻结 查看",
    "为什么 MO-1", "代理", "影响 MO-1 推迟3天", "随便说说", "规则 试算 改期 MO-1 推迟1天 因为 故障",
))  # fmt: skip
LEAVES = st.sampled_from(("11-23~11-24", "11-24~11-27", "11-26~12-04", "12-07~12-11", "11-20~11-21", ""))
SCOPES = st.sampled_from(("生产部", "销售部", "全部", "采购部"))
WINDOWS = st.sampled_from(("11-23~11-30", "12-01~12-20", "12-07~12-18", "12-21~12-31"))
PLANNERS = st.sampled_from(("he", "han", "qian", "lin"))
KEEPERS = st.sampled_from(("lin", "lin", "admin", "su"))
"""Who tries to freeze; not everybody may."""
CHOICES = st.sampled_from(("", "capacity", "lin", "wang", MINE, THEIRS, MERGE))
"""Of the second pages, and of a conflict's card."""
CONTESTED = st.sampled_from(("PO-1", "MO-1", "SO-1", "FN-1"))
ARBITERS = st.sampled_from((("he", "lin"), ("lin", "he"), ("boss",), ("he",), ()))
"""Who presses on a conflict's card, one after the other."""
OUTCOMES = st.sampled_from((MINE, THEIRS, MERGE))
COLLEAGUES = st.one_of(st.sampled_from(("lin", "han", "wang")), st.sampled_from(PEOPLE))
"""Whom somebody hands a step to."""
TYPED = st.sampled_from(("", "", "请改到 12-28", "做不到", "太急 建议 改期 SO-1 推迟1天", "建议 随便"))
RULES = st.sampled_from(("small", "machine-down", "quality-hold", "none"))
SETTINGS = st.sampled_from(("", "", "newer", *sorted(town.HOUSES)))
"""Of the next process: the same, a newer list of holidays, or others altogether."""


MAKES = (
    "报工 MO-1 {n}", "报工 MO-1 {n} 报废20", "报工 MO-1 60%", "报工 MO-1 剩3天", "报工 MO-1 预计 12-22", "开工 MO-1",
    "报工 MO-2 {n}", "报工 MO-2 {n} 昨天", "报工 MO-2 {n} 追加", "报工 MO-2 2500 超产", "报工 MO-2 很多",
    "报工 MO-4 {n}", "停机 MO-1 预计 12-09", "停机 生产部",
    "开工 MO-4", "完成 MO-2", "完成 MO-1", "完成 MO-1 够了", "完成 MO-2 够了 昨天",
    "报工 MO-9 5",
)  # fmt: skip
BRINGS = (
    "到货 PO-1 {n}", "到货 PO-1 {n} 余下 12-09", "到货 PO-1 {n} 余下 12-28", "到货 PO-1 全部", "报工 PO-1 预计 12-16",
    "隔离 PO-1 因为 来料不良", "12-11",
)  # fmt: skip
FINISHES = (
    "完成 RC-1", "报工 QC-1 50%", "完成 QC-1", "完成 SO-1", "开工 SO-1", "完成 DL-1", "完成 FN-1", "完成 NB-1",
)  # fmt: skip


def _said_by(people: tuple[str, ...], texts: tuple[str, ...]) -> st.SearchStrategy[tuple[str, str]]:
    return st.tuples(st.sampled_from(people), st.sampled_from(texts))


REPORTS = st.one_of(
    _said_by(("wang", "han", "lin", "he"), MAKES), _said_by(("wang", "han"), MAKES),
    _said_by(("zhao", "qian", "lin"), BRINGS), _said_by(("li", "su", "lin", "jin"), FINISHES),
)  # fmt: skip
"""Who says what has happened; some of it is refused."""
AMOUNTS = st.sampled_from((1, 40, 150, 300, 500, 1000, 2000))
CORRECTIONS = st.sampled_from((
    "更正 {no} 150", "更正 {no} 作废", "更正 {no} 作废 因为 报错单号", "更正 120", "更正 {no} 60%",
))  # fmt: skip
SEES_TO = st.sampled_from(("wang", "han", "zhao", "li", "he", "lin", "boss"))
"""Whose it is, mostly, and coordinators."""
STANDING = st.sampled_from((
    "异常", "异常 全部", "异常 已静音", "齐套", "齐套 MO-1", "进度 MO-1", "进度 按部门",
))  # fmt: skip
SHELF = st.sampled_from((0, 100, 300, 900))
"""What a count finds."""
