"""Changes taken back, and how much of the plan was restored."""

SENTENCES: dict[str, tuple[str, str]] = {
    # how much of it the plan has given back
    "undo.given-back.wholly": ("计划已由 {by_no} 恢复", "{by_no} has restored the plan"),
    "undo.given-back.partly": ("{by_no} 只恢复了一部分：{left}", "{by_no} restored only a part of the plan: {left}"),
    "undo.given-back.nothing": ("{by_no} 没能恢复计划：{left}", "{by_no} could not restore the plan: {left}"),
    "undo.given-back.as-it-was": ("计划已经和它生效以前一样，没有要恢复的", "the plan was as before already, there was nothing to restore"),
    # to the coordinator
    "undo.unrestored.told": ("⚠ 紧急变更 {no} 要撤销，但 {given_back}。请计划协调员看看怎么办。", "⚠ The emergency {no} was to be taken back, but {given_back}. Coordinator, please decide what becomes of it."),
    "undo.unrestored.told-instead": (
        "⚠ 紧急变更 {no} 要撤销，但 {given_back}。请计划协调员决定要不要改回去；要改，请发：{instead}",
        "⚠ The emergency {no} was to be taken back, but {given_back}. Coordinator, please decide whether to change the plan "
        "back. If so, send: {instead}",
    ),
    # reasons of the compensating change
    "undo.revert.rejected": ("紧急变更 {no} 被{department} {name} 驳回：{comment}", "{name}, {department}, rejected the emergency {no}: {comment}"),
    "undo.revert.expired": ("紧急变更 {no} 到 {until} 没有追认", "the emergency {no} was not ratified by {until}"),
    "undo.revert.withdrawn": ("撤回紧急变更 {no}", "withdraws the emergency {no}"),
    "undo.revert.gave-way": ("紧急变更 {no} 让位给 {to}", "the emergency {no} gives way to {to}"),
    "undo.revert.undone": ("撤销 {no}", "undoes {no}"),
    "undo.revert.undone-because": ("撤销 {no}：{reason}", "undoes {no}: {reason}"),
    "undo.reason": ("改回 {no} 之前", "as before {no}"),
    # 撤销
    "undo.asked": (
        "{no} 现在在冻结窗里，撤销要先特批：{by_no} 已提交，等 {departments} 决定；批准前计划不变。",
        "{no} is inside a fence by now, so {by_no} was submitted to take it back and waits for {departments}; until then "
        "the plan stays.",
    ),
    "undo.import-instead": ("在表格里把 {item} 改回原状态后重新导入", "give {item} its former status in the table and import it"),
}
