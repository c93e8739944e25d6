"""Refusals about issues (反馈)."""

SENTENCES: dict[str, tuple[str, str]] = {
    "refusal.no-issue": ("没有 {no} 这条反馈。发“反馈”看和你有关的，“反馈 全部”看所有没关闭的。", "There is no issue {no}. “issue” lists yours, “issue all” all that are not closed."),
    "refusal.issue-text-missing": ("{no} 后面还要写一句话。例如：反馈 MO-2451 物料规格不对 给 采购", "{no} needs words behind it, as in: issue MO-2451 wrong material to Purchasing"),
    "refusal.issue-over": ("反馈 {no} 已经关闭，什么也没有做。还没好就发：反馈 {no} 没解决", "Issue {no} is closed; nothing was done. If it is not solved, type: issue {no} unsolved"),
    "refusal.issue-resolved": ("反馈 {no} 已标为解决，什么也没有做。还没好，提出人可以发：反馈 {no} 没解决", "Issue {no} is marked as solved; nothing was done. Whoever raised it may type: issue {no} unsolved"),
    "refusal.issue-not-over": ("反馈 {no} 还没有解决，不用重开。看它到哪了：反馈 {no}", "Issue {no} is not solved yet, there is nothing to reopen. Where it stands: issue {no}"),
    "refusal.issue-too-late": ("反馈 {no} 关闭超过 {days} 个工作日，不能重开了。请再提一条：反馈 <问题>", "Issue {no} was closed more than {days} working days ago and stays so. Please raise another: issue <what is wrong>"),
    "refusal.issue-not-yours": ("反馈 {no} 这一步由 {names} 来。你可以看它到哪了：反馈 {no}", "That is for {names} to do on issue {no}. Where it stands: issue {no}"),
    "refusal.issue-nobody": ("没有人能接这条反馈：设置里没有审批人、经理或协调员。请联系管理员。", "Nobody can see to this issue: the settings name no approver, manager or coordinator. Ask an administrator."),
    "refusal.issue-to-self": ("不用反馈给自己。要提醒别人，请写“给 <姓名或部门>”。", "There is no need to raise it to yourself: name somebody else, “to <name or department>”."),
    "refusal.issue-to-unknown": ("没有找到“{found}”这个部门或人。请写部门名、姓名或编号。", "There is no department or person “{found}”. Write a department, a name or an id."),
    "refusal.issue-is-theirs": ("这条反馈已经归 {name}。", "{name} has this issue already."),
    "refusal.issue-no-item": ("反馈 {no} 没有对应的单子，不知道要改哪一项。请直接发：改期 <单号> 推迟2天 因为 {no}", "Issue {no} is about no item, so there is nothing to change. Type it yourself: move <code> +2d because {no}"),
}
