"""How a database fails to prove itself, and what to do."""

SENTENCES: dict[str, tuple[str, str]] = {
    "proof.settings-broken": ("设置的版本链从编号 {number} 起断了：有一版被改过、删掉或插进来", "The settings' versions do not hold from number {number} on: one was changed, removed or put in"),
    "proof.settings-untold": ("设置的编号 {number} 和审计记录不符", "Number {number} of the settings is not what the trail tells"),
    "proof.guards": (
        "数据库里保护审计记录的触发器不见了或被改过：{names}。审计记录可能被改动过：请与备份核对，查明是谁，再从备份恢复。",
        "Triggers that guard the audit trail are gone or altered: {names}. The trail may have been altered: compare with a backup, find out who did it, and restore.",
    ),
    "proof.signature": (
        "审计锚点 {anchor} 不是用现在的密钥签的：密钥换过，或锚点是伪造的。请与早会摘要里的锚点核对。",
        "The audit anchor {anchor} was not signed with the present key: the key was changed, or the anchor is forged. Compare with the anchors in the morning digests.",
    ),
    "proof.rewritten": (
        "审计记录被整个重写过：第 {number} 条对不上已发出的锚点 {anchor}。请与备份核对，并查明谁动过数据库。",
        "The audit trail was rewritten: event {number} does not fit the anchor {anchor} that was sent out. Compare with a backup and find out who touched the database.",
    ),
    "proof.cut": (
        "审计记录的结尾被截掉了：现在止于第 {end} 条，已发出的锚点 {anchor} 是第 {number} 条。请与备份核对，并查明谁动过数据库。",
        "The end of the audit trail was cut off: it ends at event {end}, the anchor {anchor} that was sent out is of event {number}. Compare with a backup and find out who touched the database.",
    ),
    "proof.content": (
        "计划的内容被绕过通盘改动过：现在的数据对不上第 {revision} 版的哈希。请与备份核对后恢复；确认现在的数据才对，就重新导入一次。",
        "The plan was altered from outside: its data do not fit the hash of revision {revision}. Compare with a backup and restore; if the data are what they should be, import them once more.",
    ),
    "proof.content-past": (
        "计划的历史被绕过通盘改动过：第 {revision} 版当时的内容对不上它的哈希（现在是第 {head} 版）。请与备份核对后恢复。",
        "The plan's history was altered from outside: what revision {revision} was does not fit its hash (the plan is at {head}). Compare with a backup and restore.",
    ),
    "proof.state": (
        "变更 {change}：审计记录里是“{expected}”，数据库里是“{found}”。请与备份核对，并查明谁动过数据库。",
        "Request {change}: the audit trail says {expected}, the database says {found}. Compare with a backup and find out who touched the database.",
    ),
    "proof.vote-gone": (
        "变更 {change}：审计记录里有一票“{expected}”，数据库里没有。请与备份核对，并查明谁动过数据库。",
        "Request {change}: the audit trail has the vote {expected}, the database has not. Compare with a backup and find out who touched the database.",
    ),
    "proof.vote-added": (
        "变更 {change}：数据库里的一票“{found}”在审计记录里没有。请与备份核对，并查明谁动过数据库。",
        "Request {change}: the database has the vote {found}, the audit trail has not. Compare with a backup and find out who touched the database.",
    ),
    "proof.report-gone": (
        "报工 {change}：审计记录里有“{expected}”，数据库里没有。请与备份核对，并查明谁动过数据库。",
        "Report {change}: the audit trail has {expected}, the database has not. Compare with a backup and find out who touched the database.",
    ),
    "proof.report-added": (
        "报工 {change}：数据库里的“{found}”在审计记录里没有。请与备份核对，并查明谁动过数据库。",
        "Report {change}: the database has {found}, the audit trail has not. Compare with a backup and find out who touched the database.",
    ),
    "proof.exception": (
        "异常 {change}：审计记录里是“{expected}”，数据库里是“{found}”。请与备份核对，并查明谁动过数据库。",
        "Exception {change}: the audit trail says {expected}, the database says {found}. Compare with a backup and find out who touched the database.",
    ),
    "proof.revision": (
        "第 {change} 版：审计记录里的哈希是 {expected}，版本链里是 {found}。请与备份核对，并查明谁动过数据库。",
        "Revision {change}: its hash is {expected} in the audit trail and {found} in the chain. Compare with a backup and find out who touched the database.",
    ),
    "proof.nothing": ("没有", "nothing"),
    "proof.more": ("另有 {n} 处不符", "{n} more differences"),
    "proof.holds": (
        "计划内容、{requests} 份变更和 {votes} 票与审计记录相符",
        "The plan, {requests} requests and {votes} votes agree with the trail",
    ),
    "proof.anchor": ("🔏 审计锚点 {anchor}", "🔏 Audit anchor {anchor}"),
    "proof.bad-anchor": (
        "--anchor {found}：应为早会摘要里的锚点，如 1234-0f3a…（编号、横线、32 位哈希）。",
        "--anchor {found}: wanted an anchor from a morning digest, like 1234-0f3a… (number, hyphen, 32 digits of a hash).",
    ),
}
