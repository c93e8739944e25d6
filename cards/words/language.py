"""`run.py language`: how well free speech is understood."""

SENTENCES: dict[str, tuple[str, str]] = {
    "language.report": ("选中的是不是想说的（按周）：", "Was what was meant among what was offered, by week:"),
    "language.unknown": ("没有这个选择：{id}。发 run.py language list 看有哪些。", "There is no choice {id}: see run.py language list."),
    "language.forgotten": ("不再从 {id} 学习，一分钟内生效。", "Nothing is learnt from {id} any more, within a minute."),
    "language.none": ("还没有人选过。", "Nobody has chosen anything yet."),
    "language.week": (
        "{monday} 起一周：{asked} 次，第一个就对 {first}，前三个里有 {three}，都不是 {neither} 次",
        "week of {monday}: {asked} answered, the first was right {first}, one of three {three}, none of them {neither}",
    ),
    "language.exported": ("已导出 {count} 句到 {file}；单号和人名已替换。", "{count} sentences written to {file}; codes and names are replaced."),
}
