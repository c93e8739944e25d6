"""Channels to any platform: what is wrong, and what to do about it."""

SENTENCES: dict[str, tuple[str, str]] = {
    "channel.not-started": ("{platform}还没有启动连接", "{platform} has not been started"),
    "channel.connecting": ("{platform}长连接还没建立：{why}", "{platform}'s long connection is not up: {why}"),
    "channel.no-answer-yet": ("正在连接", "connecting"),
    "channel.no-reply": ("{platform}没有应答（{what}：{why}），稍后再试", "{platform} does not answer ({what}: {why}), try later"),
    "channel.busy": ("{platform}暂时忙（{what}：{code}），稍后再试", "{platform} is busy ({what}: {code}), try later"),
    "channel.too-fast": ("{platform}嫌太频繁（{what}：{code}），稍后再发", "too many calls for {platform} ({what}: {code}), send later"),
    "channel.refused": ("{platform}拒绝了{what}：{code} {message}", "{platform} refused {what}: {code} {message}"),
    "channel.unreadable": ("{platform}的应答读不懂（{what}，HTTP {status}）", "cannot read {platform}'s reply ({what}, HTTP {status})"),
    "channel.unknown-numbers": ("连着几个手机号都找不到人，后面的没有再问（问错太多，平台会停用一天）：核对手机那一列", "several numbers in a row lead to nobody; the rest was not asked for, as platforms refuse for a day whoever tries many: check the column of numbers"),
}
