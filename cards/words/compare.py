"""Two states of the plan side by side, and what moved an item from one to the other."""

SENTENCES: dict[str, tuple[str, str]] = {
    # the states
    "compare.baseline": ("基线“{name}”（第 {revision} 版）", "baseline “{name}” (revision {revision})"),
    "compare.revision": ("第 {revision} 版", "revision {revision}"),
    "compare.first": ("最初计划", "the first plan"),
    "compare.now": ("现在（第 {revision} 版）", "now (revision {revision})"),
    # what differs
    "compare.items": ("{n} 项不同：{parts}", "{n} items differ: {parts}"),
    "compare.added": ("新增 {n}", "{n} added"),
    "compare.dropped": ("取消 {n}", "{n} cancelled"),
    "compare.later": ("推迟 {n}", "{n} later"),
    "compare.earlier": ("提前 {n}", "{n} earlier"),
    "compare.days": ("完成日期净差 {n:+} 天", "{n:+} days of finish in all"),
    "compare.late": ("晚交 {n} 单", "{n} orders late"),
    "compare.more": ("…另有 {n} 个部门", "… and {n} more departments"),
    # what the moves of an item come to
    "compare.net.date": ("{field}{shift}", "{field} {shift}"),
    "compare.net.quantity": ("数量{shift}", "quantity {shift}"),
    "compare.net.new": ("那时还没有", "it was not there yet"),
    "compare.net.none": ("没有变化", "no change"),
    # columns of the export
    "compare.column.code": ("编码", "code"),
    "compare.column.title": ("名称", "title"),
    "compare.column.department": ("部门", "department"),
    "compare.column.field": ("差在哪", "field"),
    "compare.column.before": ("原来", "before"),
    "compare.column.after": ("后来", "after"),
    "compare.column.days": ("工作日差", "days"),
}
