"""Refusals of a change request: its state does not allow it, or nobody could decide it."""

SENTENCES: dict[str, tuple[str, str]] = {
    "refusal.web-words-missing": ("{verb}要写原因，什么也没有做。写在上面的框里，再按一次。", "{verb}: say why, nothing was done. Write it above and press again."),
    # its state
    "refusal.unknown-change": ("没有找到变更单 {no}。发送“待办”可以看到还没有决定的变更。", "There is no change request {no}. Send “todo” to see the open ones."),
    "refusal.already-submitted": ("{no} 已经提交过了，不用再提交。", "{no} has been submitted already."),
    "refusal.not-submitted": ("{no} 还没有提交，要等提出人按“提交”。", "{no} has not been submitted yet: its proposer has to press Submit."),
    "refusal.change-ended": ("{no} 已经结束（{state_name}），什么也没有做。", "{no} has ended ({state_name}); nothing was done."),
    "refusal.on-hold": (
        "{no} 因冻结 {windows} 挂起，解冻后再决定：最晚到 {until}；要提前，请 {keepers} 解冻。",
        "{no} is held by the freeze {windows} and decided when that is lifted: on {until} at the latest, or earlier by {keepers}.",
    ),
    "refusal.already-in-effect": ("{no} 已先行生效，请等追认，或用“撤销 {no}”。", "{no} is in effect already; await its ratification, or type “undo {no}”."),
    "refusal.source-in-effect": (
        "{no} 是要取代 {other} 的，可 {other} 已经生效（第 {revision} 版），再提交会改两次。请放弃 {no}，发“查计划 {item}”看现在的安排；"
        "还要改就按现在的计划重新提出，比如“改期 {item} 推迟1天”。",
        "{no} was to take the place of {other}, which is in effect by now (revision {revision}): the same would be done twice. "
        "Discard {no} and send “plan {item}” to see how things stand; if more is wanted, propose it anew, for example "
        "“move {item} +1d”.",
    ),
    "refusal.source-replaced": (
        "{no} 是要取代 {other} 的，可 {other} 已被 {by_no} 取代，再提交会改两次。请放弃 {no}，发“查计划 {item}”看现在的安排；"
        "还要改就按现在的计划重新提出，比如“改期 {item} 推迟1天”。",
        "{no} was to take the place of {other}, which {by_no} has replaced by now: the same would be done twice. "
        "Discard {no} and send “plan {item}” to see how things stand; if more is wanted, propose it anew, for example "
        "“move {item} +1d”.",
    ),
    "refusal.too-many-open": (
        "你提出的变更已有 {limit} 个在等决定，这个先提交不了。发“待办”看看，用“撤回”收回不要的，或等其中一个决定了再提交。",
        "{limit} of your requests await a decision, so this one cannot be submitted yet. See “todo”, withdraw what is not "
        "wanted any more, or submit it when one of them is decided.",
    ),
    "refusal.too-many-open-item": (
        "{item} 已有 {limit} 个变更在等决定，这个先提交不了。发“查计划 {item}”看是哪些，等其中一个决定了再提交。",
        "{limit} requests for {item} await a decision, so this one cannot be submitted yet. See them with “plan {item}”, "
        "and submit it when one of them is decided.",
    ),
    # its preview
    "refusal.nothing-changes": ("这样改，计划不会有任何变化（{item} 已经是这样了）。", "That changes nothing in the plan ({item} is like that already)."),
    "refusal.preview-changed-fence": (
        "你看预览的时候冻结窗变了（{fences}），计划没有变；要谁同意已经重新算过。请核对后再按“提交”。",
        "The fences changed while you looked at the preview ({fences}), the plan did not; who decides was worked out again. Please check it and submit.",
    ),
    "refusal.preview-changed-rule": (
        "你看预览的时候审批规则变了，计划没有变；要谁同意已经重新算过。请核对后再按“提交”。",
        "The rules changed while you looked at the preview, the plan did not; who decides was worked out again. Please check it and submit.",
    ),
    "refusal.preview-changed": ("你看预览的时候计划变了，影响已经重新计算。请核对后再按“提交”。", "The plan changed while you looked at the preview; the effect was computed again. Please check it and submit."),
    "refusal.effect-unseen": (
        "{no} 的影响还没有给你看过，所以没有当作决定。卡片在这里，看过再决定。",
        "You have not been shown the effect of {no} yet, so nothing was decided. Here is its card: please look, then decide.",
    ),
    "refusal.impact-changed": ("{no} 的影响已经更新，请看最新的卡片再决定。", "The effect of {no} has changed: please decide on its newest card."),
    # its approvers
    "refusal.no-approver": (
        "{department} 和协调人都没有可以审批的人（提出人不能审批自己的变更）。请管理员先补上审批人。",
        "Nobody can approve for {department}, not even a coordinator (the proposer cannot). Ask the administrator to add one.",
    ),
    "refusal.too-few-approvers": (
        "{department}要 {needs} 人同意，除去提出人和代理人，连同协调人只有 {there} 人能审批。请管理员补上审批人，或改小设置里的人数。",
        "{department}: {needs} have to approve, and without the proposer and who acts for them there are only {there}, "
        "coordinators included. Ask the administrator to add approvers, or to ask for fewer in the settings.",
    ),
    "refusal.nobody-required": (
        "规则“{rule}”里没有一个必须同意的审批人，不能提交。请管理员改设置：approvals 里至少一个不写 optional。",
        "The rule “{rule}” has no approver who is required, so nothing can be submitted. Ask the administrator: one of "
        "its approvals must not be optional.",
    ),
    "refusal.transfer-to-whom": ("“{found}”是部门，一步只能转交给人：本部门的其他审批人或协调人（{names}）。", "“{found}” is a department; a step is handed on to a person: another approver of the department, or a coordinator ({names})."),
    "refusal.cannot-transfer": ("不能转交给 {name}：只能转交给本部门的其他审批人或协调人。", "It cannot be transferred to {name}: only to another approver of the department, or a coordinator."),
    "refusal.nobody-to-transfer": ("没有可以转交的人：本部门没有其他审批人，也没有别的协调人。", "There is nobody to transfer it to: the department has no other approver and there is no other coordinator."),
    # a decision
    "refusal.already-decided": ("{no} 的这个环节已由 {name} 决定，什么也没有做。", "This step of {no} was decided by {name}; nothing was done."),
    "refusal.voted-already": ("{no} 你这一票已经投了，不能再转交。要改主意，请发送：驳回 {no} 因为 <原因>", "Your vote on {no} is given and cannot be transferred. To change it, send: reject {no} because <reason>"),
    "refusal.reject-needs-reason": ("驳回需要原因。请发送：驳回 {no} 因为 <原因>", "A rejection needs its reason. Send: reject {no} because <reason>"),
    "refusal.modify-needs-reason": ("要求修改请写明怎么改，比如“要求修改 {no} 因为 请改到 12-08”。", "Say what to propose instead, for example “modify {no} because please move it to 12-08”."),
    "refusal.modify-in-effect": ("{no} 是紧急变更，已经先行生效，不能再要求修改。请同意（追认），或者驳回（计划会恢复）。", "{no} is an emergency and in effect already: it cannot be modified. Approve it, or reject it (the plan goes back)."),
    "refusal.revise-missing": ("“{found}”里没有看懂要改成什么。请在变更单号后面写新的命令：{example}", "“{found}” does not say what to propose now. Write the new command after the number: {example}"),
    "refusal.suggestion-refused": (
        "{no} 还没有驳回：建议“{found}”做不了。{why} 改好建议再发：{example} 只驳回、不建议就发：{plain}",
        "{no} was not rejected: the suggestion “{found}” cannot be done. {why} Mend it and send: {example} To reject "
        "without a suggestion, send: {plain}",
    ),
    # a reminder, and an extension
    "refusal.reminded-already": ("{no} 在 {at} 刚提醒过 {steps}，一小时内不再重复。{next} 以后可以再催。", "{no}: {steps} had a reminder at {at}; not again within the hour. You can send another after {next}."),
    "refusal.nobody-to-remind": ("{no} 现在没有要等的审批人，不用催。要求修改的，请提出人发送：修改 {no} <命令>", "Nobody is waited for to decide {no}. Where it is to be modified, its proposer sends: revise {no} <command>"),
    "refusal.extended-enough": (
        "{no} 的期限最多延 {most} 个工作日，已经延了 {done} 个，还能延 {rest} 个。请发送：延长 {no} {rest}天",
        "{no} can be extended by {most} working days in all; {done} are used, {rest} are left. Send: extend {no} {rest}d",
    ),
    "refusal.extended-out": (
        "{no} 的期限已经延满 {most} 个工作日，不能再延。请催办，或由提出人重新提出。",
        "{no} has been extended by {most} working days, which is the most. Remind those who decide, or have its proposer "
        "propose it anew.",
    ),
    "refusal.extended-past-start": (
        "{no} 牵涉的项 {start} 就开始，最晚要在 {latest} 前决定，不能延到那以后。请催办，或由提出人重新提出。",
        "What {no} moves starts on {start}: it has to be decided by {latest} and cannot be extended beyond. Remind those "
        "who decide, or have its proposer propose it anew.",
    ),
    # a card
    "refusal.card-unknown": ("这张卡片不是通盘发出的，或者已经失效。计划没有改动。", "This card is not one of Tongpan's, or no longer valid. Nothing was changed."),
    "refusal.question-not-yours": ("这些按钮是给 {name} 的。你要做什么，直接发消息就行。", "These buttons are for {name}. Simply type what you want to do."),
    "refusal.question-answered": ("这张卡片已经用过了，没有再做一次。要再做，请重新发一次。", "This card was used already; nothing was done again. Send the message again if you want it again."),
    "refusal.card-old": ("这张卡片已被新的卡片取代，点击没有生效。请看最新的卡片。", "A newer card has replaced this one; your click changed nothing. Please use the newest card."),
}
