"""Why something was not done, and what to do instead."""

REFUSALS: dict[str, tuple[str, str]] = {
    # who may do what
    "stranger": (
        "我不认识你：请管理员把你的账号加进通盘的人员名单（账号 {user}，会话 {conversation}）。计划没有改动。",
        "I do not know you: ask the administrator to add your account to Tongpan's people (account {user}, conversation "
        "{conversation}). Nothing was changed.",
    ),
    "may-not-propose": (
        "{name} 没有提出变更的权限（需要“计划员”角色）。请联系本部门的计划员，或请管理员授权。",
        "{name} may not propose changes (the role planner is needed). Ask a planner of your department, or the administrator.",
    ),
    "not-the-proposer": (
        "{no} 不是你提出的，只有提出人可以提交、放弃或撤回。",
        "{no} is not yours: only its proposer can submit, discard or withdraw it.",
    ),
    "own-change": (
        "{no} 是你自己提出的，不能由你审批。请等其他审批人决定，或发送：撤回 {no}",
        "{no} is your own: somebody else has to decide it. To take it back, send: withdraw {no}",
    ),
    "own-wish": (
        "{no} 取代了你提出的变更单，等于也是你提出的，不能由你审批。请等其他审批人决定。",
        "{no} takes the place of a request of yours, so it is yours too: somebody else has to decide it.",
    ),
    "not-an-approver": (
        "你不是 {no} 当前环节的审批人，你的决定没有生效。发送“谁知道 {no}”可以看到由谁决定。",
        "You are not an approver of {no}; your decision changed nothing. Send “acks {no}” to see who decides.",
    ),
    "not-asked": (
        "{no} 不需要这个部门审批（内容更新后已不受影响）。",
        "{no} does not need this department's approval (any more).",
    ),
    "no-approver": (
        "{department} 和协调人都没有可以审批的人（提出人不能审批自己的变更）。请管理员先补上审批人。",
        "Nobody can approve for {department}, not even a coordinator (the proposer cannot). Ask the administrator to add one.",
    ),
    "cannot-transfer": (
        "不能转交给 {name}：只能转交给本部门的其他审批人或协调人。",
        "It cannot be transferred to {name}: only to another approver of the department, or a coordinator.",
    ),
    "nobody-to-transfer": (
        "没有可以转交的人：本部门没有其他审批人，也没有别的协调人。",
        "There is nobody to transfer it to: the department has no other approver and there is no other coordinator.",
    ),
    # the state of a change request
    "unknown-change": (
        "没有找到变更单 {no}。发送“待办”可以看到还没有决定的变更。",
        "There is no change request {no}. Send “todo” to see the open ones.",
    ),
    "already-submitted": ("{no} 已经提交过了，不用再提交。", "{no} has been submitted already."),
    "source-in-effect": (
        "{no} 是要取代 {other} 的，可 {other} 已经生效（第 {revision} 版），再提交会改两次。请放弃 {no}，发“查计划 {item}”看现在的安排；"
        "还要改就按现在的计划重新提出，比如“改期 {item} 推迟1天”。",
        "{no} was to take the place of {other}, which is in effect by now (revision {revision}): the same would be done twice. "
        "Discard {no} and send “plan {item}” to see how things stand; if more is wanted, propose it anew, for example "
        "“move {item} +1d”.",
    ),
    "source-replaced": (
        "{no} 是要取代 {other} 的，可 {other} 已被 {by_no} 取代，再提交会改两次。请放弃 {no}，发“查计划 {item}”看现在的安排；"
        "还要改就按现在的计划重新提出，比如“改期 {item} 推迟1天”。",
        "{no} was to take the place of {other}, which {by_no} has replaced by now: the same would be done twice. "
        "Discard {no} and send “plan {item}” to see how things stand; if more is wanted, propose it anew, for example "
        "“move {item} +1d”.",
    ),
    "not-submitted": (
        "{no} 还没有提交，要等提出人按“提交”。",
        "{no} has not been submitted yet: its proposer has to press Submit.",
    ),
    "change-ended": ("{no} 已经结束（{state_name}），什么也没有做。", "{no} has ended ({state_name}); nothing was done."),
    "already-decided": ("{no} 的这个环节已由 {name} 决定，什么也没有做。", "This step of {no} was decided by {name}; nothing was done."),
    "impact-changed": (
        "{no} 的影响已经更新，请看最新的卡片再决定。",
        "The effect of {no} has changed: please decide on its newest card.",
    ),
    "modify-needs-reason": (
        "要求修改请写明怎么改，比如“要求修改 {no} 因为 请改到 12-08”。",
        "Say what to propose instead, for example “modify {no} because please move it to 12-08”.",
    ),
    "on-hold": (
        "{no} 因冻结 {windows} 挂起，解冻后再决定：最晚到 {until}；要提前，请 {keepers} 解冻。",
        "{no} is held by the freeze {windows} and decided when that is lifted: on {until} at the latest, or earlier by {keepers}.",
    ),
    "already-in-effect": ("{no} 已先行生效，请等追认，或用“撤销 {no}”。", "{no} is in effect already; await its ratification, or type “undo {no}”."),
    "reject-needs-reason": (
        "驳回需要原因。请发送：驳回 {no} 因为 <原因>",
        "A rejection needs its reason. Send: reject {no} because <reason>",
    ),
    "preview-changed-fence": (
        "你看预览的时候冻结窗变了（{fences}），计划没有变；要谁同意已经重新算过。请核对后再按“提交”。",
        "The fences changed while you looked at the preview ({fences}), the plan did not; who decides was worked out again. Please check it and submit.",
    ),
    "preview-changed-rule": (
        "你看预览的时候审批规则变了，计划没有变；要谁同意已经重新算过。请核对后再按“提交”。",
        "The rules changed while you looked at the preview, the plan did not; who decides was worked out again. Please check it and submit.",
    ),
    "preview-changed": (
        "你看预览的时候计划变了，影响已经重新计算。请核对后再按“提交”。",
        "The plan changed while you looked at the preview; the effect was computed again. Please check it and submit.",
    ),
    "nothing-changes": (
        "这样改，计划不会有任何变化（{item} 已经是这样了）。",
        "That changes nothing in the plan ({item} is like that already).",
    ),
    "unknown-department": (
        "没有叫“{department}”的部门。部门有：{departments}",
        "There is no department “{department}”. There are: {departments}",
    ),
    "stale-table": (
        "{file} 是按第 {revision} 版导出的，现在计划已是第 {head} 版。请重新导出后再改，否则会覆盖之后的变更。",
        "{file} was exported at revision {revision}, the plan is at {head} now. Export again and edit that, or later "
        "changes would be undone.",
    ),
    # baselines and revisions
    "may-not-name": (
        "{name} 没有命名基线的权限（需要“计划员”或“协调员”角色）。请联系本部门的计划员。",
        "{name} may not name baselines (the role planner or coordinator is needed). Ask a planner of your department.",
    ),
    "baseline-exists": (
        "已经有基线“{name}”了（第 {revision} 版），基线不能改。请换一个名称。",
        "There is a baseline “{name}” already (revision {revision}), and baselines never change. Choose another name.",
    ),
    "unknown-revision": (
        "没有第 {revision} 版可看：能看的是第 {oldest} 版到第 {newest} 版。",
        "Revision {revision} cannot be shown: there are {oldest} to {newest}.",
    ),
    "unknown-point": (
        "没有叫“{found}”的版本、基线或部门。版本有 {oldest} 到 {newest}，基线有：{baselines}",
        "There is no revision, baseline or department “{found}”. Revisions are {oldest} to {newest}, baselines: {baselines}",
    ),
    # cards and clicks
    "card-unknown": (
        "这张卡片不是通盘发出的，或者已经失效。计划没有改动。",
        "This card is not one of Tongpan's, or no longer valid. Nothing was changed.",
    ),
    "card-old": (
        "这张卡片已被新的卡片取代，点击没有生效。请看最新的卡片。",
        "A newer card has replaced this one; your click changed nothing. Please use the newest card.",
    ),
    "trouble": (
        "处理这条消息时出了错，已经记录下来，计划没有改动。请稍后再试，或把编号 {ref} 发给管理员。",
        "Something went wrong with this message; it was recorded and nothing was changed. Try again later, or give the "
        "administrator this number: {ref}",
    ),
    "no-plan": (
        "还没有导入计划。请管理员运行：python run.py import ITEMS.csv LINKS.csv",
        "There is no plan yet. The administrator can bring one in: python run.py import ITEMS.csv LINKS.csv",
    ),
}
