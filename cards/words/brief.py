"""Short answers about the whole plan: 总览, 待批, 晚单, 风险, 为什么 of the plan, 待办 全部."""

SENTENCES: dict[str, tuple[str, str]] = {
    "brief.overview": ("总览 · {name} · 计划第 {revision} 版", "Overview · {name} · plan revision {revision}"),
    "brief.open": ("在办 {n} 项，本周内到期 {due} 项", "{n} items open, {due} due by the end of this week"),
    "brief.on-time": ("没有会晚的", "Nothing is late"),
    "brief.waits": (
        "待批 {n} 张，等得最久的是{department}，自 {since}（{no}）",
        "{n} changes wait, longest for {department}, since {since} ({no})",
    ),
    "brief.nothing-waits": ("没有待批的变更", "No change waits for approval"),
    "brief.changed-lately": ("最近 {days} 天改了 {n} 次，动了 {items} 项", "Changed {n} times in {days} days, {items} items moved"),
    "brief.unchanged": ("最近 {days} 天计划没有变过", "The plan has not changed in {days} days"),
    "brief.nothing-changed": ("最近 {days} 天计划没有变过。", "The plan has not changed in {days} days."),
    "brief.conflicts": ("⚡ 有 {n} 个冲突没有裁定", "⚡ {n} conflicts are not settled"),
    "brief.freezes": ("🔒 冻结中：{names}", "🔒 Frozen: {names}"),
    # late
    "brief.late": ("{whose}会晚、已逾期 {n} 项，最晚的在前", "{whose}{n} items late or overdue, the worst first"),
    "brief.nothing-late": ("{whose}没有会晚的，也没有逾期的。", "{whose}Nothing is late or overdue."),
    "brief.past-promise": (
        "{item} {title}（{department}）到 {finish}，承诺 {promised}，晚 {n} 个工作日",
        "{item} {title} ({department}) by {finish}, promised {promised}: {n} working days late",
    ),
    "brief.will-break": (
        "{item} {title}（{department}）预测 {forecast}，承诺 {promised}，晚 {n} 个工作日",
        "{item} {title} ({department}) forecast {forecast}, promised {promised}: {n} working days late",
    ),
    "brief.overdue": (
        "{item} {title}（{department}）应在 {finish} 完成，已逾期 {n} 个工作日",
        "{item} {title} ({department}) was due {finish}: {n} working days overdue",
    ),
    # who has not decided
    "brief.pending": ("还没批的变更 {n} 张，等得最久的在前", "{n} changes not decided yet, the longest wait first"),
    "brief.nothing-pending": ("没有等待决定的变更。", "No change waits for a decision."),
    "brief.owes": (
        "{department} {names}：{n} 张，最早自 {since}（{no}）",
        "{department} {names}: {n}, the first since {since} ({no})",
    ),
    "brief.returned-to": (
        "{names} 还没修改：{n} 张，{department} {since} 退回（{no}）",
        "{names} is to modify: {n}, sent back by {department} {since} ({no})",
    ),
    "brief.held": ("另有 {n} 张因冻结搁置", "{n} more are held by a freeze"),
    "brief.all-open": ("所有没办完的变更 {n} 张，先截止的在前", "{n} open changes, the nearest deadline first"),
    "brief.request": ("{no} {headline}（{proposer}）：{how}", "{no} {headline} ({proposer}): {how}"),
    "brief.waits-for": ("等 {departments}，{due} 截止", "waits for {departments}, until {due}"),
    # who knows
    "brief.knows": ("谁知道 {no} · {headline}", "Who knows of {no} · {headline}"),
    "brief.knows.reached": ("{status} · {reached}/{n} 人已收到或已决定", "{status} · {reached} of {n} have seen or decided it"),
    "brief.knows.owes": ("⏳ {department}：{names} 没决定，{seen}", "⏳ {department}: {names} not decided, {seen}"),
    "brief.knows.told": ("📣 {department}：{seen}", "📣 {department}: {seen}"),
    "brief.knows.later": ("📣 生效后通知：{departments}", "📣 told when it is in effect: {departments}"),
    "brief.knows.received": ("已收到：{names}", "seen by {names}"),
    "brief.knows.sent": ("{at} 已发，没人点收到", "sent {at}, nobody confirmed"),
    "brief.knows.not-sent": ("还没发到", "not sent yet"),
    # why the plan changed
    "brief.changed": (
        "最近 {days} 天计划变了 {n} 次，动了 {items} 项、{departments} 个部门，动得最多的在前",
        "The plan changed {n} times in {days} days, {items} items in {departments} departments, the worst first",
    ),
    "brief.change": (
        "{no} {headline}：{proposer} 提出，因为{reason}；{moved}；{agreed}{taken_back}",
        "{no} {headline}: {proposer} wanted it, because {reason}; {moved}; {agreed}{taken_back}",
    ),
    "brief.brought": ("{no}：{moved}", "{no}: {moved}"),
    "brief.reported": ("{no}（{name} 报 {said}）：{moved}", "{no} ({name} reported {said}): {moved}"),
    "brief.moved": ("动了 {n} 项（{departments}）{farthest}", "{n} items ({departments}){farthest}"),
    "brief.departments": ("{names}等 {n} 个部门", "{names}… {n} departments"),
    "brief.people": ("{names}等 {n} 人", "{names}… {n} people"),
    "brief.farthest": ("，最多 {item} {shift}", ", farthest {item} {shift}"),
    "brief.agreed": ("{names} 同意", "{names} agreed"),
    "brief.to-ratify": ("⚡ 先行生效，{until} 前待追认，还差 {departments}", "⚡ in effect, to be ratified by {until}; missing: {departments}"),
    "brief.unasked": ("按规则不用审批", "by rule nobody had to agree"),
    "brief.taken-back": ("（已撤销）", " (taken back)"),
    # risks
    "brief.risks": ("{first}～{last} 的风险", "Risks from {first} to {last}"),
    "brief.no-risks": ("{first}～{last} 没有看出风险：没有会晚的、没开工的、要到期的审批和冲突。", "From {first} to {last} there is no risk to be seen: nothing late, not begun, about to expire or in conflict."),
    "brief.risk.late": ("⚠ 会晚、逾期 {n} 项：{worst}", "⚠ {n} late or overdue: {worst}"),
    "brief.risk.idle": ("该开工没开工 {n} 项，最早的 {item} {title} 计划 {start} 开工", "{n} not begun in time, first {item} {title}, planned to start {start}"),
    "brief.risk.on-hold": ("暂停中 {n} 项，最急的 {item} {title}", "{n} on hold, most urgent {item} {title}"),
    "brief.risk.ending": ("快截止还没批完 {n} 张：{no} {headline}，{until} 截止", "{n} about to expire undecided: {no} {headline}, until {until}"),
    "brief.risk.making-late": (
        "待批的变更里 {n} 张会让订单晚交：{no} 让 {item} {title} 晚 {days} 天",
        "{n} of the changes that wait would make orders late: {no} makes {item} {title} {days} days late",
    ),
    "brief.risk.conflicts": ("冲突没有裁定 {n} 个：{pair}", "{n} conflicts not settled: {pair}"),
}
