"""What a fact means to others: goods came, work is finished."""

SENTENCES: dict[str, tuple[str, str]] = {
    "fact.arrived": ("📦 {of} {title} 到货（{by}）：{told}", "📦 {of} {title} arrived ({by}): {told}"),
    "fact.finished": ("✅ {of} {title} 完成（{by}）：{told}", "✅ {of} {title} is finished ({by}): {told}"),
    "fact.ready.green": ("{items} 物料已齐，可以开工", "{items}: everything is there, work can begin"),
    "fact.ready.yellow": ("{items} 开工前能齐", "{items}: all there by the start"),
    "fact.next": ("可以接着做 {items}", "{items} can follow"),
    "fact.starts": ("{name} {start} 开工", "{name}, starts {start}"),
    "fact.bought": ("累计 {there}{unit}（{owner}）", "{there} {unit} so far ({owner})"),
    "fact.item": ("{item} {title}", "{item} {title}"),
    "fact.item.owned": ("{item} {title}（{owner}）", "{item} {title} ({owner})"),
}
