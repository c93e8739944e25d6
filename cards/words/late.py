"""Requests that ended before somebody's answer: what became of them, and how to go on."""

SENTENCES: dict[str, tuple[str, str]] = {
    "late.expired": ("{no} 已于 {at} 过期，什么也没有做。", "{no} expired at {at}; nothing was done. "),
    "late.rejected": ("{no} 已被驳回（{said}），什么也没有做。", "{no} was rejected ({said}); nothing was done. "),
    "late.withdrawn": ("{no} 已于 {at} 被 {proposer} 撤回，什么也没有做。", "{no} was withdrawn by {proposer} at {at}; nothing was done. "),
    "late.discarded": ("{no} 已于 {at} 被 {proposer} 放弃，什么也没有做。", "{no} was discarded by {proposer} at {at}; nothing was done. "),
    "late.superseded": ("{no} 已于 {at} 被 {by_no} 取代，什么也没有做。", "{no} was replaced by {by_no} at {at}; nothing was done. "),
    "late.applied": ("{no} 已于 {at} 生效（第 {revision} 版），什么也没有做。", "{no} took effect at {at} (revision {revision}); nothing was done. "),
    "late.reverted": ("{no} 已于 {at} 由 {by_no} 撤销，什么也没有做。", "{no} was taken back by {by_no} at {at}; nothing was done. "),
    "late.failed": ("{no} 到 {at} 计划已变，无法生效，什么也没有做。", "{no} could not be applied at {at}, the plan had moved on; nothing was done. "),
    "late.decided": ("{no} 的{department}这一步已决定（{said}），什么也没有做。", "{department} has decided on {no} ({said}); nothing was done."),
    "late.again": ("要重新提出，请发送：{command}", "To propose it again, send: {command}"),
    "late.anew": ("要再改，请重新提出。", "To change the plan again, propose it anew."),
    "late.see": ("请看新的一张：谁知道 {no}", "See the new one: acks {no}"),
}
