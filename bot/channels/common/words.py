"""Every sentence of the channels, Chinese first, English beside it: what is wrong and what to do about it."""

from collections.abc import Mapping

WORDS: Mapping[str, tuple[str, str]] = {
    # both platforms
    "not_started": ("{platform}还没有启动连接", "{platform} has not been started"),
    "connecting": ("{platform}长连接还没建立：{why}", "{platform}'s long connection is not up: {why}"),
    "no_answer_yet": ("正在连接", "connecting"),
    "no_reply": (
        "{platform}没有应答（{what}：{why}），稍后再试",
        "{platform} does not answer ({what}: {why}), try later",
    ),
    "busy": ("{platform}暂时忙（{what}：{code}），稍后再试", "{platform} is busy ({what}: {code}), try later"),
    "too_fast": (
        "{platform}嫌太频繁（{what}：{code}），稍后再发",
        "too many calls for {platform} ({what}: {code}), send later",
    ),
    "refused": ("{platform}拒绝了{what}：{code} {message}", "{platform} refused {what}: {code} {message}"),
    "unreadable": (
        "{platform}的应答读不懂（{what}，HTTP {status}）",
        "cannot read {platform}'s reply ({what}, HTTP {status})",
    ),
    # DingTalk
    "dingtalk": ("钉钉", "DingTalk"),
    "dingtalk_credentials": (
        "钉钉不认这个应用（{code}）：核对 dingtalk.client_id 和 client_secret",
        "DingTalk does not know this app ({code}): check dingtalk.client_id and client_secret",
    ),
    "dingtalk_permission": (
        "钉钉应用没有这个权限（{what}：{code}）：到开放平台的「权限管理」申请",
        "the DingTalk app lacks a permission ({what}: {code}): ask for it in the developer console",
    ),
    "dingtalk_quota": (
        "本企业本月的钉钉 API 次数已用完（{code}）：下月 1 日恢复，或升级专业版",
        "the organisation's DingTalk API calls of this month are used up ({code}): wait for the 1st or upgrade",
    ),
    "dingtalk_not_there": (
        "卡片送不到 {target}：{message}。确认机器人在群里、对方是本企业成员",
        "cannot deliver to {target}: {message}. The robot must be in the group, the person in the company",
    ),
    "dingtalk_stranger": ("钉钉没有这个成员：{target}", "DingTalk has no such member: {target}"),
    # WeCom
    "wecom": ("企业微信", "WeCom"),
    "wecom_bot": ("企业微信智能机器人", "the WeCom aibot"),
    "wecom_kicked": (
        "另一个程序用同一个机器人连上了企业微信，本程序已停止连接：只留一个，再重启本程序",
        "another process took this aibot's only connection; this one stays off: stop the other, then restart this one",
    ),
    "wecom_bot_credentials": (
        "企业微信不认这个机器人（{code}）：核对 wecom.aibot.bot_id 和 secret，{seconds} 秒后再试",
        "WeCom does not know this aibot ({code}): check wecom.aibot.bot_id and secret; next try in {seconds} s",
    ),
    "wecom_bot_offline": (
        "企业微信智能机器人没有连上，连上后再发",
        "the WeCom aibot is offline, sending once it is back",
    ),
    "wecom_no_ack": ("{seconds} 秒内没有应答", "no acknowledgement within {seconds} s"),
    "wecom_gone": ("连接断了", "the connection broke"),
    "wecom_speak_first": (
        "企业微信不许机器人先开口（{code}）：请在这个群里 @ 机器人一次，或先单独给它发一条消息",
        "WeCom lets an aibot answer only ({code}): mention it once in this group, or write to it first",
    ),
    "wecom_bad_chat": (
        "企业微信没有这个会话（{code}）：核对 conversation 里的 chatid",
        "WeCom has no such conversation ({code}): check the chatid in `conversation`",
    ),
    "wecom_no_push": (
        "回调方式的机器人只能在对方说话后一小时内回一次：改用长连接（wecom.aibot.bot_id 和 secret）",
        "an aibot in callback mode may answer once within an hour only: use the long connection (bot_id and secret)",
    ),
    "wecom_credentials": (
        "企业微信不认这个应用（{code}）：核对 wecom.corp_id 和 wecom.app.secret",
        "WeCom does not know this app ({code}): check wecom.corp_id and wecom.app.secret",
    ),
    "wecom_ip": (
        "企业微信不信任本机的出口 IP（{code}）：在应用的「企业可信IP」里加上",
        "WeCom does not trust this machine's address ({code}): add it to the app's trusted IPs",
    ),
    "wecom_nobody": (
        "收件人都不在应用的可见范围（{code}）：{target}",
        "nobody of {target} is within the app's visible range ({code})",
    ),
    "wecom_lost": ("这条消息没有记下来，请再发一次。", "This message was not saved, please send it again."),
}


class Words:
    """The catalogue in one language: `zh-CN`, or English for anything else."""

    def __init__(self, locale: str = "zh-CN") -> None:
        self._column = 0 if locale == "zh-CN" else 1

    def __call__(self, sentence: str, /, **facts: object) -> str:
        return WORDS[sentence][self._column].format(**facts)
