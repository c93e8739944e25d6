"""What the rules of the plan refuse, and what they only remark on."""

RULES: dict[str, tuple[str, str]] = {
    "predecessor-later": (
        "{item} 不能在 {date} 开始：前面的 {predecessor} 到时还没做完，最早从 {earliest} 开始。要更早，请先提前 {predecessor}；"
        "就排在最早，请发送：改期 {item} 开始 到 {earliest} 因为 <原因>",
        "{item} cannot start on {date}: {predecessor} before it is not finished then, {earliest} is the earliest start. To go "
        "earlier, move {predecessor} first; for the earliest, send: move {item} start to {earliest} because <reason>",
    ),
    "predecessor-later-finish": (
        "{item} 不能在 {finish} 完成：那样 {date} 就要开始，前面的 {predecessor} 到时还没做完；最早 {earliest_finish} 完成。"
        "要更早，请先提前 {predecessor}；就排在最早，请发送：改期 {item} 到 {earliest_finish} 因为 <原因>",
        "{item} cannot finish on {finish}: it would start on {date}, when {predecessor} before it is not finished; "
        "{earliest_finish} is the earliest finish. To go earlier, move {predecessor} first; for the earliest, send: move "
        "{item} to {earliest_finish} because <reason>",
    ),
    "predecessor-later-stays": (
        "{item} 现在 {earliest} 开始、{earliest_finish} 完成，已经是最早：前面的 {predecessor} 在那之前做不完。要更早，请先提前 {predecessor}。",
        "{item} starts on {earliest} and finishes on {earliest_finish}, which is the earliest: {predecessor} before it is not "
        "finished sooner. To go earlier, move {predecessor} first.",
    ),
    "in-the-past": (
        "{item} 不能改到过去：{date} 早于今天（{today}）。",
        "{item} cannot be moved into the past: {date} lies before today ({today}).",
    ),
    "in-the-past-finish": (
        "{item} 不能在 {finish} 完成：那样 {date} 就要开始，已经过去（今天是 {today}）。",
        "{item} cannot finish on {finish}: it would have to start on {date}, which has passed (today is {today}).",
    ),
    "before-constraint": (
        "{item} 不能在 {date} 开始：它的约束是不早于 {earliest}。就排在最早，请发送：改期 {item} 开始 到 {earliest} 因为 <原因>",
        "{item} cannot start on {date}: its constraint is no earlier than {earliest}. For the earliest, send: move {item} start "
        "to {earliest} because <reason>",
    ),
    "before-constraint-finish": (
        "{item} 不能在 {finish} 完成：那样 {date} 就要开始，它的约束是不早于 {earliest} 开始；最早 {earliest_finish} 完成。"
        "就排在最早，请发送：改期 {item} 到 {earliest_finish} 因为 <原因>",
        "{item} cannot finish on {finish}: it would start on {date}, and its constraint is no earlier than {earliest}; "
        "{earliest_finish} is the earliest finish. For the earliest, send: move {item} to {earliest_finish} because <reason>",
    ),
    "before-constraint-stays": (
        "{item} 现在 {earliest} 开始、{earliest_finish} 完成，已经是最早：它的约束是不早于 {earliest} 开始。",
        "{item} starts on {earliest} and finishes on {earliest_finish}, which is the earliest: its constraint is no earlier than "
        "{earliest}.",
    ),
    "already-started": (
        "{item} 已经在 {start} 开始了，开始日期不能再改。可以改完成日期：改期 {item} 到 <日期> 因为 <原因>",
        "{item} began on {start}; its start cannot be changed any more. Its finish can: move {item} to <date> because <reason>",
    ),
    "finish-before-start": (
        "{item} 的完成日期 {finish} 早于开始日期 {start}。",
        "{item} would finish on {finish}, before it starts on {start}.",
    ),
    "item-is-over": (
        "{item} 已经结束（{status_name}），不能再改。",
        "{item} is over ({status_name}) and cannot be changed.",
    ),
    "item-exists": ("{item} 已经有了，请换一个编号。", "{item} exists already: choose another code."),
    "no-date": (
        "{item} 没有日期，也没有能推算它日期的前置或后续。请给它一个开始日期或约束。",
        "{item} has no date, and nothing it is linked to gives it one. Give it a start or a constraint.",
    ),
    "loop": (
        "这些项目互相等待，成了一个圈：{path}。请去掉其中一条关联。",
        "These items wait for each other in a circle: {path}. Remove one of the links.",
    ),
    "link-exists": (
        "{predecessor} 到 {successor} 的 {kind} 关联已经有了。",
        "There is a {kind} link from {predecessor} to {successor} already.",
    ),
    "no-such-link": (
        "{predecessor} 到 {successor} 没有关联。",
        "There is no link from {predecessor} to {successor}.",
    ),
    "which-link": (
        "{predecessor} 到 {successor} 有几条关联：{kinds}。请写明是哪一种。",
        "There are several links from {predecessor} to {successor}: {kinds}. Say which kind.",
    ),
    "bad-value": (
        "{item} 的 {op} 看不懂“{found}”，应为：{wanted}。",
        "{op} of {item}: “{found}” was not understood; wanted: {wanted}.",
    ),
    "bad-column": (
        "{column} 这一项看不懂“{found}”，应为：{wanted}。",
        "{column}: “{found}” was not understood; wanted: {wanted}.",
    ),
    "date-out-of-range": (
        "日期 {date} 超出了计划的范围（{first} 到 {last}）。",
        "The date {date} lies outside the plan's range ({first} to {last}).",
    ),
    "too-late-for-any-plan": (
        "这样改，{item} 会排到 {last} 以后，超出了计划的范围。",
        "That would push {item} beyond {last}, outside the plan's range.",
    ),
    "unknown-calendar": (
        "没有叫“{calendar}”的日历。可用的有：{known}",
        "There is no calendar “{calendar}”. There are: {known}",
    ),
    # remarks: shown, never in the way
    "link-broken": (
        "{successor} 没有等到 {predecessor}：还差 {days} 天（{successor} 已锁定或已开工，不会自动移动）。",
        "{successor} does not wait for {predecessor}: {days} days are missing (it is pinned or has begun, so it stays).",
    ),
    "wish-broken": (
        "{predecessor} 到 {successor} 的期望间隔少了 {days} 天。",
        "The wished lag from {predecessor} to {successor} is {days} days short.",
    ),
    "start-in-the-past": (
        "{item} 为了跟上后面，应在 {start} 开始，这一天已经过去。",
        "{item} would have to start on {start} to be in time, and that day has passed.",
    ),
    "off-lot": (
        "{item} 的数量 {quantity} 不是批量 {lot} 的整倍数。",
        "{item}: {quantity} is not a multiple of its lot of {lot}.",
    ),
    "supplier-must-confirm": (
        "{item} 已经下达，减少数量要先得到供应商确认。",
        "{item} is released: its supplier has to confirm a smaller quantity.",
    ),
}
