"""Refusals of a leave or a deputy."""

SENTENCES: dict[str, tuple[str, str]] = {
    "refusal.leave-missing": ("“{found}”里没有看懂请假到哪天。请写成：{example}", "“{found}” does not say which days. Please write: {example}"),
    "refusal.leave-backwards": ("{last} 早于 {first}，请核对请假的起止日期。", "{last} lies before {first}: please check the days."),
    "refusal.leave-over": ("{last} 已经过去了，没有记下。请核对日期。", "{last} has passed; nothing was noted. Please check the days."),
    "refusal.no-leave-with": ("你没有请 {deputy} 代理，没有要取消的。发送“代理”可以看到谁替谁。", "You have not arranged for {deputy} to act for you, so there is nothing to cancel. Send “delegate” to see who acts."),
    "refusal.no-leave": ("你现在没有请假，也没有安排代理，没有要取消的。", "You have no leave arranged, so there is nothing to cancel."),
    "refusal.not-your-delegation": ("这是请 {name} 决定的，只有 {name} 能点。", "Only {name} can answer this."),
    "refusal.delegation-ended": ("这个代理已经结束了，没有变化。发送“代理”可以看到现在谁替谁。", "This is over; nothing was changed. Send “delegate” to see who acts for whom."),
    "refusal.no-delegation": ("现在没有人请你代理。发送“代理”可以看到谁替谁。", "Nobody asks you to act for them. Send “delegate” to see who acts for whom."),
    "refusal.no-delegation-of": ("{name} 没有请你代理。发送“代理”可以看到谁替谁。", "{name} has not asked you to act. Send “delegate” to see who acts for whom."),
    "refusal.unknown-mention": ("你 @ 的 {found} 不在通盘的人员名单里，什么也没有做。请写姓名或人员编号，或请管理员把这个账号加进名单。", "Whom you mentioned, {found}, is not among Tongpan's people; nothing was done. Write a name or a person's id, or ask the administrator to add the account."),
    "refusal.several-mentioned": ("你 @ 了 {count} 个人，“{command}”一次只能给一个人，什么也没有做。请只 @ 一个人，或写姓名。", "You mentioned {count} people, and “{command}” can be done for one at a time; nothing was done. Mention one person, or write the name."),
    "refusal.unknown-person": ("没有叫“{found}”的人，没有记下。请写姓名或人员编号，例如：{example}", "There is nobody called “{found}”; nothing was noted. Write a name or a person's id, e.g. {example}"),
    "refusal.ambiguous-person": ("叫“{found}”的有好几位：{choices}。请写人员编号。", "There are several called “{found}”: {choices}. Please write the person's id."),
    "refusal.deputy-yourself": ("不能由你自己代理自己，请写另一个人。", "You cannot act for yourself; name somebody else."),
    "refusal.deputy-missing": ("没有写由谁代理，设置里也没有你的副手。请写成：代理 <姓名> {first}~{last}", "Who acts for you? You have no standing deputy. Please write: delegate <name> {first}~{last}"),
}
