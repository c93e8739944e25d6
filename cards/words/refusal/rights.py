"""Refusals for want of a right: who may do what."""

SENTENCES: dict[str, tuple[str, str]] = {
    "refusal.stranger": (
        "我不认识你：请管理员把你的账号加进通盘的人员名单（账号 {user}，会话 {conversation}）。计划没有改动。",
        "I do not know you: ask the administrator to add your account to Tongpan's people (account {user}, conversation "
        "{conversation}). Nothing was changed.",
    ),
    "refusal.unnamed-group": (
        "这个群不在设置里，计划的事不在这里说：请单独发消息给我；要在群里用，请 {admins} 在这里 @ 我，我会告诉怎么登记。",
        "No setting names this group, so nothing of the plan is told here: write to me one to one. To use me here, ask "
        "{admins} to mention me in this group: I will say what to write down.",
    ),
    "refusal.unnamed-group-admin": (
        "这个群不在设置里，计划的事不在这里说。要用，就写进 config.yaml 的 departments，再重启，例如：\n"
        "- {{id: quality, name: 质量部, conversation: \"{conversation}\"}}",
        "No setting names this group, so nothing of the plan is told here. To use me here, write it into departments of "
        "config.yaml and restart, e.g.:\n- {{id: quality, name: Quality, conversation: \"{conversation}\"}}",
    ),
    "refusal.unnamed-group-bind": (
        "这个群还没有绑定部门，计划的事不在这里说。要用，请在这里 @ 我发送：绑定 <部门>，例如：绑定 采购部",
        "This group is no department's yet, so nothing of the plan is told here. To use me here, mention me with: bind "
        "<department>, e.g. bind purchasing",
    ),
    "refusal.not-permitted": ("“{what}”没有设定谁可以用，所以谁都不能用，什么也没有做。请联系管理员。", "It is not settled who may use “{what}”, so nobody may; nothing was done. Ask the administrator."),
    "refusal.bind-unknown": (
        "没有叫“{department}”的部门，现有：{departments}。要新建，在这个群里发送：{command}",
        "There is no department “{department}”, only {departments}. To make it, say in this group: {command}",
    ),
    "refusal.first-admin-there": (
        "已经有管理员了。要加人或换管理员，请管理员在群里发送：人员",
        "There is an admin already. To add people or admins, have one send: people",
    ),
    "refusal.first-admin-code": (
        "这个码不对、过期了或者用过了。请在服务器上再运行一次：python run.py first-admin",
        "This code is wrong, too old or used. Run it once more on the server: python run.py first-admin",
    ),
    "refusal.first-admin-who": (
        "码是对的，还要写上部门和姓名，例如：我是管理员 {shown} 计划部 吴凡",
        "The code is right; say your department and name besides, e.g.: first admin {shown} planning Wu Fan",
    ),
    "refusal.share-what": (
        "能分享的是总览、变更、异常、看板、甘特、齐套和单子的页面，这个地址不是。请在要分享的那一页上按“分享”。",
        "What can be shared are the overview, changes, exceptions, board, chart, readiness and items; this address is none "
        "of them. Press “Share” on the page that you mean.",
    ),
    "refusal.share-with-whom": (
        "没有选给谁，或者那个部门、角色、人已经不在了。请重新选一次。",
        "It is not said with whom, or that department, role or person is gone. Choose once more.",
    ),
    "refusal.share-how-long": (
        "最多分享 {most} 天，至少 1 天。请重新选一次。",
        "A page is shared for {most} days at most and one at least. Choose once more.",
    ),
    "refusal.share-gone": (
        "这个分享已经收回、过期，或者不是你的，什么也没有做。",
        "This was taken back, is over, or is not yours; nothing was done.",
    ),
    "refusal.pages-closed": (
        "网页还没有开放：设置的 server 里没有写大家打开网页用的地址。请联系管理员。",
        "The pages are not open: the section server of the settings lacks the address at which people reach them. Ask "
        "the administrator.",
    ),
    "refusal.link-in-private": (
        "链接只有你能用，不在群里发。请私聊我发送：{command}",
        "The link is yours alone and is not sent to a group. Write to me one to one: {command}",
    ),
    "refusal.may-not-propose": (
        "{name} 没有提出变更的权限（需要“计划员”角色）。可以转告能提出的人：{holders}；或请管理员授权。",
        "{name} may not propose changes (the role planner is needed). Hand it on to somebody who may: {holders}; or ask the "
        "administrator for a grant.",
    ),
    "refusal.pass-on-cannot": (
        "{name} 也没有提出这个变更的权限。可以转告：{holders}。",
        "{name} may not propose this either. Who may: {holders}.",
    ),
    "refusal.pass-on-self": ("这是转告给你自己。请直接发送：{wish}", "That is you yourself. Send it as it is: {wish}"),
    "refusal.passed-on-already": ("刚刚已经转告过 {name}，不用再转告一次。", "{name} has just been told; nothing more is needed."),
    "refusal.may-not-name": ("{name} 没有命名基线的权限（需要“计划员”或“协调员”角色）。请联系本部门的计划员。", "{name} may not name baselines (the role planner or coordinator is needed). Ask a planner of your department."),
    "refusal.may-not-undo": (
        "{no} 不是你提出的。只有提出人和计划协调员可以撤销。要改回去，请重新提出变更，例如：{instead}",
        "{no} is not yours: only its proposer and a coordinator can undo it. To change the plan back, propose it, for "
        "example: {instead}",
    ),
    "refusal.may-not-extend": (
        "{name} 不能延长 {no} 的期限：只有等着决定的部门的经理、计划协调员和升级时请来决定的人可以，提出人和提出人的代理人不可以。",
        "{name} may not extend {no}: only a manager of a department that is to decide, a coordinator, and whoever it was "
        "escalated to; never who proposed it, nor who acts for them.",
    ),
    "refusal.may-not-remind": ("{no} 不是你提出的。只有提出人、协调员和要决定它的人可以催办。", "{no} is not yours. Only its proposer, a coordinator, and those who decide it can send reminders."),
    "refusal.may-not-hasten": ("{name} 没有催料的权限（需要“计划员”“审批人”或“协调员”角色）。请联系本部门的计划员。", "{name} may not remind the owner of a purchase (the role planner, approver or coordinator is needed). Ask a planner of your department."),
    "refusal.may-not-freeze": ("{name} 没有冻结、解冻计划的权限（需要“计划协调员”或“管理员”角色）。请联系计划协调员。", "{name} may not freeze or unfreeze the plan (the role coordinator or admin is needed). Ask a coordinator."),
    "refusal.may-not-set": ("{name} 没有改人员和群的权限（需要“管理员”角色）。请联系管理员。", "{name} may not change people and groups (the role admin is needed). Ask an administrator."),
    "refusal.settings-in-file": (
        "设置都在文件里（settings.source: file），群里改了也留不住：请管理员改 config.yaml 再重启，或写上 source: database 改由数据库管理。",
        "The settings stand in the file (settings.source: file), so a change here would not be kept: have the administrator "
        "edit config.yaml and restart, or write source: database.",
    ),
    "refusal.no-conversation": (
        "{department}还没有会话，没有地方可发。到它的群里 @ 机器人发送：绑定 {department}。设置都在文件里的，写在 departments 的 conversation",
        "{department} has no conversation yet, so there is nowhere to send it. Mention the bot in its group with: bind {department}. "
        "Where the file keeps all settings, write it into conversation under departments",
    ),
    "refusal.settings-mistakes": ("这样改，设置就不对了，什么也没有改。{mistakes}", "The settings would be wrong then; nothing was changed. {mistakes}"),
    "refusal.last-admin": ("{name} 是最后一位管理员，不能停用，也不能去掉这个角色。请先让另一个人当管理员：人员 <姓名> 管理员", "{name} is the last admin and stays: first make somebody else one: people <name> admin"),
    "refusal.code-too-often": ("数字试得太多了，{minutes} 分钟后再来。没有合并什么。", "Too many digits were tried: come back in {minutes} minutes. Nothing was joined."),
    "refusal.code-here": ("这六位数字就是在{platform}上给的，要到另一个平台发。", "These digits were shown on {platform}: type them on the other platform."),
    "refusal.code-void": ("合并不了：有一边已经停用，或已经有了另一个账号。请找管理员看“人员”。", "They cannot be joined: one of the two is disabled, or has another account there already. Ask an administrator."),
    "refusal.sync-in-private": ("名单里有很多人，请单独发给我：同步 通讯录。", "The list names many people: send it to me one-to-one."),
    "refusal.no-directory": ("没有这个平台的通讯录可以看；看得到的：{platforms}。企业微信要配自建应用（wecom.app），只有智能机器人看不到。", "There is no such directory to read; these are: {platforms}. WeCom takes a self-built app (wecom.app): an aibot alone sees none."),
    "refusal.sync-first": ("还没有名单：先发“同步 通讯录”，看完再选部门。", "Nothing is shown yet: send `sync directory` first, then choose departments."),
    "refusal.sync-no-unit": ("通讯录里没有叫“{unit}”的部门。发“同步”看有哪些。", "The directory has no department {unit}. Send `sync` to see which there are."),
    "refusal.sync-many-units": ("通讯录里有几个“{unit}”：{units}。请写后面的编号，如“同步 部门 {example}”。", "The directory has several {unit}: {units}. Name the id behind, as in `sync department {example}`."),
    "refusal.may-not-stop": ("{name} 不能叫停（需要“计划协调员”或“管理员”角色）。", "{name} may not stop it (a coordinator or an admin may)."),
    "refusal.settings-day": ("生效日“{day}”看不懂，请写成 2026-12-01，或留空（同意后马上生效）。", "“{day}” is no day: write it as 2026-12-01, or leave it out for at once."),
    "refusal.settings-gone": ("{section}里已经没有“{entry}”了，可能刚被别人删掉；什么也没有改。", "{section} has no “{entry}” any more, somebody may have removed it; nothing was changed."),
    "refusal.settings-tokens": ("令牌不在网页上改，也不能退回以前的版本：在服务器上运行 run.py token add、list、revoke。什么也没有改。", "Tokens are not changed on pages, nor taken back to an earlier version: use run.py token add, list and revoke on the server. Nothing was changed."),
    "refusal.settings-no-target": ("没有叫“{target}”的规则或设置，现有：{known}。", "No rule or section is called “{target}”, known: {known}."),
    "refusal.settings-no-key": ("在这里不能改“{key}”，能改的有：{known}；其他的请在网页的表单里改。", "“{key}” is not changed here; known: {known}. Change anything else on its page."),
    "refusal.settings-no-pages": ("还没有配好网页地址（server.public_url），打不开表单。请写成：规则 改 <编号> <项> <值>。", "The pages have no address (server.public_url), so there is no form: rules edit <id> <key> <value>."),
    "refusal.settings-past": ("{day} 已经过去了，生效日最早写今天（{today}）；不写就是同意后马上生效。什么也没有改。", "{day} is over: the first day is {today} at the earliest, or none for at once. Nothing was changed."),
    "refusal.settings-same": ("{section}现在就是这样，什么也没有改。", "{section} says so already: nothing was changed."),
    "refusal.settings-mistakes-later": ("这样改，到 {day} 另一版生效，设置就不对了，什么也没有改。先叫停那一版，或先把那里改好。{mistakes}", "The settings would be wrong on {day}, when another version takes effect; nothing was changed. Stop that one, or mend it first. {mistakes}"),
    "refusal.settings-clash": ("{section}里的 {where} 在这之后被别人改成了别的，两份放不到一起，什么也没有改。请看现在的内容，再起草一份。", "{where} in {section} was changed otherwise since: the two do not go together, and nothing was changed. Look at it as it is, and draft it anew."),
    "refusal.settings-later": ("{section} 有一版以后才生效，它把 {where} 改成了别的。先叫停那一版，或者改同样的内容。什么也没有改。", "A version of {section} that takes effect later says {where} otherwise. Stop that one first, or change it alike. Nothing was changed."),
    "refusal.settings-in-effect": ("{section}已经生效，叫停不了；要改回去，请在设置的历史里退回上一版。", "{section} is in effect and cannot be stopped: take it back in the history of the settings."),
    "refusal.setting-expired": ("“{change}”到期没有人同意，已经作废，没有变化。还要的话请重新提出。", "“{change}” has lapsed, as nobody agreed in time; nothing was changed. Ask for it anew."),
    "refusal.setting-settled": ("这件事已经有了结果，没有变化。发送“人员”可以看到现在的情况。", "This is settled already; nothing was changed. Send “people” to see how it stands."),
    "refusal.setting-not-yours": ("这张卡片是给刚说话的那个人的：他申请加入，你不用。", "This card is for the one who just spoke: they ask to be let in."),
    "refusal.setting-own": ("这要另一位管理员同意：提出的人，和被去掉权限的人，都不能自己同意。", "It takes another admin: neither who asked for it nor who would lose by it may agree."),
    "refusal.sync-unclear": ("“{found}”没看懂要同步什么。看通讯录请写：{example}；选部门请写：同步 部门 采购部", "“{found}” does not say what to sync. To read the directory: {example}; to choose departments: sync department purchasing"),
    "refusal.people-unclear": ("“{found}”里没有看懂要改什么。请写成：{example}", "“{found}” does not say what is to change. Please write: {example}"),
    "refusal.bind-missing": ("“{found}”没有说绑定给哪个部门。请写成：{example}", "“{found}” does not say which department. Please write: {example}"),
    "refusal.bind-in-group": ("绑定要在那个群里说：把我加进群，在群里 @ 我发送“绑定 {department}”。", "Say it in that group: add me to it and mention me with: bind {department}"),
    "refusal.bind-nothing": ("这个群没有绑定给哪个部门，没有要取消的。", "This group is no department's: there is nothing to free."),
    "refusal.may-not-switch": ("{name} 没有启用、停用规则的权限（需要“管理员”角色）。请联系管理员。", "{name} may not switch rules (the role admin is needed). Ask an administrator."),
    "refusal.no-grant": (
        "{name} 没有提出变更的权限（设置的 authority 里没有给你的授权）。能提出变更的有：{holders}。请由他们提出，或请管理员授权。",
        "{name} may not propose changes (nothing is granted to you under authority in the settings). Who may: {holders}. "
        "Ask them to propose it, or the administrator for a grant.",
    ),
    "refusal.may-not-declare": (
        "{name} 不能对 {item} {title} 申报紧急变更。能申报的有：{holders}。请由他们提出，或按特批提交。",
        "{name} may not declare an emergency of {item} {title}. Who may: {holders}. Ask them, or ask for the special approval.",
    ),
    "refusal.may-not-declare-nobody": (
        "{name} 不能对 {item} {title} 申报紧急变更：设置的 emergencies 里没有授权给任何人。请按特批提交，或请管理员授权。",
        "{name} may not declare an emergency of {item} {title}: nobody is granted that under emergencies in the settings. "
        "Ask for the special approval, or the administrator for a grant.",
    ),
    "refusal.not-authorised": (
        "{name} 没有权限{act}：{item} {title}（{zone}区）。有权限的有：{holders}。请由他们提出，或请管理员在设置的 authority 里授权。",
        "{name} may not {act}: {item} {title} ({zone} zone). Who may: {holders}. Ask them to propose it, or the "
        "administrator for a grant under authority in the settings.",
    ),
    "refusal.not-authorised-nobody": (
        "{name} 没有权限{act}：{item} {title}（{zone}区）。设置的 authority 里没有授权给任何人，请管理员授权。",
        "{name} may not {act}: {item} {title} ({zone} zone). Nobody is granted this under authority in the settings; ask "
        "the administrator.",
    ),
    # whose request it is
    "refusal.not-the-proposer": ("{no} 不是你提出的，只有提出人可以提交、放弃或撤回。", "{no} is not yours: only its proposer can submit, discard or withdraw it."),
    "refusal.own-change": ("{no} 是你自己提出的，不能由你审批。请等其他审批人决定，或发送：撤回 {no}", "{no} is your own: somebody else has to decide it. To take it back, send: withdraw {no}"),
    "refusal.own-wish": ("{no} 取代了你提出的变更单，等于也是你提出的，不能由你审批。请等其他审批人决定。", "{no} takes the place of a request of yours, so it is yours too: somebody else has to decide it."),
    "refusal.proposers-deputy": ("{no} 是 {name} 提出的，你是 {name} 的代理人，不能由你审批。请等其他审批人决定。", "{no} was proposed by {name}, for whom you act: somebody else has to decide it."),
    "refusal.not-an-approver": ("你不是 {no} 当前环节的审批人，你的决定没有生效。发送“谁知道 {no}”可以看到由谁决定。", "You are not an approver of {no}; your decision changed nothing. Send “acks {no}” to see who decides."),
    "refusal.not-asked": ("{no} 不需要这个部门审批（内容更新后已不受影响）。", "{no} does not need this department's approval (any more)."),
    "refusal.not-yours-to-revise": (
        "{no} 不是你提出的，只有提出人和计划协调员可以修改。你要是审批人，请发送：要求修改 {no} 因为 <要怎么改>",
        "{no} is not yours: its proposer or a coordinator can revise it. If you decide on it, send: modify {no} because "
        "<what to propose instead>",
    ),
}
