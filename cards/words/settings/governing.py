"""Settings: rules, conditions, fences and authority."""

SENTENCES: dict[str, tuple[str, str]] = {
    "settings.approver_role": ("role: 后面应为其中之一：{roles}", "after role: wanted one of: {roles}"),
    "settings.approval_mode": ("应为 any（或签，一人同意）、all（会签，都要同意）或人数 1 到 {most}", "wanted any (one of them), all, or how many, 1 to {most}"),
    "settings.approval_twice": ("{who} 在这条规则里已经写过，只留一个", "{who} stands in this rule already, keep one"),
    "settings.approvers_short": (
        "「{name}」要 {needs} 人同意，连协调员、其部门经理和管理员在内只有 {there} 人能审批，改小人数或补上 approver",
        "{name}: {needs} have to approve and there are only {there}, coordinators, their managers and admins included; "
        "ask for fewer or add approvers",
    ),
    "settings.rule_open": (
        "applies_to_open 只能写在 normal 的规则上：它让已提交、还没结的变更多问几个人，不改它们的级别，也不少问谁",
        "applies_to_open is for normal rules only: what is submitted and still open is asked of more people by it, in the class it has, and of nobody less",
    ),
    "settings.rule_standard": ("standard（标准变更）不经审批，不要写 approvals；要审批就用 normal 或 emergency", "a standard change has no approvals: leave them out, or use normal or emergency"),
    "settings.rule_asks_nobody": (
        "只有 standard 可以没有审批人：approvals 至少写一个（affected、部门编号或 role:coordinator 这样的角色）",
        "only standard goes without approvers: name at least one (affected, a department's id, or a role such as "
        "role:coordinator)",
    ),
    "settings.rule_all_optional": ("approvals 里至少要有一个必须同意的：不能全写 optional，否则变更没人批也会生效", "one of the approvals must not be optional, or a change would pass with nobody's word"),
    "settings.rule_act_event": ("act 要配会自己发生的事件，event 应为其中之一：{known}", "act goes with what happens by itself, wanted one of these events: {known}"),
    "settings.rule_act_alone": (
        "写了 act 的规则不给变更定级：去掉 class、approvals、reasons、deadline_hours、ratify_hours，要定级就另写一条",
        "a rule with act classes no change: leave out class, approvals, reasons, deadline_hours and ratify_hours, or make a rule of its own for them",
    ),
    "settings.rule_ratify": (
        "ratify_hours 只用于 emergency（紧急变更先行生效，多少小时内要追认）；别的级别请写 deadline_hours",
        "ratify_hours is for emergencies only (how long one in effect has to be ratified); others take deadline_hours",
    ),
    "settings.reason_code": ("应为其中之一：{codes}", "wanted one of: {codes}"),
    # conditions
    "settings.condition_too_long": ("规则 {rule} 的条件太长或嵌套太深，请拆成几条规则", "rule {rule}: the condition is too long or too deep, make several rules of it"),
    "settings.condition_syntax": ("规则 {rule} 的条件从第 {column} 个字符起看不懂（应为 CEL 表达式）", "rule {rule}: not CEL from character {column} on"),
    "settings.condition_unknown": ("规则 {rule} 里没有 {name} 这个事实，可用的有：{known}", "rule {rule}: there is no fact {name}, there are: {known}"),
    "settings.condition_type": ("规则 {rule} 里 {part} 的类型是 {found}，这里要 {wanted}", "rule {rule}: {part} is {found}, {wanted} is wanted here"),
    "settings.condition_list": ("规则 {rule} 里的列表 {found} 要有内容，且各项类型相同", "rule {rule}: the list {found} needs entries of one type"),
    "settings.condition_not_allowed": ("规则 {rule} 的条件里不能用 {part}", "rule {rule}: {part} cannot be used in a condition"),
    "settings.condition_never": ("规则 {rule} 里 {part} 永远不成立，这条规则不会触发；请改条件，或删掉这条规则", "rule {rule}: {part} never holds, so the rule never fires; change the condition, or remove the rule"),
    "settings.condition_zero": ("规则 {rule} 的条件除以 {part}，算不出来，永远不成立", "rule {rule}: the condition divides by {part}, which has no result, so it never holds"),
    "settings.condition_too_big": ("规则 {rule} 里的数 {part} 太大，最大是 9223372036854775807", "rule {rule}: the number {part} is too big, the biggest is 9223372036854775807"),
    "settings.condition_word": ("规则 {rule} 里的 {fact} 不会是「{found}」，应为其中之一：{known}", "rule {rule}: {fact} is never “{found}”, wanted one of: {known}"),
    # fences
    "settings.fence_kind": ("kind 是 rolling 就只填 days，是 status 就只填 statuses，是 window 就只填 from 和 to", "kind rolling takes days, status takes statuses, window takes from and to; nothing of the others"),
    "settings.fence_id": ("F-001 这样的编号留给群里设的冻结窗，换一个", "ids such as F-001 are for windows set in chat, choose another"),
    "settings.fence_over": ("已完成、已关闭、已取消的单子不在任何围栏内，写了不起作用，请删掉", "what is done, closed or cancelled is inside no fence: remove it, it does nothing"),
    "settings.fence_affected": ("受影响的部门本来就要批；特批请写部门编号或 role:coordinator 这样的角色", "the departments affected are asked anyway; name a department or a role such as role:coordinator"),
    "settings.fence_window": ("to 不能早于 from", "to must not be earlier than from"),
    # authority and masks
    "settings.no_such_scope_department": ("departments 里没有部门 {department}，现有：{known}", "no department {department}, known: {known}"),
    "settings.no_such_holder": ("没有叫 {who} 的人、部门或令牌；角色写成 role:planner 这样，令牌写成 api:名字", "there is no person, department or token {who}; write roles as role:planner, tokens as api:name"),
    "settings.holder_both": ("{who} 既是部门又是人，请写 department:{who} 或 person:{who}", "{who} is a department and a person, write department:{who} or person:{who}"),
    "settings.authority_empty": ("没有授权给任何人，计划就谁也改不了；删掉这一项，或至少写一条", "grants nothing, so nobody could change the plan: remove it, or write at least one grant"),
    "settings.masked_known": ("{column} 是计划本身的列，大家要看着它决定，不能遮；能遮的是导入文件里的其他列", "{column} is one of the plan's own columns, which people decide by: only further columns can be masked"),
}
