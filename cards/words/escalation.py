"""Waiting, being asked again, being asked in somebody's place: escalation, reminders, leave."""

ESCALATION: dict[str, tuple[str, str]] = {
    # rungs
    "rung.deputy": ("副手", "deputy"),
    "rung.manager": ("部门经理", "manager"),
    "rung.coordinator": ("计划协调员", "coordinator"),
    "rung.superior": ("计划协调员的上级", "coordinator's manager"),
    "rung.admin": ("管理员", "administrator"),
    "escalated": ("⏫ {at} 没人答复，已升级给{who} {names}", "⏫ {at} nobody answered: escalated to the {who}, {names}"),
    "escalated.told": (
        "⏫ {no} {headline}：{department} {hours} 个工时没有决定，已升级给{who} {names}。{waiting} 仍可以决定。",
        "⏫ {no} {headline}: {department} has not decided for {hours} working hours; escalated to the {who}, {names}. "
        "{waiting} may still decide.",
    ),
    # the card to whom it was escalated
    "status.escalated": ("{no} · {department}没答复，请你决定", "{no} · {department} has not answered: please decide"),
    "why-you.escalated": (
        "你是{department}这一步的{who}，{names}在 {hours} 个工时里没有答复",
        "you are the {who} for this step of {department}; {names} did not answer in {hours} working hours",
    ),
    "summary.escalated": (
        "{names} {hours} 个工时没有答复。{proposer}：{reason}。{effect}。{deadline} 过期",
        "{names} have not answered for {hours} working hours. {proposer}: {reason}. {effect}. It expires {deadline}",
    ),
    "summary.escalated-ratify": (
        "{names} {hours} 个工时没有答复。{proposer}：{reason}。{effect}。已先行生效，{deadline} 前没有追认就恢复原计划",
        "{names} have not answered for {hours} working hours. {proposer}: {reason}. {effect}. It is in effect and taken back "
        "unless ratified by {deadline}",
    ),
    "button.approve-instead": ("代为同意", "Approve instead"),
    "button.remind": ("催办", "Remind"),
    # reminders
    "reminder": (
        "⏰ {no} {headline}：{department}还没有决定，等 {names}，从 {since} 等到现在已 {hours} 个工时。请在 {deadline} 前决定，过期作废。",
        "⏰ {no} {headline}: {department} has not decided. Waiting for {names} since {since}, {hours} working hours. Please "
        "decide by {deadline}, when it expires.",
    ),
    "reminder.by": (
        "⏰ {name} 催办 {no} {headline}：{department}还没有决定，等 {names}，从 {since} 等到现在已 {hours} 个工时。请在 {deadline} 前决定，过期作废。",
        "⏰ {name} asks about {no} {headline}: {department} has not decided. Waiting for {names} since {since}, {hours} "
        "working hours. Please decide by {deadline}, when it expires.",
    ),
    "reminder.returned": (
        "⏰ {no} {headline}：{department}要求修改（{wish}），等 {proposer} 答复，从 {since} 等到现在已 {hours} 个工时。请 {proposer}（或计划协调员）"
        "发送：{example}。{deadline} 过期作废。",
        "⏰ {no} {headline}: {department} wants it modified ({wish}). Waiting for {proposer} since {since}, {hours} working "
        "hours. {proposer}, or a coordinator, please send: {example}. It expires {deadline}.",
    ),
    "reminder.returned.by": (
        "⏰ {name} 催办 {no} {headline}：{department}要求修改（{wish}），等 {proposer} 答复，从 {since} 等到现在已 {hours} 个工时。请 {proposer}"
        "（或计划协调员）发送：{example}。{deadline} 过期作废。",
        "⏰ {name} asks about {no} {headline}: {department} wants it modified ({wish}). Waiting for {proposer} since {since}, "
        "{hours} working hours. {proposer}, or a coordinator, please send: {example}. It expires {deadline}.",
    ),
    "reminded.returned": ("提出人 {proposer}（{department}要求修改）", "{proposer}, who proposed it ({department} wants it modified)"),
    "reminded": ("{no} 已提醒：{steps}。", "{no}: reminded {steps}."),
    "reminded.step": ("{department} {names}", "{department} ({names})"),
    "reminded.skipped": ("{steps} 一小时内刚提醒过，没有再催。", "{steps} had a reminder within the hour and got no other."),
    "reminded-already": (
        "{no} 在 {at} 刚提醒过 {steps}，一小时内不再重复。{next} 以后可以再催。",
        "{no}: {steps} had a reminder at {at}; not again within the hour. You can send another after {next}.",
    ),
    "may-not-remind": (
        "{no} 不是你提出的。只有提出人、协调员和要决定它的人可以催办。",
        "{no} is not yours. Only its proposer, a coordinator, and those who decide it can send reminders.",
    ),
    # leave
    "away": ("{name}（请假，{deputy}代）", "{name} (away, {deputy} acts)"),
    "acting-for": ("{name}（代{absent}）", "{name} (for {absent})"),
    "leave.set": (
        "已记下：{name} {first} 到 {last} 请假，由 {deputy} 代为决定。你回来前仍可以自己决定。提前回来请发：代理 取消",
        "Noted: {name} is away from {first} to {last} and {deputy} decides for them. Until {deputy} has, you still may. "
        "Back early? Send: delegate cancel",
    ),
    "leave.replaced": ("原来的安排（{was}）已被替换。", "What was arranged before ({was}) is replaced."),
    "leave.told": (
        "📌 {name} {first} 到 {last} 请假，由 {deputy} 代为决定。",
        "📌 {name} is away from {first} to {last}: {deputy} decides for them.",
    ),
    "leave.stood-in": (
        "{no}：{department}能决定的人不够了，现在等 {names}。",
        "{no}: too few are left who may decide for {department}; it waits for {names} now.",
    ),
    "nobody-left": ("（没有人可以决定）", "(nobody who may decide)"),
    "leave.no-longer": (
        "其中 {first} 到 {last} 不再有人代；还要的话，请发送：代理 {deputy} {first}~{last}",
        "On {first} to {last} nobody acts any more; if somebody should, send: delegate {deputy} {first}~{last}",
    ),
    "leave.circle": (
        "⚠ {day} 那天 {deputy} 也请假，转了一圈没有人代你决定，要由其他审批人或协调员决定。最好换一个人代。",
        "⚠ On {day} {deputy} is away, too, and in a circle nobody is left to act for you: other approvers or a coordinator will "
        "have to decide. Better name somebody else.",
    ),
    "leave.waiting": ("现在等你决定的 {changes} 已经转告 {deputy}。", "{deputy} was told of what waits for you now: {changes}."),
    "leave.ended": ("已取消：{was}。从现在起由你自己决定。", "Cancelled: {was}. From now on you decide yourself."),
    "leave.line": ("{name} {first} 到 {last} 请假，{deputy} 代", "{name} is away from {first} to {last}, {deputy} acts"),
    "leave.none": (
        "现在没有人请假。要请人代理，请发：代理 李娜 12-01~12-05",
        "Nobody is away. To have somebody act for you, send: delegate 李娜 12-01~12-05",
    ),
    "leave-missing": (
        "“{found}”里没有看懂请假到哪天。请写成：{example}",
        "“{found}” does not say which days. Please write: {example}",
    ),
    "leave-backwards": (
        "{last} 早于 {first}，请核对请假的起止日期。",
        "{last} lies before {first}: please check the days.",
    ),
    "leave-over": ("{last} 已经过去了，没有记下。请核对日期。", "{last} has passed; nothing was noted. Please check the days."),
    "no-leave-with": (
        "你没有请 {deputy} 代理，没有要取消的。发送“代理”可以看到谁替谁。",
        "You have not arranged for {deputy} to act for you, so there is nothing to cancel. Send “delegate” to see who acts.",
    ),
    "no-leave": ("你现在没有请假，也没有安排代理，没有要取消的。", "You have no leave arranged, so there is nothing to cancel."),
    "unknown-person": (
        "没有叫“{found}”的人，没有记下。请写姓名或人员编号，例如：{example}",
        "There is nobody called “{found}”; nothing was noted. Write a name or a person's id, e.g. {example}",
    ),
    "ambiguous-person": (
        "叫“{found}”的有好几位：{choices}。请写人员编号。",
        "There are several called “{found}”: {choices}. Please write the person's id.",
    ),
    "deputy-yourself": ("不能由你自己代理自己，请写另一个人。", "You cannot act for yourself; name somebody else."),
    "deputy-missing": (
        "没有写由谁代理，设置里也没有你的副手。请写成：代理 <姓名> {first}~{last}",
        "Who acts for you? You have no standing deputy. Please write: delegate <name> {first}~{last}",
    ),
    "proposers-deputy": (
        "{no} 是 {name} 提出的，你是 {name} 的代理人，不能由你审批。请等其他审批人决定。",
        "{no} was proposed by {name}, for whom you act: somebody else has to decide it.",
    ),
    # the audit trail
    "audit.escalation.climbed": (
        "{subject} {department}没有答复，升级给 {people}",
        "{subject}: {department} did not answer; escalated to {people}",
    ),
    "audit.escalation.reminded": ("{name} 催 {departments}决定 {subject}", "{name} reminded {departments} of {subject}"),
    "audit.escalation.stood-in": (
        "{subject} {department}能决定的人不够了，由 {people} 代为决定",
        "{subject}: too few are left who may decide for {department}; {people} stand in",
    ),
    "audit.delegation.set": ("{subject} 由 {deputy} 代理，{first} 到 {last}", "{deputy} acts for {subject} from {first} to {last}"),
    "audit.delegation.ended": ("{subject} 的代理取消", "nobody acts for {subject} any more"),
}
