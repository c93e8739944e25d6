"""Short texts of a request's cards; longer ones are in `cards/templates`."""

SENTENCES: dict[str, tuple[str, str]] = {
    # how it stands
    "card.day-off": ("📅 {date} 不上班，改到 {landed}", "📅 {date} is a day off: moved to {landed}"),
    "card.at-once": ("⚡ 提交后立即先行生效，{hours} 小时内要追认；到期没有追认或有人驳回，计划就恢复", "⚡ In effect as soon as it is submitted, to be ratified within {hours} hours; otherwise the plan is restored"),
    "card.standard": ("✔ 标准变更不用审批：提交后立即生效，受影响的部门都会收到通知", "✔ A standard change: in effect as soon as it is submitted, everybody affected is told"),
    "card.unasked": ("✔ 影子运行，没有人要批：提交后立即生效", "✔ Shadow mode, nobody is asked: in effect as soon as it is submitted"),
    "card.approved-first": ("⚡ 碰到要特批的冻结窗，紧急变更也要先批准才生效", "⚡ It touches a fence that asks for approval: even an emergency is approved first"),
    "card.provisional": ("⚡ 紧急先行生效（第 {revision} 版），请在 {until} 前追认；到期没有追认或有人驳回，计划就恢复", "⚡ Emergency in effect (revision {revision}): please ratify it by {until}; otherwise the plan is restored"),
    "card.provisional-told": ("⚡ 紧急先行生效（第 {revision} 版），还要在 {until} 前追认；没有追认会恢复原计划，到时再通知", "⚡ Emergency in effect (revision {revision}), to be ratified by {until}; you hear if it is taken back"),
    "card.reverted": ("↩ 已撤销，{given_back}", "↩ Taken back: {given_back}"),
    "card.left": ("没有恢复的", "Not restored"),
    "card.round-again": ("内容已更新（第{round}轮），请重新确认", "The content is new (round {round}): please confirm again"),
    "card.no-reason": ("没有写原因", "no reason given"),
    "card.proposer-system": ("通盘", "Tongpan"),
    "card.more": ("…另有 {n} 项", "… and {n} more"),
    # what governs it
    "card.rule": ("类别：{klass} · 触发规则：{rule}", "Class: {klass} · rule: {rule}"),
    "card.sliced": (
        "连同之前没人审批的移动，超出了标准规则 {rule}，所以要审批",
        "with what moved unasked before it is beyond the standard rule {rule}, so people are asked",
    ),
    "card.rule-urgent": ("类别：紧急（提出人申请走紧急，按规则 {rule} 审批）", "Class: emergency (its proposer asks for that; decided as rule {rule} says)"),
    "card.fence": ("🔒 {item} 在{zone}窗“{fence}”内，需要{approvers}特批；窗外最早从 {earliest} 开始", "🔒 {item} is inside the {zone} fence “{fence}”: {approvers} must approve; the earliest start outside it is {earliest}"),
    "card.fence-status": ("🔒 {item} 在{zone}窗“{fence}”内，需要{approvers}特批；状态不变，改日期也出不去", "🔒 {item} is inside the {zone} fence “{fence}”: {approvers} must approve; its status keeps it inside, whatever the date"),
    "card.fence-inside": (
        "🔒 {item} 在{zone}窗“{fence}”内，需要{approvers}特批；它现在就在窗内，改到哪天都要特批",
        "🔒 {item} is inside the {zone} fence “{fence}”: {approvers} must approve; it stands inside already, whatever the new date",
    ),
    "card.fence-told": ("🔒 {item} 在{zone}窗“{fence}”内", "🔒 {item} is inside the {zone} fence “{fence}”"),
    # in place of another
    "card.supersedes": ("提交后取代 {nos}", "takes the place of {nos} when it is submitted"),
    "card.superseded": ("取代 {nos}", "takes the place of {nos}"),
    "card.suggested": ("{name}驳回了 {no} 并建议这样改", "{name} rejected {no} and suggests this instead"),
    "card.suggested-by-system": ("请 {proposer} 提交，或由协调员发送：修改 {no} <命令>", "for {proposer} to submit; a coordinator may send: revise {no} <command>"),
    "card.answer": ("要改就发送：{example}", "To propose something else, send: {example}"),
    # what it does to the plan
    "card.effect.some": ("影响 {items} 项、{departments} 个部门", "{items} items, {departments} departments"),
    "card.effect.late": ("晚交 {n} 单，最多 {days} 天", "{n} orders late, by {days} days at most"),
    "card.effect.on-time": ("没有订单晚交", "no order is late"),
    "card.effect.short": ("缺料 {n} 种", "{n} materials short"),
    "card.effect.provisional": ("带＊的日期节假日未公布，为暂定", "dates with ＊ lie beyond the published holidays: provisional"),
    "card.provisional-note": ("＊ 节假日未公布，暂按周一至周五计算", "＊ holidays not published yet: counted as plain weeks for now"),
    # why it comes to its reader
    "card.whose": ("{department}的", " for {department}"),
    "card.why-you.reverts": ("{department}收到过 {no}", "{department} was told of {no}"),
    "card.why-you.escalated": ("你是{department}这一步的{who}，{names}在 {waited}里没有答复", "you are the {who} for this step of {department}; {names} did not answer in {waited}"),
    "card.why-you.fence": ("触碰冻结窗“{fences}”，需要{department}特批", "it touches the fence “{fences}”: {department} must approve"),
    "card.why-you.rule-optional": ("按规则“{rule}”请{department}参考", "the rule “{rule}” asks for the opinion of {department}"),
    "card.why-you.inform-rule": ("按规则“{rule}”知会{department}", "the rule “{rule}” has {department} told"),
    "card.why-you.rule": ("按规则“{rule}”由{department}决定", "the rule “{rule}” asks {department}"),
    "card.why-you.shadow": ("{department}在影子运行，只看不批", "{department} runs in shadow: you see it and are not asked"),
    "card.why-you.owner": ("{n} 项归{department}负责", "{n} items are {department}'s"),
    "card.why-you.slack": ("{department}的余量变为负数", "{department} has no slack left"),
    "card.why-you.fallback": ("{department}能审批的人不够，由 {names} 代为决定", "{department} has too few to decide; {names} stand in"),
    "card.why-you.handed": ("{name} 转交给 {to}", "{name} handed it on to {to}"),
    "card.why-you.acting": ("{name} 请假，由 {deputy} 代为决定", "{name} is away, {deputy} decides for them"),
    "card.why-you.informed": ("{department}在相关项的知会名单里", "{department} is to be informed of these items"),
    # the page of colleagues
    "card.transfer.how": ("要转交给别人，请发送：转交 {no} <姓名>", "For somebody else, send: transfer {no} <name>"),
    "card.transfer.away": ("{name}（请假）", "{name} (away)"),
    # where there is room for one line
    "card.summary.approval": ("{proposer}：{reason}。{effect}。请在 {deadline} 前决定", "{proposer}: {reason}. {effect}. Decide by {deadline}"),
    "card.summary.ratify": ("{proposer}：{reason}。{effect}。已先行生效，请在 {deadline} 前追认", "{proposer}: {reason}. {effect}. In effect already: ratify it by {deadline}"),
    "card.summary.conflict": ("{both}。{until}。建议：{advice}", "{both}; {until}. Advice: {advice}"),
    "card.summary.escalated": (
        "{names} {waited}没有答复。{proposer}：{reason}。{effect}。{deadline} 过期",
        "{names} have not answered for {waited}. {proposer}: {reason}. {effect}. It expires {deadline}",
    ),
    "card.summary.escalated-ratify": (
        "{names} {waited}没有答复。{proposer}：{reason}。{effect}。已先行生效，{deadline} 前没有追认就恢复原计划",
        "{names} have not answered for {waited}. {proposer}: {reason}. {effect}. It is in effect and taken back "
        "unless ratified by {deadline}",
    ),
    "card.summary.opinion": ("{proposer}：{reason}。{effect}。有意见请在 {deadline} 前说", "{proposer}: {reason}. {effect}. If you have an opinion, say so by {deadline}"),
    "card.summary.proposal": ("{effect}。还没提交，按“提交”才开始审批", "{effect}. Not submitted yet: nobody is asked until you submit"),
    "card.summary.proposal-at-once": ("{effect}。还没提交", "{effect}. Not submitted yet"),
    "card.summary.ended": ("{proposer}：{reason}。{effect}", "{proposer}: {reason}. {effect}"),
}
