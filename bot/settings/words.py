"""Every sentence about a settings file, Chinese first, English beside it. Keys are codes of rules."""

from collections.abc import Mapping

WORDS: Mapping[str, tuple[str, str]] = {
    "mistake": ("{place}: {key}: {found}；{wanted}", "{place}: {key}: {found}; {wanted}"),
    # what was found
    "found_value": ("写的是「{value}」", "found “{value}”"),
    "found_hidden": ("写的内容不显示（保密项）", "found a value that is kept secret"),
    "found_nothing": ("没有写", "found nothing"),
    "found_section": ("写的是一组设置", "found a section"),
    "found_list": ("写的是一个列表", "found a list"),
    "found_no_file": ("文件不存在", "no such file"),
    "found_unreadable": ("读不了：{why}", "cannot be read: {why}"),
    # what is wanted: values
    "missing": ("这一项必须填写", "this key must be set"),
    "unknown_key": ("没有这个设置项，请删掉", "there is no such key, remove it"),
    "unknown_key_near": ("没有这个设置项，是不是想写 {near}？", "there is no such key, did you mean {near}?"),
    "duplicate_key": ("同一处写了两次 {name}，只留一个", "{name} stands here twice, keep one"),
    "environment": (
        "环境变量 {name} 没有设置，启动前先 export {name}=…",
        "environment variable {name} is not set, export {name}=… before starting",
    ),
    "int_parsing": ("应为整数", "wanted a whole number"),
    "greater_than_equal": ("不能小于 {ge}", "wanted at least {ge}"),
    "less_than_equal": ("不能大于 {le}", "wanted at most {le}"),
    "literal_error": ("应为其中之一：{expected}", "wanted one of: {expected}"),
    "enum": ("应为其中之一：{expected}", "wanted one of: {expected}"),
    "string_type": ("应为一段文字", "wanted a text"),
    "string_too_short": ("不能为空", "must not be empty"),
    "too_short": ("至少写一项", "wanted at least one entry"),
    "model_type": ("应为一组「键: 值」", "wanted a section of “key: value” lines"),
    "tuple_type": ("应为一个列表，每项以「- 」开头", "wanted a list, each entry starting with “- ”"),
    "identifier": ("不能为空，也不能含空格、逗号或竖线", "must not be empty or hold blanks, commas or bars"),
    "http_address": ("应为 http:// 或 https:// 开头的地址", "wanted an address starting with http:// or https://"),
    "websocket_address": ("应为 ws:// 或 wss:// 开头的地址", "wanted an address starting with ws:// or wss://"),
    "database_url": (
        "应为 sqlite:///文件 或 postgresql+psycopg://用户@主机/库",
        "wanted sqlite:///file or postgresql+psycopg://user@host/database",
    ),
    "time_of_day": ("应为 24 小时制的时间，如 \"08:30\"", "wanted a time of day such as \"08:30\""),
    "time_window": (
        '应为一段时间，如 "09:00-18:00"',
        'wanted a span of time such as "09:00-18:00"',
    ),
    "timezone": ("应为时区名，如 Asia/Shanghai", "wanted a time zone such as Asia/Shanghai"),
    "aes_key": (
        "应为企业微信后台给的 43 位 EncodingAESKey（字母和数字）",
        "wanted the 43 letters and digits of WeCom's EncodingAESKey",
    ),
    "conversation": (
        "应为 dingtalk:openConversationId、wecom:chatid 或 wecom-app:成员",
        "wanted dingtalk:openConversationId, wecom:chatid or wecom-app:members",
    ),
    # what is wanted: sections
    "wecom_empty": ("app 和 aibot 至少配置一个", "set up app or aibot, at least one"),
    "aibot_mode": (
        "长连接填 bot_id 和 secret，回调填 token 和 encoding_aes_key，二选一",
        "set bot_id and secret (long connection) or token and encoding_aes_key (callback), not both",
    ),
    "approver_role": ("role: 后面应为其中之一：{roles}", "after role: wanted one of: {roles}"),
    "date_from_datetime_parsing": ("应为日期，如 2026-11-11", "wanted a date such as 2026-11-11"),
    "date_parsing": ("应为日期，如 2026-11-11", "wanted a date such as 2026-11-11"),
    "fence_kind": (
        "kind 是 rolling 就只填 days，是 status 就只填 statuses，是 window 就只填 from 和 to",
        "kind rolling takes days, status takes statuses, window takes from and to; nothing of the others",
    ),
    "reason_code": ("应为其中之一：{codes}", "wanted one of: {codes}"),
    "bool_parsing": ("应为 true 或 false", "wanted true or false"),
    "rule_standard": (
        "standard（标准变更）不经审批，不要写 approvals；要审批就用 normal 或 emergency",
        "a standard change has no approvals: leave them out, or use normal or emergency",
    ),
    "rule_asks_nobody": (
        "只有 standard 可以没有审批人：approvals 至少写一个（affected、部门编号或 role:coordinator 这样的角色）",
        "only standard goes without approvers: name at least one (affected, a department's id, or a role such as "
        "role:coordinator)",
    ),
    "rule_all_optional": (
        "approvals 里至少要有一个必须同意的：不能全写 optional，否则变更没人批也会生效",
        "one of the approvals must not be optional, or a change would pass with nobody's word",
    ),
    "approval_mode": (
        "应为 any（或签，一人同意）、all（会签，都要同意）或人数 1 到 {most}",
        "wanted any (one of them), all, or how many, 1 to {most}",
    ),
    "approval_twice": ("{who} 在这条规则里已经写过，只留一个", "{who} stands in this rule already, keep one"),
    "approvers_short": (
        "「{name}」要 {needs} 人同意，连协调员、其部门经理和管理员在内只有 {there} 人能审批，改小人数或补上 approver",
        "{name}: {needs} have to approve and there are only {there}, coordinators, their managers and admins included; "
        "ask for fewer or add approvers",
    ),
    "rule_ratify": (
        "ratify_hours 只用于 emergency（紧急变更先行生效，多少小时内要追认）；别的级别请写 deadline_hours",
        "ratify_hours is for emergencies only (how long one in effect has to be ratified); others take deadline_hours",
    ),
    "condition_too_long": (
        "规则 {rule} 的条件太长或嵌套太深，请拆成几条规则",
        "rule {rule}: the condition is too long or too deep, make several rules of it",
    ),
    "condition_syntax": (
        "规则 {rule} 的条件从第 {column} 个字符起看不懂（应为 CEL 表达式）",
        "rule {rule}: not CEL from character {column} on",
    ),
    "condition_unknown": (
        "规则 {rule} 里没有 {name} 这个事实，可用的有：{known}",
        "rule {rule}: there is no fact {name}, there are: {known}",
    ),
    "condition_type": (
        "规则 {rule} 里 {part} 的类型是 {found}，这里要 {wanted}",
        "rule {rule}: {part} is {found}, {wanted} is wanted here",
    ),
    "condition_list": (
        "规则 {rule} 里的列表 {found} 要有内容，且各项类型相同",
        "rule {rule}: the list {found} needs entries of one type",
    ),
    "condition_not_allowed": (
        "规则 {rule} 的条件里不能用 {part}",
        "rule {rule}: {part} cannot be used in a condition",
    ),
    "condition_never": (
        "规则 {rule} 里 {part} 永远不成立，这条规则不会触发；请改条件，或删掉这条规则",
        "rule {rule}: {part} never holds, so the rule never fires; change the condition, or remove the rule",
    ),
    "condition_zero": (
        "规则 {rule} 的条件除以 {part}，算不出来，永远不成立",
        "rule {rule}: the condition divides by {part}, which has no result, so it never holds",
    ),
    "condition_too_big": (
        "规则 {rule} 里的数 {part} 太大，最大是 9223372036854775807",
        "rule {rule}: the number {part} is too big, the biggest is 9223372036854775807",
    ),
    "condition_word": (
        "规则 {rule} 里的 {fact} 不会是「{found}」，应为其中之一：{known}",
        "rule {rule}: {fact} is never “{found}”, wanted one of: {known}",
    ),
    "days": (
        "应为日期或一段日期，如 2026-12-24 或 2026-12-24~2027-01-03，最多 400 天",
        "wanted a date or a range such as 2026-12-24 or 2026-12-24~2027-01-03, at most 400 days",
    ),
    "calendar_both": ("{day} 既在 closed 又在 working，只留一处", "{day} stands in closed and in working, keep one"),
    "calendar_built_in": ("{name} 是自带的日历，换一个名字", "{name} is a calendar everybody has, choose another name"),
    "no_such_calendar": (
        "没有这个日历，现有：{known}；自己的日历写在 calendars 里",
        "no such calendar, known: {known}; calendars of your own go into calendars",
    ),
    "fence_id": (
        "F-001 这样的编号留给群里设的冻结窗，换一个",
        "ids such as F-001 are for windows set in chat, choose another",
    ),
    "fence_over": (
        "已完成、已关闭、已取消的单子不在任何围栏内，写了不起作用，请删掉",
        "what is done, closed or cancelled is inside no fence: remove it, it does nothing",
    ),
    "fence_affected": (
        "受影响的部门本来就要批；特批请写部门编号或 role:coordinator 这样的角色",
        "the departments affected are asked anyway; name a department or a role such as role:coordinator",
    ),
    "fence_window": ("to 不能早于 from", "to must not be earlier than from"),
    "no_such_scope_department": (
        "departments 里没有部门 {department}，现有：{known}",
        "no department {department}, known: {known}",
    ),
    "no_such_holder": (
        "没有叫 {who} 的人、部门或令牌；角色写成 role:planner 这样，令牌写成 api:名字",
        "there is no person, department or token {who}; write roles as role:planner, tokens as api:name",
    ),
    "holder_both": (
        "{who} 既是部门又是人，请写 department:{who} 或 person:{who}",
        "{who} is a department and a person, write department:{who} or person:{who}",
    ),
    "authority_empty": (
        "没有授权给任何人，计划就谁也改不了；删掉这一项，或至少写一条",
        "grants nothing, so nobody could change the plan: remove it, or write at least one grant",
    ),
    "masked_known": (
        "{column} 是计划本身的列，大家要看着它决定，不能遮；能遮的是导入文件里的其他列",
        "{column} is one of the plan's own columns, which people decide by: only further columns can be masked",
    ),
    # what is wanted: the whole
    "duplicate": ("{what} {value} 已在 {first} 用过，换一个", "{what} {value} is already used at {first}"),
    "no_such_department": ("departments 里没有这个部门，现有：{known}", "no such department, known: {known}"),
    "no_such_person": ("people 里没有 {deputy} 这个人", "there is no {deputy} among people"),
    "own_deputy": ("代理人不能是自己", "nobody is their own deputy"),
    "hours_order": ("上班时间要早于下班时间，且在同一天", "must open before it closes, on one day"),
    "ladder_order": ("每一级要比上一级晚", "each rung must come later than the one before"),
    "ladder_twice": ("{do} 已经在前面出现过，每种只升级一次", "{do} stands there before; each is climbed once"),
    "platform_missing": (
        "要用这个会话，先配置 {section} 一节",
        "this conversation needs the section {section}",
    ),
    # warnings
    "warn_no_grant": (
        "令牌「{name}」有 write 权限，但 authority 里没有 api:{name} 的授权，它提的变更都会被拒绝",
        "the token {name} has the scope write but no grant api:{name} under authority, all it proposes is refused",
    ),
    "warn_masked_alone": (
        "令牌「{name}」有 masked 权限但没有 read，什么也看不到",
        "the token {name} has the scope masked without read and sees nothing",
    ),
    "warn_no_platform": (
        "dingtalk 和 wecom 都没有配置，机器人收不到消息",
        "neither dingtalk nor wecom is set up, the bot hears nobody",
    ),
    "warn_no_coordinator": (
        "没有人的 roles 含 coordinator（计划协调员），没有审批人的部门的变更会交不上去",
        "nobody has the role coordinator, changes that touch a department without an approver cannot be submitted",
    ),
    "warn_ladder_top": (
        "升级的最后没有 coordinator，没人答复的审批可能一直等到过期",
        "the ladder does not reach the coordinator, a step nobody answers may wait until it expires",
    ),
    "warn_no_manager": (
        "部门「{name}」的 manager 写的是「{manager}」，people 里没有这个人",
        "department {name} has the manager {manager}, who is not among people",
    ),
    "warn_no_approver": (
        "部门「{name}」有会话但没有 approver，它的审批会转给协调员",
        "department {name} has a conversation but no approver, its approvals go to the coordinator",
    ),
    "warn_few_approvers": (
        "「{name}」要 {needs} 人同意，只有 {there} 个审批人，差的由协调员补上",
        "{name}: {needs} have to approve and there are {there}, coordinators make up for the rest",
    ),
    "warn_no_conversation": (
        "部门「{name}」没有会话，它的卡片会发到协调员所在部门",
        "department {name} has no conversation, its cards go to the coordinator's department",
    ),
    "warn_shadow_all": (
        "all 是 true 时全部都在影子运行，departments 和 products 不起作用",
        "with all everything is in shadow, departments and products do nothing",
    ),
    "warn_shared_conversation": (
        "部门「{name}」与「{other}」用同一个会话，群里的命令按「{other}」算",
        "departments {name} and {other} share a conversation, commands there count as {other}",
    ),
    "warn_item_type": (
        "「{type}」不是自带的类型，导入文件里也这样写才有用；自带的有：{known}",
        "{type} is no type of ours and does something only where an import says it; ours are: {known}",
    ),
    "warn_fence_past": (
        "围栏「{fence}」到 {last} 为止，已经过去，不再起作用",
        "the fence {fence} ended on {last} and does nothing any more",
    ),
    "warn_standard_deadline": (
        "规则 {rule} 是 standard，提交即生效，deadline_hours 不起作用",
        "rule {rule} is standard, in effect when submitted: deadline_hours does nothing",
    ),
    "warn_unreachable_rule": (
        "规则 {rule} 排在 {first} 后面，{first} 什么变更都符合，轮不到它；请把它移到前面",
        "rule {rule} comes after {first}, which fires for every change, and is never reached: move it up",
    ),
    "warn_unreachable": (
        "「{name}」要审批或提变更，但没有 dingtalk 或 wecom 帐号",
        "{name} decides or proposes but has no dingtalk or wecom id",
    ),
}


def sentence(code: str, locale: str, /, **facts: object) -> str:
    """The catalogue's sentence for a code, in `zh-CN` or `en`."""
    chinese, english = WORDS[code]
    return (english if locale == "en" else chinese).format(**facts)
