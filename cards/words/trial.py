"""试算 of drafted settings."""

SENTENCES: dict[str, tuple[str, str]] = {
    "trial.differs": ("试算近 {days} 天：{looked} 单里 {n} 单会不同：{how}", "Dry run of {days} days: of {looked} changes {n} would differ: {how}"),
    "trial.same": ("试算近 {days} 天：{looked} 单变更，没有一单会不同", "Dry run of {days} days: of {looked} changes none would differ"),
    "trial.none": ("近 {days} 天没有变更，没有可试算的", "No changes in the last {days} days to try it on"),
    "trial.newest": ("（只看最近 {n} 单）", " (the newest {n} only)"),
    "trial.count": ("{n} 单{how}", "{n} {how}"),
    "trial.more": ("另有 {n} 种不同", "{n} other differences"),
    "trial.comma": ("，", ", "),
    "trial.class": ("变{klass}", "become {klass}"),
    "trial.asks-more": ("多问{who}", "ask {who} besides"),
    "trial.asks-less": ("不再问{who}", "do not ask {who}"),
    "trial.informs-more": ("多告诉{who}", "tell {who} besides"),
    "trial.informs-less": ("不再告诉{who}", "do not tell {who}"),
    "trial.sooner": ("期限提前", "are due sooner"),
    "trial.later": ("期限推后", "are due later"),
    "trial.refused": ("会被挡下", "would be refused"),
    "trial.passes": ("不再被挡下", "would not be refused"),
    "trial.does-not-govern": ("这一节不决定变更怎么走，没有可试算的变更。", "This section does not say how changes go: there is nothing to try."),
}
