"""DingTalk: what is wrong, and what to do about it."""

SENTENCES: dict[str, tuple[str, str]] = {
    "dingtalk.name": ("钉钉", "DingTalk"),
    "dingtalk.credentials": ("钉钉不认这个应用（{code}）：核对 dingtalk.client_id 和 client_secret", "DingTalk does not know this app ({code}): check dingtalk.client_id and client_secret"),
    "dingtalk.permission": ("钉钉应用没有这个权限（{what}：{code}）：到开放平台的「权限管理」申请", "the DingTalk app lacks a permission ({what}: {code}): ask for it in the developer console"),
    "dingtalk.quota": ("本企业本月的钉钉 API 次数已用完（{code}）：下月 1 日恢复，或升级专业版", "the organisation's DingTalk API calls of this month are used up ({code}): wait for the 1st or upgrade"),
    "dingtalk.not-there": ("卡片送不到 {target}：{message}。确认机器人在群里、对方是本企业成员", "cannot deliver to {target}: {message}. The robot must be in the group, the person in the company"),
    "dingtalk.init": ("钉钉：企业内部应用和它的 Stream 机器人", "DingTalk: an internal app with its Stream robot"),
    "dingtalk.init-client-id": ("Client ID（开放平台 → 应用 → 凭证与基础信息）", "Client ID (developer console, the app's credentials)"),
    "dingtalk.init-client-secret": ("Client Secret（同一页，输入时不显示）", "Client Secret (same page, not shown while you type)"),
    "dingtalk.init-card-template-id": ("卡片模板 ID（导入 cards/encoders/dingtalk/template.json 后得到，以 .schema 结尾）", "Id of the card template (after importing cards/encoders/dingtalk/template.json; ends with .schema)"),
    "dingtalk.init-corp-id": ("企业 CorpId（可不填；填了别家企业的消息不认，还能在钉钉里直接登录网页）", "CorpId of your company (may be left out; with it other companies are nobody, and pages open inside DingTalk)"),
    "dingtalk.log-in": ("用{platform}登录网页：在开放平台「安全设置」登记重定向 URL {url}，并申请个人权限 Contact.User.Read", "To log in to the pages with {platform}: register the redirect URL {url} in the console's security settings, and ask for Contact.User.Read"),
    "dingtalk.stranger": ("钉钉没有这个成员：{target}", "DingTalk has no such member: {target}"),
    "dingtalk.directory-closed": (
        "钉钉不让应用看通讯录（{code}：{message}）：到开放平台的「权限管理」开通「通讯录部门信息读权限」「通讯录部门成员读权限」「成员信息读权限」，再发「同步 通讯录」",
        "DingTalk does not let the app read the directory ({code}: {message}): in the developer console grant it the permissions 通讯录部门信息读权限, 通讯录部门成员读权限 and 成员信息读权限, then type `sync directory`",
    ),
    "dingtalk.phones-closed": (
        "钉钉不让应用按手机号找人（{code}：{message}）：到开放平台的「权限管理」开通「根据手机号获取成员基本信息」",
        "DingTalk does not let the app look people up by number ({code}: {message}): grant it the permission 根据手机号获取成员基本信息 in the developer console",
    ),
    "dingtalk.directory-scope": (
        "应用的通讯录范围不含最上层部门（{code}）：在开放平台把「通讯录接口权限范围」设为全部员工，或要用的部门连同它们的上级，再发「同步 通讯录」",
        "the app's contact scope leaves out the top of the directory ({code}): set it to all staff, or to the departments wanted with those above them, then type `sync directory`",
    ),
}
