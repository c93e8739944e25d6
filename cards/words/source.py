"""Sources of facts: who told the plan, and as of when."""

SENTENCES: dict[str, tuple[str, str]] = {
    "source.line": ("数据：{sources}", "Data: {sources}"),
    "source.one": ("{name} {at}", "{name} {at}"),
    "source.never": ("从未", "never"),
    "source.mark.late": ("⚠", "⚠"),
    "source.mark.stale": ("🔴", "🔴"),
    "source.name.chat": ("报工", "reports"),
    "source.name.import": ("导入", "import"),
    "source.name.stock": ("库存", "stock"),
    "source.doctor": ("数据来源 {name}：{at}，已过 {age} 工时{expected}{trouble}", "Source {name}: {at}, {age} working hours ago{expected}{trouble}"),
    "source.doctor.never": ("数据来源 {name}：从未有过数据，已等 {age} 工时{expected}{trouble}", "Source {name}: it has never spoken, {age} working hours since it was set up{expected}{trouble}"),
    "source.expected": ("（应在 {hours} 工时内）", " (expected within {hours})"),
    "source.trouble": ("；{at} 出过错：{what}", "; trouble at {at}: {what}"),
    "source.refused": ("{n} 条里 {refused} 条没有记：{why}", "{refused} of {n} were not kept: {why}"),
}
