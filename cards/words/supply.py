"""What an order waits for: its owner is reminded."""

SENTENCES: dict[str, tuple[str, str]] = {
    "supply.reminder": ("⏰ {by} 催 {name}：{item} {title}，计划 {finish}。等它的：{waiting}。日子有变请发“报工 {item} 预计 …”", "⏰ {by} reminds {name}: {item} {title}, planned for {finish}. Waiting for it: {waiting}. If its day is another, type “report {item} expected …”"),
    "supply.reminded": ("已提醒 {name}：{item} {title}", "{name} was reminded of {item} {title}"),
    "supply.nothing-waits": ("现在没有缺它的单", "no order is short of it now"),
}
