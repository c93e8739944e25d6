"""Refusals to take a change back, and what a compensating change leaves as it is."""

SENTENCES: dict[str, tuple[str, str]] = {
    "refusal.undo-too-late": (
        "{no} 在 {at} 生效，已超过 {minutes} 分钟，不能直接撤销。要改回去，请重新提出变更，例如：{instead}",
        "{no} took effect at {at}, more than {minutes} minutes ago, and cannot be undone any more. To change the plan back, "
        "propose it, for example: {instead}",
    ),
    "refusal.undo-overtaken": (
        "{no} 生效以后，{by} 又改了 {item} {title} 的{field_name}，不能直接撤销。请先撤销 {by}，或重新提出变更，例如：{instead}",
        "Since {no} took effect, {by} changed the {field_name} of {item} {title} again, so it cannot be undone. Undo {by} "
        "first, or propose a change, for example: {instead}",
    ),
    "refusal.undo-overtaken-for-good": (
        "{no} 生效以后，{by} 又改了 {item} {title} 的{field_name}，不能直接撤销。要改回去，请重新提出变更，例如：{instead}",
        "Since {no} took effect, {by} changed the {field_name} of {item} {title} again, so it cannot be undone. To change the "
        "plan back, propose it, for example: {instead}",
    ),
    "refusal.undo-cancelled": (
        "{no} 生效以后，{by} 取消了 {item} {title}，不能直接撤销。请先撤销 {by}，再撤销 {no}。",
        "Since {no} took effect, {by} cancelled {item} {title}, so it cannot be undone. Undo {by} first, then {no}.",
    ),
    "refusal.undo-cancelled-for-good": (
        "{no} 生效以后，{item} {title} 被取消了，不能直接撤销。要恢复它，请{instead}。",
        "Since {no} took effect, {item} {title} was cancelled, so it cannot be undone. To have it again, {instead}.",
    ),
    "refusal.undo-ratify": (
        "{no} 还在等{departments}追认：提出人随时可以撤回，计划协调员在生效后 {minutes} 分钟内可以撤销。要恢复计划，请{departments}驳回：驳回 {no} 因为 <原因>",
        "{no} is still to be ratified by {departments}. Its proposer can withdraw it any time, a coordinator can undo it within "
        "{minutes} minutes. To restore the plan, {departments} can reject it: reject {no} because <reason>",
    ),
    "refusal.undo-stale": (
        "等特批的时候，{by} 又改了 {item} {title} 的{field_name}，{no} 不能再撤销。",
        "While the approvals were waited for, {by} changed the {field_name} of {item} {title} again: {no} cannot be undone any "
        "more.",
    ),
    "refusal.undo-ended": ("{no} 已经不在生效了（{state_name}），不用再撤销。", "{no} is no longer in effect ({state_name}): nothing to undo."),
    "refusal.undo-not-yet": ("{no} 还没有生效（{state_name}），没有可撤销的。要收回它，请提出人发送：撤回 {no}", "{no} is not in effect ({state_name}): there is nothing to undo. Its proposer can take it back: withdraw {no}"),
    "refusal.undo-never": ("{no} 没有生效过（{state_name}），计划里没有它的改动，不用撤销。", "{no} never took effect ({state_name}): the plan has nothing of it."),
    "refusal.undo-unrestored": ("{no} 已经撤销，{given_back}。要改回去，请重新提出变更，例如：{instead}", "{no} was taken back already; {given_back}. To change the plan back, propose it, for example: {instead}"),
    "refusal.undo-already": ("{no} 已经由 {by_no} 撤销，不用再撤销。", "{no} was taken back by {by_no} already."),
    "refusal.undo-pending": ("{by_no} 已经在申请撤销 {no}，等特批决定，不用再提。", "{by_no} is waiting for the approvals to undo {no}; there is no need to ask again."),
    "refusal.undo-of-undo": ("{no} 本身就是撤销 {original} 的，不能再撤销。要恢复 {original} 的内容，请重新提出变更。", "{no} itself took {original} back and cannot be undone. To have {original} again, propose it anew."),
    "refusal.undo-system": ("{no} 是通盘按新的工作日历重算的，不能撤销。", "{no} is the plan counted again in a newer calendar; that cannot be undone."),
    # left as it is
    "refusal.left-changed": ("{item} {title} 的{field_name}已被 {by} 再次修改，保持不变", "{item} {title}: {by} changed its {field_name} again, and that stays"),
    "refusal.left-over": ("{item} 已经结束，保持不变", "{item} is over and stays"),
    "refusal.left-started": ("{item} 已经在 {start} 开工，保持不变", "{item} began on {start} and stays"),
    "refusal.left-past": ("{item} {title} 原定 {start} 开始，这一天已经过去，只能从今天起", "{item} {title} was to start on {start}, which has passed: it begins today at the earliest"),
}
