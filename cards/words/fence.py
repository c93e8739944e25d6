"""Time fences of the settings, and freeze windows set in chat."""

SENTENCES: dict[str, tuple[str, str]] = {
    # where a fence holds, and whom it lets through
    "fence.rolling": ("开始前 {days} 个工作日起", "from {days} working days before the start"),
    "fence.everything": ("全部", "everything"),
    "fence.passes": ("{approvers}可特批", "{approvers} can let a change through"),
    "fence.closed": ("不能变更", "no changes"),
    "fence.shown": ("只提示", "shown only"),
    # the way out of it, as a command
    "fence.way-out": ("改期 {item} 开始 到 {earliest}{pull} 因为 {reason}", "move {item} start to {earliest}{pull} because {reason}"),
    "fence.way-out-pull": (" 联动", " pull"),
    "fence.way-out-reason": ("<原因>", "<reason>"),
    # a freeze, as a command
    "fence.freeze.department": ("部门 {name}", "department {name}"),
    "fence.freeze.type": ("类型 {name}", "type {name}"),
    "fence.freeze.product": ("产品 {name}", "product {name}"),
    "fence.freeze.because": (" 因为 {reason}", " because {reason}"),
    "fence.freeze.example": ("冻结 {scope} {first}~{last}{reason}", "freeze {scope} {first}~{last}{reason}"),
    # a window, and what it held
    "fence.window.draft": ("待确认", "to be confirmed"),
    "fence.window.enforced": ("生效中", "in force"),
    "fence.window.lifted": ("已解冻：{window}。", "Lifted: {window}. "),
    "fence.window.free": ("窗内的计划项可以照常变更。", "What lies in it can be changed as usual. "),
    "fence.window.not-free": ("窗内仍在冻结的还有：{fences}。", "Of what lies in it, some is still inside: {fences}. "),
    "fence.window.lifted-already": ("{window} 早已解冻（{name}，{at}），这次没有变化。", "{window} was lifted before ({name}, {at}); nothing has changed."),
    "fence.window.dropped-already": ("{window} 早已放弃（{name}，{at}），它没有生效过，这次没有变化。", "{window} was discarded before ({name}, {at}) and never in force; nothing has changed."),
    "fence.window.over": ("{window} 已过期，不再拦任何变更，不用解冻。", "{window} is over and holds nothing any more: there is nothing to lift."),
    "fence.window.dropped": ("已放弃：{window}。它还没有生效，什么也没有变。", "Discarded: {window}. It was not in force yet; nothing has changed."),
    "fence.window.told-enforced": (
        "🔒 {name} 冻结了计划：{window}{reason}。窗内的变更要{approvers}特批。",
        "🔒 {name} froze a part of the plan: {window}{reason}. Changes inside need the special approval of {approvers}.",
    ),
    "fence.window.told-lifted": ("▶ {name} 解冻了计划：{window}。", "▶ {name} unfroze a part of the plan: {window}. "),
    "fence.window.told-over": ("▶ 冻结到期：{window}。", "▶ This freeze is over: {window}. "),
    "fence.window.resumed": ("挂起的变更继续审批：{changes}。", "What it held goes on: {changes}. "),
    "fence.window.resumed-applied": ("挂起的变更已生效：{changes}。", "What it held is in effect: {changes}. "),
    "fence.window.resumed-failed": ("挂起的变更做不了了：{changes}。", "What it held can no longer be done: {changes}. "),
    "fence.window.resumed-held": ("仍因冻结 {windows} 挂起：{changes}。", "Still held by the freeze {windows}: {changes}. "),
}
