"""Reminders and escalations: who is waited for, and who is called in."""

SENTENCES: dict[str, tuple[str, str]] = {
    # who is called in
    "escalation.rung.deputy": ("副手", "deputy"),
    "escalation.rung.manager": ("部门经理", "manager"),
    "escalation.rung.coordinator": ("计划协调员", "coordinator"),
    "escalation.rung.superior": ("计划协调员的上级", "coordinator's manager"),
    "escalation.rung.admin": ("管理员", "administrator"),
    "escalation.escalated": ("⏫ {at} 没人答复，已升级给{who} {names}", "⏫ {at} nobody answered: escalated to the {who}, {names}"),
    "escalation.told": (
        "⏫ {no} {headline}：{department} {waited}没有决定，已升级给{who} {names}。{waiting} 仍可以决定。",
        "⏫ {no} {headline}: {department} has not decided for {waited}; escalated to the {who}, {names}. "
        "{waiting} may still decide.",
    ),
    # a reminder
    "escalation.reminder": (
        "⏰ {no} {headline}：{department}还没有决定，等 {names}，从 {since} 等到现在已 {waited}。请在 {deadline} 前决定，过期作废。",
        "⏰ {no} {headline}: {department} has not decided. Waiting for {names} since {since}, {waited}. Please "
        "decide by {deadline}, when it expires.",
    ),
    "escalation.reminder.ratify": (
        "⏰ {no} {headline}：紧急变更已先行生效，{department}还没有追认，等 {names}，从 {since} 等到现在已 {waited}。请在 {deadline} 前追认，否则计划恢复。",
        "⏰ {no} {headline}: the emergency is in effect and {department} has not ratified it. Waiting for {names} since "
        "{since}, {waited}. Please decide by {deadline}, or the plan is restored.",
    ),
    "escalation.reminder.ratify.by": (
        "⏰ {name} 催办 {no} {headline}：紧急变更已先行生效，{department}还没有追认，等 {names}，从 {since} 等到现在已 {waited}。请在 {deadline} 前追认，否则计划恢复。",
        "⏰ {name} asks about {no} {headline}: the emergency is in effect and {department} has not ratified it. Waiting for "
        "{names} since {since}, {waited}. Please decide by {deadline}, or the plan is restored.",
    ),
    "escalation.reminder.by": (
        "⏰ {name} 催办 {no} {headline}：{department}还没有决定，等 {names}，从 {since} 等到现在已 {waited}。请在 {deadline} 前决定，过期作废。",
        "⏰ {name} asks about {no} {headline}: {department} has not decided. Waiting for {names} since {since}, {waited}"
        ". Please decide by {deadline}, when it expires.",
    ),
    "escalation.reminder.returned": (
        "⏰ {no} {headline}：{department}要求修改（{wish}），等 {proposer} 答复，从 {since} 等到现在已 {waited}。请 {proposer}（或计划协调员）"
        "发送：{example}。{deadline} 过期作废。",
        "⏰ {no} {headline}: {department} wants it modified ({wish}). Waiting for {proposer} since {since}, {waited}"
        ". {proposer}, or a coordinator, please send: {example}. It expires {deadline}.",
    ),
    "escalation.reminder.returned.by": (
        "⏰ {name} 催办 {no} {headline}：{department}要求修改（{wish}），等 {proposer} 答复，从 {since} 等到现在已 {waited}。请 {proposer}"
        "（或计划协调员）发送：{example}。{deadline} 过期作废。",
        "⏰ {name} asks about {no} {headline}: {department} wants it modified ({wish}). Waiting for {proposer} since {since}, "
        "{waited}. {proposer}, or a coordinator, please send: {example}. It expires {deadline}.",
    ),
    # what a reminder by hand has done
    "escalation.reminded": ("{no} 已提醒：{steps}。", "{no}: reminded {steps}."),
    "escalation.reminded.returned": ("提出人 {proposer}（{department}要求修改）", "{proposer}, who proposed it ({department} wants it modified)"),
    "escalation.reminded.step": ("{department} {names}", "{department} ({names})"),
    "escalation.reminded.skipped": ("{steps} 一小时内刚提醒过，没有再催。", "{steps} had a reminder within the hour and got no other."),
}
