"""Refusals by the rules of the plan, and what they only remark on."""

SENTENCES: dict[str, tuple[str, str]] = {
    # there is no such thing
    "refusal.no-plan": ("还没有导入计划。请管理员运行：python run.py import ITEMS.csv LINKS.csv", "There is no plan yet. The administrator can bring one in: python run.py import ITEMS.csv LINKS.csv"),
    "refusal.unknown-department": ("没有叫“{department}”的部门。部门有：{departments}", "There is no department “{department}”. There are: {departments}"),
    "refusal.exception-over": ("EX-{n} 已经消除了，不用再处理。", "EX-{n} is over, there is nothing left to do."),
    "refusal.no-exception": ("没有 EX-{n}。发“异常 全部”看现在有哪些。", "There is no EX-{n}. “exceptions all” lists what there is."),
    "refusal.filter-name": (
        "先筛选，再给它起个名字，才能存下来。",
        "Filter first, and give it a name: then it can be saved.",
    ),
    "refusal.filters-full": (
        "最多存 {limit} 个筛选。先去掉一个不用的。",
        "{limit} filters can be saved. Drop one first that you do not need.",
    ),
    "refusal.filter-elsewhere": (
        "看板和甘特里，你已经有一页存了叫“{name}”的筛选，换个名字再存。",
        "Between the board and the chart, the other one has a filter of yours called “{name}”: save this under another name.",
    ),
    "refusal.no-cure": (
        "EX-{n} 改计划解决不了：{what}",
        "No change of the plan would end EX-{n}: {what}",
    ),
    "refusal.not-your-exception": (
        "EX-{n} 由 {names} 处理，要推迟提醒请找他们。",
        "EX-{n} is for {names} to see to: ask them to put it off.",
    ),
    "refusal.snooze-critical": (
        "EX-{n} 已经紧急，不能推迟提醒。可以点“已在处理”，或者提出变更。",
        "EX-{n} is critical and cannot be put off. Say that you see to it, or propose a change.",
    ),
    "refusal.snooze-too-long": (
        "EX-{n} 最多推迟 {limit} 个工作日，写的是 {days} 个。",
        "EX-{n} can be put off for {limit} working days at most, not {days}.",
    ),
    "refusal.may-not-mute": (
        "静音要由计划协调员来做。自己的异常可以点“稍后”。",
        "Only a coordinator can mute it. What is yours you can put off with “Later”.",
    ),
    "refusal.mute-too-long": (
        "最多静音 {limit} 个工作日，写的是 {days} 个。",
        "It can be muted for {limit} working days at most, not {days}.",
    ),
    "refusal.unknown-exception": (
        "没有叫“{found}”的异常、部门或单号。异常有：{codes}",
        "There is no exception, department or code “{found}”. Exceptions are: {codes}",
    ),
    "refusal.unknown-revision": ("没有第 {revision} 版可看：能看的是第 {oldest} 版到第 {newest} 版。", "Revision {revision} cannot be shown: there are {oldest} to {newest}."),
    "refusal.unknown-point": (
        "没有叫“{found}”的版本、基线或部门。版本有 {oldest} 到 {newest}，基线有：{baselines}",
        "There is no revision, baseline or department “{found}”. Revisions are {oldest} to {newest}, baselines: {baselines}",
    ),
    "refusal.no-dead-letter": (
        "没有编号为 {key} 的送不到的消息，什么也没有做。列出全部：python run.py outbox",
        "There is no undelivered message {key}; nothing was done. List them all: python run.py outbox",
    ),
    "refusal.unknown-calendar": ("没有叫“{calendar}”的日历。可用的有：{known}", "There is no calendar “{calendar}”. There are: {known}"),
    "refusal.baseline-exists": ("已经有基线“{name}”了（第 {revision} 版），基线不能改。请换一个名称。", "There is a baseline “{name}” already (revision {revision}), and baselines never change. Choose another name."),
    "refusal.stale-table": (
        "{file} 是按第 {revision} 版导出的，现在计划已是第 {head} 版。请重新导出后再改，否则会覆盖之后的变更。",
        "{file} was exported at revision {revision}, the plan is at {head} now. Export again and edit that, or later "
        "changes would be undone.",
    ),
    "refusal.import-removes": (
        "{file} 里没有计划现有 {items} 项中的 {removed} 项，导入会把它们删掉，所以没有导入。文件要包含整份计划；确实要删，请加 --replace。",
        "{file} lacks {removed} of the plan's {items} items; importing would remove them, so nothing was imported. The file has to be the "
        "whole plan; if they are to go, add --replace.",
    ),
    "refusal.import-overtaken": (
        "看清单的时候计划从第 {seen} 版到了第 {head} 版，{file} 没有导入。请再运行一次，看新的清单。",
        "While you looked, the plan went from revision {seen} to {head}, so {file} was not imported. Run it again and look at the new list.",
    ),
    # an operation
    "refusal.predecessor-later": (
        "{item} 不能在 {date} 开始：前面的 {predecessor} 到时还没做完，最早从 {earliest} 开始。要更早，请先提前 {predecessor}；"
        "就排在最早，请发送：改期 {item} 开始 到 {earliest} 因为 <原因>",
        "{item} cannot start on {date}: {predecessor} before it is not finished then, {earliest} is the earliest start. To go "
        "earlier, move {predecessor} first; for the earliest, send: move {item} start to {earliest} because <reason>",
    ),
    "refusal.predecessor-later-finish": (
        "{item} 不能在 {finish} 完成：那样 {date} 就要开始，前面的 {predecessor} 到时还没做完；最早 {earliest_finish} 完成。"
        "要更早，请先提前 {predecessor}；就排在最早，请发送：改期 {item} 到 {earliest_finish} 因为 <原因>",
        "{item} cannot finish on {finish}: it would start on {date}, when {predecessor} before it is not finished; "
        "{earliest_finish} is the earliest finish. To go earlier, move {predecessor} first; for the earliest, send: move "
        "{item} to {earliest_finish} because <reason>",
    ),
    "refusal.predecessor-later-stays": (
        "{item} 现在 {earliest} 开始、{earliest_finish} 完成，已经是最早：前面的 {predecessor} 在那之前做不完。要更早，请先提前 {predecessor}。",
        "{item} starts on {earliest} and finishes on {earliest_finish}, which is the earliest: {predecessor} before it is not "
        "finished sooner. To go earlier, move {predecessor} first.",
    ),
    "refusal.in-the-past": ("{item} 不能改到过去：{date} 早于今天（{today}）。", "{item} cannot be moved into the past: {date} lies before today ({today})."),
    "refusal.in-the-past-finish": (
        "{item} 不能在 {finish} 完成：那样 {date} 就要开始，已经过去（今天是 {today}）。",
        "{item} cannot finish on {finish}: it would have to start on {date}, which has passed (today is {today}).",
    ),
    "refusal.before-constraint": (
        "{item} 不能在 {date} 开始：它的约束是不早于 {earliest}。就排在最早，请发送：改期 {item} 开始 到 {earliest} 因为 <原因>",
        "{item} cannot start on {date}: its constraint is no earlier than {earliest}. For the earliest, send: move {item} start "
        "to {earliest} because <reason>",
    ),
    "refusal.before-constraint-finish": (
        "{item} 不能在 {finish} 完成：那样 {date} 就要开始，它的约束是不早于 {earliest} 开始；最早 {earliest_finish} 完成。"
        "就排在最早，请发送：改期 {item} 到 {earliest_finish} 因为 <原因>",
        "{item} cannot finish on {finish}: it would start on {date}, and its constraint is no earlier than {earliest}; "
        "{earliest_finish} is the earliest finish. For the earliest, send: move {item} to {earliest_finish} because <reason>",
    ),
    "refusal.before-constraint-stays": (
        "{item} 现在 {earliest} 开始、{earliest_finish} 完成，已经是最早：它的约束是不早于 {earliest} 开始。",
        "{item} starts on {earliest} and finishes on {earliest_finish}, which is the earliest: its constraint is no earlier than "
        "{earliest}.",
    ),
    "refusal.already-started": (
        "{item} 已经在 {start} 开始了，开始日期不能再改。可以改完成日期：改期 {item} 到 <日期> 因为 <原因>",
        "{item} began on {start}; its start cannot be changed any more. Its finish can: move {item} to <date> because <reason>",
    ),
    "refusal.finish-before-start": ("{item} 的完成日期 {finish} 早于开始日期 {start}。", "{item} would finish on {finish}, before it starts on {start}."),
    "refusal.item-is-over": ("{item} 已经结束（{status_name}），不能再改。", "{item} is over ({status_name}) and cannot be changed."),
    "refusal.item-exists": ("{item} 已经有了，请换一个编号。", "{item} exists already: choose another code."),
    "refusal.no-date": ("{item} 没有日期，也没有能推算它日期的前置或后续。请给它一个开始日期或约束。", "{item} has no date, and nothing it is linked to gives it one. Give it a start or a constraint."),
    "refusal.loop": ("这些项目互相等待，成了一个圈：{path}。请去掉其中一条关联。", "These items wait for each other in a circle: {path}. Remove one of the links."),
    "refusal.link-exists": ("{predecessor} 到 {successor} 的 {kind} 关联已经有了。", "There is a {kind} link from {predecessor} to {successor} already."),
    "refusal.no-such-link": ("{predecessor} 到 {successor} 没有关联。", "There is no link from {predecessor} to {successor}."),
    "refusal.which-link": ("{predecessor} 到 {successor} 有几条关联：{kinds}。请写明是哪一种。", "There are several links from {predecessor} to {successor}: {kinds}. Say which kind."),
    "refusal.bad-value": ("{item} 的 {op} 看不懂“{found}”，应为：{wanted}。", "{op} of {item}: “{found}” was not understood; wanted: {wanted}."),
    "refusal.bad-column": ("{column} 这一项看不懂“{found}”，应为：{wanted}。", "{column}: “{found}” was not understood; wanted: {wanted}."),
    "refusal.date-out-of-range": ("日期 {date} 超出了计划的范围（{first} 到 {last}）。", "The date {date} lies outside the plan's range ({first} to {last})."),
    "refusal.too-late-for-any-plan": ("这样改，{item} 会排到 {last} 以后，超出了计划的范围。", "That would push {item} beyond {last}, outside the plan's range."),
    # remarks: shown, never in the way
    "refusal.link-broken": (
        "{successor} 没有等到 {predecessor}：还差 {days} 天（{successor} 已锁定或已开工，不会自动移动）。",
        "{successor} does not wait for {predecessor}: {days} days are missing (it is pinned or has begun, so it stays).",
    ),
    "refusal.wish-broken": ("{predecessor} 到 {successor} 的期望间隔少了 {days} 天。", "The wished lag from {predecessor} to {successor} is {days} days short."),
    "refusal.start-in-the-past": ("{item} 为了跟上后面，应在 {start} 开始，这一天已经过去。", "{item} would have to start on {start} to be in time, and that day has passed."),
    "refusal.off-lot": ("{item} 的数量 {quantity} 不是批量 {lot} 的整倍数。", "{item}: {quantity} is not a multiple of its lot of {lot}."),
    "refusal.count-future": ("{product} 的库存截至 {found}，还没有到，没有记。请写盘点或导出的时间。", "The stock of {product} is as of {found}, which is yet to come; it was not kept. Write when it was counted."),
    "refusal.supplier-must-confirm": ("{item} 已经下达，减少数量要先得到供应商确认。", "{item} is released: its supplier has to confirm a smaller quantity."),
}
