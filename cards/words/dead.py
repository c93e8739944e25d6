"""Messages that were given up, to whoever runs the bot."""

SENTENCES: dict[str, tuple[str, str]] = {
    "dead.none": ("没有送不到的卡片或消息", "Every card and message was delivered or is on its way"),
    "dead.line": ("{key}  {conversation}  {what}", "{key}  {conversation}  {what}"),
    "dead.why": ("    {reason}（试了 {n} 次，{since} 起）", "    {reason} ({n} tries, since {since})"),
    "dead.next": (
        "共 {n} 条。原因消除后重新发送：python run.py outbox replay KEY（或 --all）；不再发送：python run.py outbox drop KEY",
        "{n} in all. Once the cause is gone, send again: python run.py outbox replay KEY (or --all); never send: python run.py outbox drop KEY",
    ),
    "dead.replayed": ("{n} 条会重新发送", "{n} will be sent again"),
    "dead.dropped": ("不再发送：{key}", "Will never be sent: {key}"),
    "dead.which": (
        "要重新发送哪些？写出编号，或者写 --all，不能两样都写。python run.py outbox 列出全部。",
        "Which are to be sent again? Give their keys, or --all, not both. python run.py outbox lists them all.",
    ),
    "dead.doctor": (
        "有 {n} 条卡片或消息送不到：{places}。python run.py outbox 列出原因，并可重新发送",
        "{n} cards or messages could not be delivered: {places}. python run.py outbox tells why, and sends them again",
    ),
}
