"""Emergencies that are in effect first, changes that are taken back, ways round a fence, deadlines moved."""

CLASSES: dict[str, tuple[str, str]] = {
    # an emergency, before and after it is ratified
    "card.at-once": (
        "⚡ 提交后立即先行生效，{hours} 小时内要追认；到期没有追认或有人驳回，计划就恢复",
        "⚡ In effect as soon as it is submitted, to be ratified within {hours} hours; otherwise the plan is restored",
    ),
    "card.standard": (
        "✔ 标准变更不用审批：提交后立即生效，受影响的部门都会收到通知",
        "✔ A standard change: in effect as soon as it is submitted, everybody affected is told",
    ),
    "card.unasked": (
        "✔ 影子运行，没有人要批：提交后立即生效",
        "✔ Shadow mode, nobody is asked: in effect as soon as it is submitted",
    ),
    "card.approved-first": (
        "⚡ 碰到要特批的冻结窗，紧急变更也要先批准才生效",
        "⚡ It touches a fence that asks for approval: even an emergency is approved first",
    ),
    "card.provisional": (
        "⚡ 紧急先行生效（第 {revision} 版），请在 {until} 前追认；到期没有追认或有人驳回，计划就恢复",
        "⚡ Emergency in effect (revision {revision}): please ratify it by {until}; otherwise the plan is restored",
    ),
    "card.provisional-told": (
        "⚡ 紧急先行生效（第 {revision} 版），还要在 {until} 前追认；没有追认会恢复原计划，到时再通知",
        "⚡ Emergency in effect (revision {revision}), to be ratified by {until}; you hear if it is taken back",
    ),
    "card.reverted": ("↩ 已撤销，{given_back}", "↩ Taken back: {given_back}"),
    # how much of what was taken back the plan has given back
    "given-back.wholly": ("计划已由 {by_no} 恢复", "{by_no} has restored the plan"),
    "given-back.partly": ("{by_no} 只恢复了一部分：{left}", "{by_no} restored only a part of the plan: {left}"),
    "given-back.nothing": ("{by_no} 没能恢复计划：{left}", "{by_no} could not restore the plan: {left}"),
    "given-back.as-it-was": ("计划已经和它生效以前一样，没有要恢复的", "the plan was as before already, there was nothing to restore"),
    "unrestored.told": (
        "⚠ 紧急变更 {no} 要撤销，但 {given_back}。请计划协调员看看怎么办。",
        "⚠ The emergency {no} was to be taken back, but {given_back}. Coordinator, please decide what becomes of it.",
    ),
    "unrestored.told-instead": (
        "⚠ 紧急变更 {no} 要撤销，但 {given_back}。请计划协调员决定要不要改回去；要改，请发：{instead}",
        "⚠ The emergency {no} was to be taken back, but {given_back}. Coordinator, please decide whether to change the plan "
        "back. If so, send: {instead}",
    ),
    "rule.ratify": ("先行生效，{hours} 小时内追认", "in effect at once, to be ratified within {hours} hours"),
    "status.ratify": ("{no} · 已先行生效，待{department}追认", "{no} · in effect, {department} to ratify"),
    "status.notice-provisional": ("{no} · 紧急先行生效，待追认", "{no} · emergency in effect, to be ratified"),
    "status.notice-reverts-wholly": ("{no} · 计划已恢复，请知悉", "{no} · the plan is restored, for your information"),
    "status.notice-reverts-partly": ("{no} · 计划部分恢复，请知悉", "{no} · the plan is partly restored, for your information"),
    "status.reverted-wholly": ("{no} · 已撤销恢复", "{no} · taken back"),
    "status.reverted-partly": ("{no} · 已撤销，部分恢复", "{no} · taken back in part"),
    "status.reverted-nothing": ("{no} · 已撤销，没能恢复", "{no} · could not be taken back"),
    "status.reverted-as-it-was": ("{no} · 已撤销", "{no} · taken back"),
    "status.unrestored": ("{no} · 没能恢复计划", "{no} · could not restore the plan"),
    "status.as-it-was": ("{no} · 计划已是原样", "{no} · the plan is as it was"),
    "summary.ratify": (
        "{proposer}：{reason}。{effect}。已先行生效，请在 {deadline} 前追认",
        "{proposer}: {reason}. {effect}. In effect already: ratify it by {deadline}",
    ),
    "button.ratify": ("追认", "Ratify"),
    "button.ratify-instead": ("代为追认", "Ratify instead"),
    "decided.ratified": ("全部追认，第 {revision} 版不变。", "All have ratified it; revision {revision} stands."),
    "decided.reverted": ("{given_back}。", " {given_back}."),
    "withdrawn.reverted": (
        "{no} 已撤回；它已先行生效，{given_back}。相关的人都会收到通知。",
        "{no} is withdrawn. It was in effect: {given_back}. Everybody concerned is told.",
    ),
    "reminder.ratify": (
        "⏰ {no} {headline}：紧急变更已先行生效，{department}还没有追认，等 {names}，从 {since} 等到现在已 {hours} 个工时。请在 {deadline} 前追认，否则计划恢复。",
        "⏰ {no} {headline}: the emergency is in effect and {department} has not ratified it. Waiting for {names} since "
        "{since}, {hours} working hours. Please decide by {deadline}, or the plan is restored.",
    ),
    "reminder.ratify.by": (
        "⏰ {name} 催办 {no} {headline}：紧急变更已先行生效，{department}还没有追认，等 {names}，从 {since} 等到现在已 {hours} 个工时。请在 {deadline} 前追认，否则计划恢复。",
        "⏰ {name} asks about {no} {headline}: the emergency is in effect and {department} has not ratified it. Waiting for "
        "{names} since {since}, {hours} working hours. Please decide by {deadline}, or the plan is restored.",
    ),
    # a compensating change
    "op.restore": ("恢复 {title}", "Restore {title}"),
    "op.reverts": ("撤销 {no}：{headline}", "Take back {no}: {headline}"),
    "op.reverts-nothing": ("撤销 {no}", "Take back {no}"),
    "revert.rejected": ("紧急变更 {no} 被{department} {name} 驳回：{comment}", "{name}, {department}, rejected the emergency {no}: {comment}"),
    "revert.expired": ("紧急变更 {no} 到 {until} 没有追认", "the emergency {no} was not ratified by {until}"),
    "revert.withdrawn": ("撤回紧急变更 {no}", "withdraws the emergency {no}"),
    "revert.gave-way": ("紧急变更 {no} 让位给 {to}", "the emergency {no} gives way to {to}"),
    "revert.undone": ("撤销 {no}", "undoes {no}"),
    "revert.undone-because": ("撤销 {no}：{reason}", "undoes {no}: {reason}"),
    "why-you.reverts": ("{department}收到过 {no}", "{department} was told of {no}"),
    "card.left": ("没有恢复的", "Not restored"),
    "left-changed": (
        "{item} {title} 的{field_name}已被 {by} 再次修改，保持不变",
        "{item} {title}: {by} changed its {field_name} again, and that stays",
    ),
    "left-over": ("{item} 已经结束，保持不变", "{item} is over and stays"),
    "left-started": ("{item} 已经在 {start} 开工，保持不变", "{item} began on {start} and stays"),
    "left-past": (
        "{item} {title} 原定 {start} 开始，这一天已经过去，只能从今天起",
        "{item} {title} was to start on {start}, which has passed: it begins today at the earliest",
    ),
    # 撤销
    "undo.asked": (
        "{no} 现在在冻结窗里，撤销要先特批：{by_no} 已提交，等 {departments} 决定；批准前计划不变。",
        "{no} is inside a fence by now, so {by_no} was submitted to take it back and waits for {departments}; until then "
        "the plan stays.",
    ),
    "may-not-undo": (
        "{no} 不是你提出的。只有提出人和计划协调员可以撤销。要改回去，请重新提出变更，例如：{instead}",
        "{no} is not yours: only its proposer and a coordinator can undo it. To change the plan back, propose it, for "
        "example: {instead}",
    ),
    "undo.reason": ("改回 {no} 之前", "as before {no}"),
    "undo.import-instead": ("在表格里把 {item} 改回原状态后重新导入", "give {item} its former status in the table and import it"),
    "undo-too-late": (
        "{no} 在 {at} 生效，已超过 {minutes} 分钟，不能直接撤销。要改回去，请重新提出变更，例如：{instead}",
        "{no} took effect at {at}, more than {minutes} minutes ago, and cannot be undone any more. To change the plan back, "
        "propose it, for example: {instead}",
    ),
    "undo-overtaken": (
        "{no} 生效以后，{by} 又改了 {item} {title} 的{field_name}，不能直接撤销。请先撤销 {by}，或重新提出变更，例如：{instead}",
        "Since {no} took effect, {by} changed the {field_name} of {item} {title} again, so it cannot be undone. Undo {by} "
        "first, or propose a change, for example: {instead}",
    ),
    "undo-overtaken-for-good": (
        "{no} 生效以后，{by} 又改了 {item} {title} 的{field_name}，不能直接撤销。要改回去，请重新提出变更，例如：{instead}",
        "Since {no} took effect, {by} changed the {field_name} of {item} {title} again, so it cannot be undone. To change the "
        "plan back, propose it, for example: {instead}",
    ),
    "undo-ratify": (
        "{no} 还在等{departments}追认：提出人随时可以撤回，计划协调员在生效后 {minutes} 分钟内可以撤销。要恢复计划，请{departments}驳回：驳回 {no} 因为 <原因>",
        "{no} is still to be ratified by {departments}. Its proposer can withdraw it any time, a coordinator can undo it within "
        "{minutes} minutes. To restore the plan, {departments} can reject it: reject {no} because <reason>",
    ),
    "undo-stale": (
        "等特批的时候，{by} 又改了 {item} {title} 的{field_name}，{no} 不能再撤销。",
        "While the approvals were waited for, {by} changed the {field_name} of {item} {title} again: {no} cannot be undone any "
        "more.",
    ),
    "undo-ended": ("{no} 已经不在生效了（{state_name}），不用再撤销。", "{no} is no longer in effect ({state_name}): nothing to undo."),
    "undo-not-yet": (
        "{no} 还没有生效（{state_name}），没有可撤销的。要收回它，请提出人发送：撤回 {no}",
        "{no} is not in effect ({state_name}): there is nothing to undo. Its proposer can take it back: withdraw {no}",
    ),
    "undo-never": (
        "{no} 没有生效过（{state_name}），计划里没有它的改动，不用撤销。",
        "{no} never took effect ({state_name}): the plan has nothing of it.",
    ),
    "undo-unrestored": (
        "{no} 已经撤销，{given_back}。要改回去，请重新提出变更，例如：{instead}",
        "{no} was taken back already; {given_back}. To change the plan back, propose it, for example: {instead}",
    ),
    "undo-already": ("{no} 已经由 {by_no} 撤销，不用再撤销。", "{no} was taken back by {by_no} already."),
    "undo-pending": (
        "{by_no} 已经在申请撤销 {no}，等特批决定，不用再提。",
        "{by_no} is waiting for the approvals to undo {no}; there is no need to ask again.",
    ),
    "undo-of-undo": (
        "{no} 本身就是撤销 {original} 的，不能再撤销。要恢复 {original} 的内容，请重新提出变更。",
        "{no} itself took {original} back and cannot be undone. To have {original} again, propose it anew.",
    ),
    "undo-system": (
        "{no} 是通盘按新的工作日历重算的，不能撤销。",
        "{no} is the plan counted again in a newer calendar; that cannot be undone.",
    ),
    # ways round a fence (C6)
    "button.special": ("申请特批", "Ask for approval"),
    "button.detour": ("改到 {date}", "Move to {date}"),
    "button.urgent": ("走紧急", "As emergency"),
    "no-detour": (
        "{no} 没有窗外的日期可改：请改用别的日期重新提出，或联系计划协调员。",
        "{no} has no date outside the fence: propose another one, or ask a coordinator.",
    ),
    "no-emergency": (
        "没有启用的紧急规则，不能走紧急。请按特批提交，或联系计划协调员。",
        "No emergency rule is on, so this cannot go as an emergency. Ask for the special approval, or a coordinator.",
    ),
    "reason.urgent": ("提出人申请走紧急", "the proposer asks for the emergency way"),
    # 延长
    "button.extend": ("延期", "Extend"),
    "extended": (
        "{no} 的期限延到 {until}。", "{no} has until {until} now.",
    ),
    "extended.told": (
        "⏳ {name} 把 {no} {headline} 的决定期限延到 {until}。",
        "⏳ {name} extended {no} {headline}: it can be decided until {until}.",
    ),
    "may-not-extend": (
        "{name} 不能延长 {no} 的期限：只有等着决定的部门的经理、计划协调员和升级时请来决定的人可以，提出人和提出人的代理人不可以。",
        "{name} may not extend {no}: only a manager of a department that is to decide, a coordinator, and whoever it was "
        "escalated to; never who proposed it, nor who acts for them.",
    ),
    "extended-enough": (
        "{no} 的期限最多延 {most} 个工作日，已经延了 {done} 个，还能延 {rest} 个。请发送：延长 {no} {rest}天",
        "{no} can be extended by {most} working days in all; {done} are used, {rest} are left. Send: extend {no} {rest}d",
    ),
    "extended-out": (
        "{no} 的期限已经延满 {most} 个工作日，不能再延。请催办，或由提出人重新提出。",
        "{no} has been extended by {most} working days, which is the most. Remind those who decide, or have its proposer "
        "propose it anew.",
    ),
    "extended-past-start": (
        "{no} 牵涉的项 {start} 就开始，最晚要在 {latest} 前决定，不能延到那以后。请催办，或由提出人重新提出。",
        "What {no} moves starts on {start}: it has to be decided by {latest} and cannot be extended beyond. Remind those "
        "who decide, or have its proposer propose it anew.",
    ),
}
