"""Reports that are asked for."""

SENTENCES: dict[str, tuple[str, str]] = {
    "ask.ask-starts": ("今天该开工的，开始了吗？", "Due to begin today. Begun?"),
    "ask.ask-reports": ("今天还没有报的，按计划做完了吗？", "Nothing was reported on today. As planned?"),
    "ask.nobodys": ("无负责人", "nobody owns it"),
}
