"""WeCom: what is wrong, and what to do about it."""

SENTENCES: dict[str, tuple[str, str]] = {
    "wecom.name": ("企业微信", "WeCom"),
    "wecom.aibot": ("企业微信智能机器人", "the WeCom aibot"),
    "wecom.doctor-aibot": ("企业微信智能机器人", "The WeCom aibot"),
    "wecom.doctor-app": ("企业微信自建应用", "The WeCom app"),
    "wecom.kicked": ("另一个程序用同一个机器人连上了企业微信，本程序已停止连接：只留一个，再重启本程序", "another process took this aibot's only connection; this one stays off: stop the other, then restart this one"),
    "wecom.aibot-credentials": (
        "企业微信不认这个机器人（{code}）：核对 wecom.aibot.bot_id 和 secret，{seconds} 秒后再试",
        "WeCom does not know this aibot ({code}): check wecom.aibot.bot_id and secret; next try in {seconds} s",
    ),
    "wecom.aibot-offline": ("企业微信智能机器人没有连上，连上后再发", "the WeCom aibot is offline, sending once it is back"),
    "wecom.no-ack": ("{seconds} 秒内没有应答", "no acknowledgement within {seconds} s"),
    "wecom.gone": ("连接断了", "the connection broke"),
    "wecom.speak-first": ("企业微信不许机器人先开口（{code}）：请在这个群里 @ 机器人一次，或先单独给它发一条消息", "WeCom lets an aibot answer only ({code}): mention it once in this group, or write to it first"),
    "wecom.bad-chat": ("企业微信没有这个会话（{code}）：核对 conversation 里的 chatid", "WeCom has no such conversation ({code}): check the chatid in `conversation`"),
    "wecom.no-push": ("回调方式的机器人只能在对方说话后一小时内回一次：改用长连接（wecom.aibot.bot_id 和 secret）", "an aibot in callback mode may answer once within an hour only: use the long connection (bot_id and secret)"),
    "wecom.credentials": ("企业微信不认这个应用（{code}）：核对 wecom.corp_id 和 wecom.app.secret", "WeCom does not know this app ({code}): check wecom.corp_id and wecom.app.secret"),
    "wecom.ip": ("企业微信不信任本机的出口 IP（{code}）：在应用的「企业可信IP」里加上", "WeCom does not trust this machine's address ({code}): add it to the app's trusted IPs"),
    "wecom.log-in": ("用{platform}登录网页：在应用的「网页授权及JS-SDK」把 {host} 设为可信域名，在「企业微信授权登录」填同一个授权回调域", "To log in to the pages with {platform}: make {host} the app's trusted domain for web authorisation, and its callback domain for log-in"),
    "wecom.nobody": ("收件人都不在应用的可见范围（{code}）：{target}", "nobody of {target} is within the app's visible range ({code})"),
    "wecom.lost": ("这条消息没有记下来，请再发一次。", "This message was not saved, please send it again."),
    "wecom.directory-closed": (
        "企业微信不让应用看通讯录（{code}：{message}）：在应用的「可见范围」里选整个公司（最上层部门），再发「同步 通讯录」",
        "WeCom does not let the app read the directory ({code}: {message}): set the app's visible range to the whole company, then type `sync directory`",
    ),
}
