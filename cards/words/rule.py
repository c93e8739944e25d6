"""Trigger rules, in the list and in a trial."""

SENTENCES: dict[str, tuple[str, str]] = {
    "rule.ratify": ("先行生效，{hours} 小时内追认", "in effect at once, to be ratified within {hours} hours"),
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
}
