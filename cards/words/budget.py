"""Calls of a platform that count by the month."""

SENTENCES: dict[str, tuple[str, str]] = {
    "budget.none": ("没有按月计次的平台。", "No platform here counts calls by the month."),
    "budget.spent": ("{platform}本月调用 {spent} / {limit} 次（{percent}%）", "{platform}: {spent} of {limit} calls of this month ({percent}%)"),
    "budget.ours": ("其中本计划 {n} 次，其余是同一应用的别的计划用的", "{n} of them by this plan, the rest by the others of the same app"),
    "budget.kind.approval": ("审批卡片 {n}", "cards that ask {n}"),
    "budget.kind.card": ("其他卡片 {n}", "other cards {n}"),
    "budget.kind.notice": ("早会和提醒 {n}", "digests and reminders {n}"),
    "budget.kind.answer": ("查询回答 {n}", "answers {n}"),
    "budget.lasts": ("照这样到月底约 {forecast} 次，够用。", "At this pace about {forecast} by the month's end: enough."),
    "budget.ends": ("⚠ 照这样 {day} 用完（到月底要 {forecast} 次）。", "⚠ At this pace they are used up on {day} ({forecast} by the month's end)."),
    "budget.kept": ("最后 {reserve} 次只留给卡片；到那时早会、提醒和查询会停，审批照常。", "The last {reserve} are kept for cards: digests, reminders and answers will wait then, approvals go on."),
    "budget.only-cards": (
        "只剩下留给卡片的 {reserve} 次以内：{renewed}之前早会、提醒和查询都不发，审批照常。",
        "No more than the {reserve} kept for cards are left: until {renewed} digests, reminders and answers wait; approvals go on.",
    ),
    "budget.language": (
        "语言模型 {model} 本月问了 {calls} / {limit} 次，答了 {answered} 次（发出 {tokens_in}、收到 {tokens_out} token）",
        "Language model {model}: asked {calls} of {limit} times this month, {answered} answered ({tokens_in} tokens sent, {tokens_out} received)",
    ),
    "budget.language-cost": (
        "花费约 {cost}；照这样到月底约 {forecast} 次，约 {later}（按设置里的 token 单价）。",
        "About {cost} so far; at this pace about {forecast} calls and {later} by the month's end (by the prices in the settings).",
    ),
    "budget.language-pace": ("照这样到月底约 {forecast} 次。", "At this pace about {forecast} calls by the month's end."),
    "budget.language-over": (
        "⚠ 本月次数已用完：下月之前不再问模型，随口说的话按最接近的例子给按钮。",
        "⚠ Used up: until next month the model is not asked; free speech gets the nearest examples.",
    ),
    "budget.see": (
        "看花在哪里请发：预算。不够就给企业换更高的{platform}版本，再请管理员改设置 monthly_calls。",
        "To see what they went to, send: budget. For more, take a higher edition of {platform}, then have monthly_calls set.",
    ),
    "budget.no-answer": (
        "{platform}本月的调用只剩 {left} 次，都留给审批卡片：{renewed}之前不再回答查询。提变更、审批照常，请一次写完整（例如：改期 MO-1 推迟1天 因为 停机）。",
        "{platform} has {left} calls left this month, all kept for cards: until {renewed} questions are not answered. "
        "Changes and approvals go on; please write a change in one line (such as: move MO-1 by 1 day because machine down).",
    ),
}
