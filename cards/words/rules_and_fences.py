"""What time fences and trigger rules say: on cards, in refusals, in lists."""

RULES_AND_FENCES: dict[str, tuple[str, str]] = {
    "approver.viewer": ("查看者", "the viewers"),
    "approver.planner": ("计划员", "the planners"),
    "approver.approver": ("审批人", "the approvers"),
    "approver.coordinator": ("计划协调员", "the coordinator"),
    "approver.admin": ("管理员", "the admins"),
    "approver.nobody": ("（还没有人）", "(nobody yet)"),
    "class.standard": ("标准", "standard"),
    "class.normal": ("一般", "normal"),
    "class.emergency": ("紧急", "emergency"),
    "zone.frozen": ("冻结", "frozen"),
    "zone.slushy": ("半冻结", "slushy"),
    "zone.liquid": ("开放", "liquid"),
    # on cards
    "card.rule": ("类别：{klass} · 触发规则：{rule}", "Class: {klass} · rule: {rule}"),
    "card.rule-urgent": (
        "类别：紧急（提出人申请走紧急，按规则 {rule} 审批）",
        "Class: emergency (its proposer asks for that; decided as rule {rule} says)",
    ),
    "card.fence": ("🔒 {item} 在{zone}窗“{fence}”内，需要{approvers}特批；窗外最早从 {earliest} 开始", "🔒 {item} is inside the {zone} fence “{fence}”: {approvers} must approve; the earliest start outside it is {earliest}"),
    "card.fence-status": ("🔒 {item} 在{zone}窗“{fence}”内，需要{approvers}特批；状态不变，改日期也出不去", "🔒 {item} is inside the {zone} fence “{fence}”: {approvers} must approve; its status keeps it inside, whatever the date"),
    "card.fence-inside": (
        "🔒 {item} 在{zone}窗“{fence}”内，需要{approvers}特批；它现在就在窗内，改到哪天都要特批",
        "🔒 {item} is inside the {zone} fence “{fence}”: {approvers} must approve; it stands inside already, whatever the new date",
    ),
    "card.fence-told": ("🔒 {item} 在{zone}窗“{fence}”内", "🔒 {item} is inside the {zone} fence “{fence}”"),
    "why-you.fence": ("触碰冻结窗“{fences}”，需要{department}特批", "it touches the fence “{fences}”: {department} must approve"),
    "why-you.rule-optional": ("按规则“{rule}”请{department}参考", "the rule “{rule}” asks for the opinion of {department}"),
    "why-you.inform-rule": ("按规则“{rule}”知会{department}", "the rule “{rule}” has {department} told"),
    "why-you.rule": ("按规则“{rule}”由{department}决定", "the rule “{rule}” asks {department}"),
    # refusals
    "fence-closed": (
        "{item} {title} 在冻结窗“{fence}”内，不能改：这个窗没有设特批。要改，请计划协调员（{approvers}）让管理员在设置里放开；窗外最早从 {earliest} 开始。",
        "{item} {title} is inside the fence “{fence}” and cannot be changed: it has no special approval. Ask a coordinator "
        "({approvers}) to have it opened in the settings; the earliest start outside it is {earliest}.",
    ),
    "fence-closed-status": (
        "{item} {title} 在冻结窗“{fence}”内，不能改：这个窗没有设特批。要改，请计划协调员（{approvers}）让管理员在设置里放开；它的状态不变，改到哪天都在窗内。",
        "{item} {title} is inside the fence “{fence}” and cannot be changed: it has no special approval. Ask a coordinator "
        "({approvers}) to have it opened in the settings; its status keeps it inside, whatever the date.",
    ),
    "fence-closed-inside": (
        "{item} {title} 在冻结窗“{fence}”内，不能改：这个窗没有设特批。它现在就在窗内，改到哪天都要先放开。要改，请计划协调员（{approvers}）让管理员在设置里放开。",
        "{item} {title} is inside the fence “{fence}” and cannot be changed: it has no special approval. It stands inside "
        "already, so no date helps: ask a coordinator ({approvers}) to have the fence opened in the settings.",
    ),
    "fence-closed-way": (
        "{item} {title} 在冻结窗“{fence}”内，不能改：这个窗没有设特批。要改，请计划协调员（{approvers}）让管理员在设置里放开；"
        "窗外最早从 {earliest} 开始，可以发送：{command}",
        "{item} {title} is inside the fence “{fence}” and cannot be changed: it has no special approval. Ask a coordinator "
        "({approvers}) to have it opened in the settings; the earliest start outside it is {earliest}. Send: {command}",
    ),
    "fence.way-out": ("改期 {item} 开始 到 {earliest}{pull} 因为 {reason}", "move {item} start to {earliest}{pull} because {reason}"),
    "fence.way-out-pull": (" 联动", " pull"),
    "fence.way-out-reason": ("<原因>", "<reason>"),
    "fence-no-approver-inside": (
        "{item} {title} 在冻结窗“{fence}”内，需要{approvers}特批，但除了提出人没有人能特批。它现在就在窗内，改到哪天都要特批：请管理员补上特批人。",
        "{item} {title} is inside the fence “{fence}” and needs the special approval of {approvers}, but there is nobody "
        "besides the proposer. It stands inside already, so no date helps: ask the administrator to add one.",
    ),
    "fence-no-approver-way": (
        "{item} {title} 在冻结窗“{fence}”内，需要{approvers}特批，但除了提出人没有人能特批。请管理员补上特批人；"
        "窗外最早从 {earliest} 开始，可以发送：{command}",
        "{item} {title} is inside the fence “{fence}” and needs the special approval of {approvers}, but there is nobody "
        "besides the proposer. Ask the administrator to add one; the earliest start outside it is {earliest}. Send: {command}",
    ),
    "fence-no-approver": (
        "{item} {title} 在冻结窗“{fence}”内，需要{approvers}特批，但除了提出人没有人能特批。请管理员补上特批人；窗外最早从 {earliest} 开始。",
        "{item} {title} is inside the fence “{fence}” and needs the special approval of {approvers}, but there is nobody "
        "besides the proposer. Ask the administrator to add one; the earliest start outside it is {earliest}.",
    ),
    "fence-no-approver-status": (
        "{item} {title} 在冻结窗“{fence}”内，需要{approvers}特批，但除了提出人没有人能特批。请管理员补上特批人；它的状态不变，改到哪天都在窗内。",
        "{item} {title} is inside the fence “{fence}” and needs the special approval of {approvers}, but there is nobody "
        "besides the proposer. Ask the administrator to add one; its status keeps it inside, whatever the date.",
    ),
    # 冻结 and 解冻
    "may-not-freeze": (
        "{name} 没有冻结、解冻计划的权限（需要“计划协调员”或“管理员”角色）。请联系计划协调员。",
        "{name} may not freeze or unfreeze the plan (the role coordinator or admin is needed). Ask a coordinator.",
    ),
    "freeze-dates": (
        "没有看懂要冻结哪几天：“{found}”。请写：{example}",
        "Which days to freeze was not understood: “{found}”. Write: {example}",
    ),
    "freeze-order": (
        "冻结的止日不能早于起日。请写：{example}",
        "A freeze cannot end before it begins. Write: {example}",
    ),
    "freeze-past": (
        "{last} 已经过去（今天是 {today}），冻结不了。请写今天或以后的日期。",
        "{last} has passed (today is {today}): nothing to freeze. Give a date that is still to come.",
    ),
    "freeze-scope": (
        "没有叫“{found}”的部门、类型或产品。部门有：{departments}；类型有：{types}；整个计划写“全部”。",
        "There is no department, type or product “{found}”. Departments: {departments}; types: {types}; for the whole plan write “all”.",
    ),
    "freeze-type": (
        "没有叫“{found}”的类型，日期后面只能写类型。类型有：{types}；原因请写“因为 {found}”。",
        "There is no type “{found}”, and only a type may follow the dates. Types: {types}; a reason is written “because {found}”.",
    ),
    "freeze-which": (
        "“{found}”可以是{choices}，请写明是哪一个。例如：{example}",
        "“{found}” may be {choices}; please say which. For example: {example}",
    ),
    "freeze.department": ("部门 {name}", "department {name}"),
    "freeze.type": ("类型 {name}", "type {name}"),
    "freeze.product": ("产品 {name}", "product {name}"),
    "freeze.because": (" 因为 {reason}", " because {reason}"),
    "freeze.example": ("冻结 {scope} {first}~{last}{reason}", "freeze {scope} {first}~{last}{reason}"),
    "window-missing": (
        "请写冻结窗的编号。例如：{example}（发送“冻结 查看”可以看到编号）",
        "Which freeze window? For example: {example} (“freeze show” lists them)",
    ),
    "unknown-window": (
        "没有编号是 {number} 的冻结窗。生效中的有：{known}。设置里的冻结窗要由管理员在 config.yaml 里改。",
        "There is no freeze window {number}. In force: {known}. Fences of the settings are changed in config.yaml.",
    ),
    "window-over": (
        "冻结窗 {number} 已经解冻或过期，不能再生效。请重新发送“冻结 …”。",
        "The freeze window {number} was lifted or is over. Send “freeze …” again.",
    ),
    "window.draft": ("待确认", "to be confirmed"),
    "window.enforced": ("生效中", "in force"),
    "window.lifted": ("已解冻：{window}。", "Lifted: {window}. "),
    "window.free": ("窗内的计划项可以照常变更。", "What lies in it can be changed as usual. "),
    "window.not-free": ("窗内仍在冻结的还有：{fences}。", "Of what lies in it, some is still inside: {fences}. "),
    "window.lifted-already": (
        "{window} 早已解冻（{name}，{at}），这次没有变化。",
        "{window} was lifted before ({name}, {at}); nothing has changed.",
    ),
    "window.dropped-already": (
        "{window} 早已放弃（{name}，{at}），它没有生效过，这次没有变化。",
        "{window} was discarded before ({name}, {at}) and never in force; nothing has changed.",
    ),
    "window.over": (
        "{window} 已过期，不再拦任何变更，不用解冻。",
        "{window} is over and holds nothing any more: there is nothing to lift.",
    ),
    "window.dropped": (
        "已放弃：{window}。它还没有生效，什么也没有变。",
        "Discarded: {window}. It was not in force yet; nothing has changed.",
    ),
    "window.told-enforced": (
        "🔒 {name} 冻结了计划：{window}{reason}。窗内的变更要{approvers}特批。",
        "🔒 {name} froze a part of the plan: {window}{reason}. Changes inside need the special approval of {approvers}.",
    ),
    "window.told-lifted": ("▶ {name} 解冻了计划：{window}。", "▶ {name} unfroze a part of the plan: {window}. "),
    "window.told-over": ("▶ 冻结到期：{window}。", "▶ This freeze is over: {window}. "),
    "scope.everything": ("全部", "everything"),
    "fence.rolling": ("开始前 {days} 个工作日起", "from {days} working days before the start"),
    "fence.passes": ("{approvers}可特批", "{approvers} can let a change through"),
    "fence.closed": ("不能变更", "no changes"),
    "fence.shown": ("只提示", "shown only"),
    # 规则
    "event.any": ("任何变更", "any change"),
    "event.order_change": ("订单变更", "order change"),
    "event.material_arrival": ("物料提前到", "material arrives early"),
    "event.material_delay": ("物料延期", "material is late"),
    "event.machine_down": ("设备停机", "machine down"),
    "event.quality_hold": ("质量隔离", "quality hold"),
    "event.promotion": ("促销", "promotion"),
    "event.overdue": ("已逾期", "overdue"),
    "event.shortage": ("缺料", "shortage"),
    "reason-code.machine": ("设备", "machine"),
    "reason-code.material": ("物料", "material"),
    "reason-code.quality": ("质量", "quality"),
    "reason-code.promotion": ("促销", "promotion"),
    "reason-code.customer": ("客户", "customer"),
    "reason-code.capacity": ("产能", "capacity"),
    "reason-code.other": ("其他", "other"),
    "rule.on": ("启用", "on"),
    "rule.off": ("已停用", "off"),
    "rule.affected": ("受影响的部门", "the departments affected"),
    "rule.asks": ("由{approvers}决定", "{approvers} decide"),
    "rule.at-once": ("不用审批，提交即生效", "takes effect at once"),
    "rule.deadline": ("{hours} 个工时内", "within {hours} working hours"),
    "rule.informs": ("知会{departments}", "{departments} are told"),
    "rule.unasked": ("影子运行，没有人要批，提交即生效", "shadow mode, nobody is asked: in effect when submitted"),
    "rule.until": ("在 {at} 前", "by {at}"),
    "rule.switched": ("{state}，{name} {at} 在群里设的", "{state}, set in chat by {name} {at}"),
    "rule.value": ("{part}（{values}）", "{part} ({values})"),
    "rule.value-none": ("没有", "none"),
    "rule.unknown": (
        "？ 算不出来：它要的值没有，或除以零；这样的条件算不符合",
        "？ cannot be told: a value it needs is not there, or it divides by zero; it counts as not holding",
    ),
    "rule.firmed": ("碰到围栏，标准变更也按一般审批", "it touches a fence: even a standard change is decided as a normal one"),
    "rule.later": ("都符合，但前面的 {first} 已经触发", "all hold, but {first} before it has fired"),
    "rule.already-on": ("规则 {rule} 本来就是启用的，没有变。", "The rule {rule} is on already; nothing has changed."),
    "rule.already-off": ("规则 {rule} 本来就是停用的，没有变。", "The rule {rule} is off already; nothing has changed."),
    "rule.reasons": ("原因是{reasons}", "the reason is {reasons}"),
    "rule.facts": ("事件：{events} · 原因：{reason} · 移动 {days} 个工作日", "events: {events} · reason: {reason} · moves {days} working days"),
    "rule.switched-on": ("规则 {rule} 已启用，从下一次提出变更起生效。", "The rule {rule} is on, from the next change proposed."),
    "rule.switched-off": (
        "规则 {rule} 已停用，从下一次提出变更起生效；已经提交的变更仍按原来的规则走。",
        "The rule {rule} is off, from the next change proposed; what was submitted keeps its rule.",
    ),
    "may-not-switch": (
        "{name} 没有启用、停用规则的权限（需要“管理员”角色）。请联系管理员。",
        "{name} may not switch rules (the role admin is needed). Ask an administrator.",
    ),
    "unknown-rule": ("没有编号是“{rule}”的规则。有：{known}", "There is no rule “{rule}”. There are: {known}"),
    "try-missing": (
        "“{found}”里没有看懂要试算哪条命令。请写成：{example}",
        "“{found}” does not say which command to try. Please write: {example}",
    ),
    "rule-command": (
        "没有看懂“{found}”。请写：规则、{example} 或 规则 试算 <命令>",
        "“{found}” was not understood. Write: rules, {example} or rules try <command>",
    ),
}
