"""Requests a freeze holds, and what becomes of them when it is lifted."""

SENTENCES: dict[str, tuple[str, str]] = {
    # on cards and in lists
    "held.status": ("{no} · 冻结挂起，计时暂停", "{no} · on hold"),
    "held.line": ("🔒 因冻结 {windows} 从 {at} 起挂起，计时暂停，还剩 {left}；解冻后继续，不用重新提交", "🔒 held by the freeze {windows} since {at}; its time stands still with {left} left; it goes on when that is lifted"),
    "held.row": ("冻结挂起（{windows}），计时暂停，还剩 {left}", "held by the freeze {windows}, its time stands still with {left} left"),
    # to those who proposed
    "held.told": ("以下变更挂起，计时暂停；解冻后自动继续，不用重新提交，不想等可以撤回：", "These changes are held and their time stands still; they go on by themselves when it is lifted, or can be withdrawn:"),
    "held.told-line": ("- {no} {headline}（{proposer}）：还剩 {left}", "- {no} {headline} ({proposer}): {left} left"),
    "held.resumed.told": ("原先挂起的变更：", "What it held:"),
    "held.resumed.goes-on": ("- {no} {headline}（{proposer}）：继续审批，截止 {until}", "- {no} {headline} ({proposer}): goes on, until {until}"),
    "held.resumed.again": (
        "- {no} {headline}（{proposer}）：计划已变，内容已更新，请{departments}重新确认，截止 {until}",
        "- {no} {headline} ({proposer}): the plan has moved, {departments} are asked again, until {until}",
    ),
    "held.resumed.held": ("- {no} {headline}（{proposer}）：仍因冻结 {windows} 挂起", "- {no} {headline} ({proposer}): still held by the freeze {windows}"),
    "held.resumed.applied": ("- {no} {headline}（{proposer}）：已生效，计划第 {revision} 版", "- {no} {headline} ({proposer}): in effect, revision {revision}"),
    "held.resumed.failed": ("- {no} {headline}（{proposer}）：已经做不了了：{why}", "- {no} {headline} ({proposer}): it can no longer be done: {why}"),
}
