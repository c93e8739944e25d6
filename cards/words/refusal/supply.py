"""Refusals: what an order waits for cannot be reminded of."""

SENTENCES: dict[str, tuple[str, str]] = {
    "refusal.supply-over": ("{item} {title} {status_name}，不用催了。", "{item} {title} is {status_name}, there is nothing to remind of."),
    "refusal.supply-own": ("{item} {title} 的负责人就是你，不用催。有新日子请发：报工 {item} 预计 …。", "{item} {title} is your own. If its day is another, type: report {item} expected …."),
    "refusal.supply-nowhere": ("{item} {title} 没有负责人，它的部门也没有会话，催不到。请让管理员补上。", "Nobody owns {item} {title}, and its department has no conversation. Please have an admin add one."),
    "refusal.supply-reminded": ("今天已经提醒过 {name}（{item} {title}），一天只催一次。", "{name} was reminded of {item} {title} today; once a day is enough."),
}
