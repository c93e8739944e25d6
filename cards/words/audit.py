"""The audit trail in sentences: one for each kind of event, `audit.<kind>`."""

SENTENCES: dict[str, tuple[str, str]] = {
    # a change request
    "audit.change.drafted": ("{name} 起草 {subject}：{operations}（{reason}）", "{name} drafted {subject}: {operations} ({reason})"),
    "audit.change.submitted": ("{name} 提交 {subject}，请 {departments} 决定", "{name} submitted {subject}; asked: {departments}"),
    "audit.change.submitted-unasked": ("{name} 提交 {subject}，不用谁决定", "{name} submitted {subject}; nobody was asked"),
    "audit.change.urgent": (
        "{name} 把 {subject} 改走紧急（规则 {rule}），还没有提交",
        "{name} made {subject} an emergency (rule {rule}), to be submitted",
    ),
    "audit.change.discarded": ("{name} 放弃草稿 {subject}", "{name} discarded the draft {subject}"),
    "audit.change.withdrawn": ("{name} 撤回 {subject}", "{name} withdrew {subject}"),
    "audit.change.rejected": ("{subject} 被驳回而结束", "{subject} ended, rejected"),
    "audit.change.expired": ("{subject} 到期仍未决定，已过期", "{subject} expired undecided"),
    "audit.change.failed": ("{subject} 已无法生效：{why}", "{subject} could not be applied: {why}"),
    "audit.change.applied": ("{subject} 生效，成为第 {revision} 版", "{subject} was applied as revision {revision}"),
    "audit.change.reopened": (
        "{subject} 与提交时不同了，再请 {departments} 决定（第 {round} 轮）",
        "{subject} is no longer what was submitted; asked in addition: {departments} (round {round})",
    ),
    "audit.change.on_hold": ("{subject} 因冻结 {windows} 挂起，计时暂停", "{subject} is held by the freeze {windows}; its time stands still"),
    "audit.change.resumed": ("{subject} 解除挂起，继续审批，截止 {until}", "{subject} is no longer held; it has until {until}"),
    "audit.change.provisional": (
        "{subject} 紧急先行生效，成为第 {revision} 版，{until} 前要追认",
        "{subject} is in effect provisionally as revision {revision}; to be ratified by {until}",
    ),
    "audit.change.ratified": ("{subject} 已获追认", "{subject} was ratified"),
    "audit.change.superseded": ("{subject} 被 {by_no} 取代", "{subject} was replaced by {by_no}"),
    "audit.given-back.wholly": ("计划已恢复", "the plan is restored"),
    "audit.given-back.partly": ("部分恢复", "restored in part"),
    "audit.given-back.nothing": ("没能恢复", "not restored"),
    "audit.given-back.as-it-was": ("计划已是原样", "the plan was as before"),
    "audit.change.reverted": ("{subject} 已由 {by_no} 撤销（{how}）", "{subject} was taken back by {by_no} ({how})"),
    "audit.change.conflict": ("{subject} 与 {other} 改同一处：{fields}", "{subject} and {other} change the same: {fields}"),
    "audit.change.stance": (
        "{name} 就 {subject} 与 {other} 的冲突表态：{choice}",
        "{name} on {subject} against {other}: {choice}",
    ),
    "audit.change.settled": ("{name} 处理 {subject} 与 {other} 的冲突：{choice}", "{name} settled {subject} against {other}: {choice}"),
    "audit.change.extended": ("{name} 把 {subject} 的期限延到 {until}", "{name} extended {subject} until {until}"),
    "audit.change.shadowed": ("影子运行：{subject} 若正式启用，{would}", "shadow mode: were it enforced, {subject} {would}"),
    # a decision
    "audit.decision.modify": (
        "{name}{acting} 代表{department}要求修改 {subject}：{comment}",
        "{name}{acting} wants {subject} modified for {department}: {comment}",
    ),
    "audit.decision.approve": ("{name}{acting} 代表{department}同意 {subject}", "{name}{acting} approved {subject} for {department}"),
    "audit.decision.reject": (
        "{name}{acting} 代表{department}驳回 {subject}：{comment}",
        "{name}{acting} rejected {subject} for {department}: {comment}",
    ),
    "audit.decision.transfer": (
        "{name}{acting} 把 {subject} 的{department}环节转交给 {to_name}",
        "{name}{acting} transferred {subject} for {department} to {to_name}",
    ),
    "audit.decision.repeated": ("{name} 又同意了一次 {subject}，没有变化", "{name} approved {subject} once more; nothing changed"),
    # climbing and acting for somebody
    "audit.escalation.climbed": (
        "{subject} {department}没有答复，升级给 {people}",
        "{subject}: {department} did not answer; escalated to {people}",
    ),
    "audit.escalation.reminded": ("{name} 催 {departments}决定 {subject}", "{name} reminded {departments} of {subject}"),
    "audit.escalation.stood-in": (
        "{subject} {department}能决定的人不够了，由 {people} 代为决定",
        "{subject}: too few are left who may decide for {department}; {people} stand in",
    ),
    "audit.delegation.set": ("{subject} 由 {deputy} 代理，{first} 到 {last}", "{deputy} acts for {subject} from {first} to {last}"),
    "audit.delegation.ended": ("{subject} 的代理取消", "nobody acts for {subject} any more"),
    # what was refused
    "audit.message.refused": ("{name} 发送“{command}”，没有照办：{why}", "{name} sent “{command}”, refused: {why}"),
    "audit.message.stranger": ("不认识的账号 {name} 发送“{command}”", "The unknown account {name} sent “{command}”"),
    "audit.click.refused": ("{name} 在 {subject} 上按“{button}”，没有生效：{why}", "{name} pressed “{button}” on {subject}, refused: {why}"),
    "audit.click.late": ("{name} 在 {subject} 上按“{button}”，晚了：{why}", "{name} pressed “{button}” on {subject}, too late: {why}"),
    "audit.click.foreign": ("{name} 按了卡片 {subject}，不予理会：{why}", "{name} pressed the card {subject}, ignored: {why}"),
    "audit.click.repeated": ("平台重复送来 {name} 在 {subject} 上的点击", "The platform brought {name}'s click on {subject} again"),
    "audit.api.refused": ("{name} 的请求 {method} {path} 被拒绝：{why}", "{name} asked {method} {path}, refused: {why}"),
    "audit.api.stranger": (
        "{name} 没有有效令牌，请求 {method} {path}（{times} 次）",
        "{name} asked {method} {path} without a valid token ({times} times)",
    ),
    # what people set in chat
    "audit.fence.drafted": ("{name} 起草冻结窗 {subject}：{reason}", "{name} drafted the freeze window {subject}: {reason}"),
    "audit.fence.enforced": ("{name} 启用冻结窗 {subject}：{reason}", "{name} enforced the freeze window {subject}: {reason}"),
    "audit.fence.lifted": ("{name} 解除冻结窗 {subject}：{reason}", "{name} lifted the freeze window {subject}: {reason}"),
    "audit.rule.switched": ("{name} {enabled}规则 {subject}", "{name} switched the rule {subject} {enabled}"),
    "audit.plan.baselined": ("{name} 把第 {revision} 版存为基线“{subject}”", "{name} named revision {revision} the baseline {subject}"),
    # what happened by itself, or from the command line
    "audit.timer.rang": ("定时：{timer} {subject}", "Timer: {timer} {subject}"),
    "audit.timer.expiry": ("期限到", "deadline"),
    "audit.timer.escalation": ("催办与升级", "escalation"),
    "audit.timer.window": ("冻结窗到期", "end of the freeze window"),
    "audit.timer.rebase": ("按新版计划重看变更", "requests looked at on the new plan"),
    "audit.timer.leave": ("请假开始", "leave begins"),
    "audit.timer.digest": ("早会", "digest"),
    "audit.enabled.on": ("启用", "on"),
    "audit.enabled.off": ("停用", "off"),
    "audit.button.detour": ("改到窗外", "Move outside"),
    "audit.button.settle": ("选定一方", "Settle"),
    "audit.letter.undeliverable": ("送不到 {place} 的卡片或消息：{reason}", "A card or message could not be delivered to {place}: {reason}"),
    "audit.plan.imported": (
        "{name} 导入 {source}，成为第 {subject} 版：{items} 项、{links} 条关系，改动 {changed} 处",
        "{name} imported {source} as revision {subject}: {items} items, {links} links, {changed} changes",
    ),
    "audit.plan.import-refused": ("{name} 导入 {source}，没有照办：{why}", "{name} tried to import {source}, refused: {why}"),
    "audit.acting": ("（代 {name}）", " (acting for {name})"),
    "audit.unreadable": ("时间读不出来", "at an unreadable time"),
    "audit.nobody": ("通盘", "Tongpan"),
    # how a trail does not hold
    "audit.broken.number": (
        "第 {number} 条缺失或被改过编号：这里应是第 {expected} 条，却是第 {found} 条（{at}）",
        "Event {number} is missing or was renumbered: {expected} was due here, {found} stands here ({at})",
    ),
    "audit.broken.parent": (
        "第 {number} 条（{at}）接不上前一条：应接 {expected}，却是 {found}。前一条被改动过并重算了哈希，或这一条被改动过。",
        "Event {number} ({at}) does not continue the one before: expected {expected}, found {found}. One of the two was altered.",
    ),
    "audit.broken.content": (
        "第 {number} 条（{at}）被改动过：按现有内容哈希应为 {expected}，记录的是 {found}",
        "Event {number} ({at}) was altered: its content now hashes to {expected}, what is recorded is {found}",
    ),
    "audit.broken.end": (
        "审计记录在第 {number} 条处被截断或添加过：应止于 {expected}，却止于 {found}",
        "The trail was cut off or added to at event {number}: it should end at {expected}, it ends at {found}",
    ),
    "audit.broken.emptied": (
        "计划已有 {expected} 个版本，它们最早的审计记录却不在了（现有 {found} 条）：从第 {number} 条起被整个删除过。",
        "The plan has {expected} revisions whose first events are gone ({found} events are left): everything was deleted, from event {number} on.",
    ),
    "audit.broken": ("审计链断了。{what} 请与备份核对，并查明谁动过数据库。", "The audit trail is broken. {what} Compare with a backup and find out who touched the database."),
    "audit.holds": (
        "审计链完整：{count} 条，逐条校验无误；最后一条的哈希是 {hash}（请另行保存，日后可对照）",
        "The audit trail holds: {count} events, each follows from the one before; the last one's hash is {hash} (keep it elsewhere to compare with later)",
    ),
    "audit.holds-empty": ("审计链还是空的", "The audit trail is empty so far"),
    # the export
    "audit.exported": ("已导出 {count} 条审计记录：{file}", "Exported {count} audit events: {file}"),
    "audit.kind-of-file": ("{file}：审计记录只能导出成 .csv，请换一个文件名。", "{file}: the audit trail is exported as .csv only, choose another name."),
    "audit.bad-since": (
        "--since {found}：应为日期（2026-12-01）或时刻（2026-12-01T08:00）。",
        "--since {found}: wanted a date (2026-12-01) or a moment (2026-12-01T08:00).",
    ),
    # its columns
    "audit.column.number": ("编号", "number"),
    "audit.column.at": ("时间（UTC）", "at"),
    "audit.column.actor": ("账号", "actor"),
    "audit.column.name": ("姓名", "name"),
    "audit.column.kind": ("类别", "kind"),
    "audit.column.subject": ("对象", "subject"),
    "audit.column.text": ("说明", "text"),
    "audit.column.facts": ("细节", "facts"),
    "audit.column.prev_hash": ("前一条哈希", "prev_hash"),
    "audit.column.hash": ("哈希", "hash"),
}
