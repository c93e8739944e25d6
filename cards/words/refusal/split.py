"""Refusals of a split: what there is to be cut, and where."""

SENTENCES: dict[str, tuple[str, str]] = {
    "refusal.split-unclear": ("没有看懂“{found}”：请写清到哪天做完前一段，例如：{example}", "I could not make out “{found}”: write the last day of the first part, e.g. {example}"),
    "refusal.split-no-quantity": ("{item} {title} 没有数量，分不成两段。要改日期请发：改期 {item} 到 <日期>", "{item} {title} has no quantity to be split. To change its dates, send: move {item} to <date>"),
    "refusal.split-nothing-before": ("到 {day} {item} 还做不出一批，没有可以分开的。请写晚一点的日期。", "By {day} nothing of {item} is made yet. Please name a later day."),
    "refusal.split-nothing-left": ("到 {day} {item} 的 {quantity}{unit} 按计划都做完了，没有余下的。请写早一点的日期。", "By {day} all {quantity}{unit} of {item} are made as planned and nothing is left. Please name an earlier day."),
    "refusal.split-past": ("{day} 已经过去了，只能从今天（{today}）起拆分。", "{day} is over; a split can be at {today} or later."),
    "refusal.split-quantity": ("前一段的数量要大于 0、小于 {item} 的 {quantity}{unit}。", "The first part has to be above 0 and below the {quantity}{unit} of {item}."),
    "refusal.split-day": ("前一段要在 {start} 或之后做完，余下的在它之后开始（{item}）。", "The first part of {item} has to end on {start} or later, and the rest to begin after it."),
}
