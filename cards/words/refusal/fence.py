"""Refusals by time fences and freeze windows, and of commands about rules and shadow mode."""

SENTENCES: dict[str, tuple[str, str]] = {
    # a fence
    "refusal.fence-closed": (
        "{item} {title} 在冻结窗“{fence}”内，不能改：这个窗没有设特批。要改，请计划协调员（{approvers}）让管理员在设置里放开；窗外最早从 {earliest} 开始。",
        "{item} {title} is inside the fence “{fence}” and cannot be changed: it has no special approval. Ask a coordinator "
        "({approvers}) to have it opened in the settings; the earliest start outside it is {earliest}.",
    ),
    "refusal.fence-closed-status": (
        "{item} {title} 在冻结窗“{fence}”内，不能改：这个窗没有设特批。要改，请计划协调员（{approvers}）让管理员在设置里放开；它的状态不变，改到哪天都在窗内。",
        "{item} {title} is inside the fence “{fence}” and cannot be changed: it has no special approval. Ask a coordinator "
        "({approvers}) to have it opened in the settings; its status keeps it inside, whatever the date.",
    ),
    "refusal.fence-closed-inside": (
        "{item} {title} 在冻结窗“{fence}”内，不能改：这个窗没有设特批。它现在就在窗内，改到哪天都要先放开。要改，请计划协调员（{approvers}）让管理员在设置里放开。",
        "{item} {title} is inside the fence “{fence}” and cannot be changed: it has no special approval. It stands inside "
        "already, so no date helps: ask a coordinator ({approvers}) to have the fence opened in the settings.",
    ),
    "refusal.fence-closed-way": (
        "{item} {title} 在冻结窗“{fence}”内，不能改：这个窗没有设特批。要改，请计划协调员（{approvers}）让管理员在设置里放开；"
        "窗外最早从 {earliest} 开始，可以发送：{command}",
        "{item} {title} is inside the fence “{fence}” and cannot be changed: it has no special approval. Ask a coordinator "
        "({approvers}) to have it opened in the settings; the earliest start outside it is {earliest}. Send: {command}",
    ),
    "refusal.fence-no-approver-inside": (
        "{item} {title} 在冻结窗“{fence}”内，需要{approvers}特批，但除了提出人没有人能特批。它现在就在窗内，改到哪天都要特批：请管理员补上特批人。",
        "{item} {title} is inside the fence “{fence}” and needs the special approval of {approvers}, but there is nobody "
        "besides the proposer. It stands inside already, so no date helps: ask the administrator to add one.",
    ),
    "refusal.fence-no-approver-way": (
        "{item} {title} 在冻结窗“{fence}”内，需要{approvers}特批，但除了提出人没有人能特批。请管理员补上特批人；"
        "窗外最早从 {earliest} 开始，可以发送：{command}",
        "{item} {title} is inside the fence “{fence}” and needs the special approval of {approvers}, but there is nobody "
        "besides the proposer. Ask the administrator to add one; the earliest start outside it is {earliest}. Send: {command}",
    ),
    "refusal.fence-no-approver": (
        "{item} {title} 在冻结窗“{fence}”内，需要{approvers}特批，但除了提出人没有人能特批。请管理员补上特批人；窗外最早从 {earliest} 开始。",
        "{item} {title} is inside the fence “{fence}” and needs the special approval of {approvers}, but there is nobody "
        "besides the proposer. Ask the administrator to add one; the earliest start outside it is {earliest}.",
    ),
    "refusal.fence-no-approver-status": (
        "{item} {title} 在冻结窗“{fence}”内，需要{approvers}特批，但除了提出人没有人能特批。请管理员补上特批人；它的状态不变，改到哪天都在窗内。",
        "{item} {title} is inside the fence “{fence}” and needs the special approval of {approvers}, but there is nobody "
        "besides the proposer. Ask the administrator to add one; its status keeps it inside, whatever the date.",
    ),
    "refusal.no-detour": ("{no} 没有窗外的日期可改：请改用别的日期重新提出，或联系计划协调员。", "{no} has no date outside the fence: propose another one, or ask a coordinator."),
    "refusal.no-emergency": ("没有启用的紧急规则，不能走紧急。请按特批提交，或联系计划协调员。", "No emergency rule is on, so this cannot go as an emergency. Ask for the special approval, or a coordinator."),
    # 冻结 and 解冻
    "refusal.freeze-dates": ("没有看懂要冻结哪几天：“{found}”。请写：{example}", "Which days to freeze was not understood: “{found}”. Write: {example}"),
    "refusal.freeze-order": ("冻结的止日不能早于起日。请写：{example}", "A freeze cannot end before it begins. Write: {example}"),
    "refusal.freeze-past": ("{last} 已经过去（今天是 {today}），冻结不了。请写今天或以后的日期。", "{last} has passed (today is {today}): nothing to freeze. Give a date that is still to come."),
    "refusal.freeze-scope": (
        "没有叫“{found}”的部门、类型或产品。部门有：{departments}；类型有：{types}；整个计划写“全部”。",
        "There is no department, type or product “{found}”. Departments: {departments}; types: {types}; for the whole plan write “all”.",
    ),
    "refusal.freeze-type": (
        "没有叫“{found}”的类型，日期后面只能写类型。类型有：{types}；原因请写“因为 {found}”。",
        "There is no type “{found}”, and only a type may follow the dates. Types: {types}; a reason is written “because {found}”.",
    ),
    "refusal.freeze-which": ("“{found}”可以是{choices}，请写明是哪一个。例如：{example}", "“{found}” may be {choices}; please say which. For example: {example}"),
    "refusal.window-missing": ("请写冻结窗的编号。例如：{example}（发送“冻结 查看”可以看到编号）", "Which freeze window? For example: {example} (“freeze show” lists them)"),
    "refusal.window-over": ("冻结窗 {number} 已经解冻或过期，不能再生效。请重新发送“冻结 …”。", "The freeze window {number} was lifted or is over. Send “freeze …” again."),
    "refusal.unknown-window": (
        "没有编号是 {number} 的冻结窗。生效中的有：{known}。设置里的冻结窗要由管理员在 config.yaml 里改。",
        "There is no freeze window {number}. In force: {known}. Fences of the settings are changed in config.yaml.",
    ),
    # 规则 and 影子
    "refusal.unknown-rule": ("没有编号是“{rule}”的规则。有：{known}", "There is no rule “{rule}”. There are: {known}"),
    "refusal.rule-command": ("没有看懂“{found}”。请写：规则、{example} 或 规则 试算 <命令>", "“{found}” was not understood. Write: rules, {example} or rules try <command>"),
    "refusal.try-missing": ("“{found}”里没有看懂要试算哪条命令。请写成：{example}", "“{found}” does not say which command to try. Please write: {example}"),
    "refusal.shadow-place": (
        "没有叫“{found}”的部门或产品。部门有：{departments}；产品写计划里的产品代码。例如：影子 最近7天",
        "There is no department or product “{found}”. Departments: {departments}; a product is written as in the plan. For example: shadow last 7 days",
    ),
    "refusal.shadow-command": ("没有看懂“{found}”。请写：{example}", "“{found}” was not understood. Write: {example}"),
}
