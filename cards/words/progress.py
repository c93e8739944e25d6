"""进度: how far an item is and when it will be finished."""

SENTENCES: dict[str, tuple[str, str]] = {
    "progress.title": ("{item} {title} · {status}", "{item} {title} · {status}"),
    "progress.late": ("预测完工 {forecast}，计划 {planned}，晚 {n} 个工作日", "forecast to finish {forecast}, planned {planned}: {n} working days late"),
    "progress.early": ("预测完工 {forecast}，计划 {planned}，早 {n} 个工作日", "forecast to finish {forecast}, planned {planned}: {n} working days early"),
    "progress.in-time": ("预测完工 {forecast}，和计划一样", "forecast to finish {forecast}, as planned"),
    "progress.to-finish": ("数量已够，等报“完成”（计划 {planned}）", "all of it is made; it waits for “complete” (planned {planned})"),
    "progress.unknown": ("计划 {planned} 已过，什么时候到还没有人说（未知）", "planned for {planned}, which has passed; nobody has said when it comes"),
    "progress.said": ("按 {name} 说的 {said}", "by the word of {name}: {said}"),
    "progress.said-gone": ("{name} 说过 {said}，已过", "{name} had said {said}, which has passed"),
    "progress.said-and-computed": ("{name} 说 {said}，按进度算是 {computed}", "{name} says {said}, by the rate it is {computed}"),
    "progress.pushes": ("会推迟：{items}", "would push: {items}"),
    "progress.broken": ("⚠ 承诺 {item} {promised}→{forecast}", "⚠ promise of {item} {promised}→{forecast}"),
    "progress.row": ("{at} {name}：{what}（{no}）", "{at} {name}: {what} ({no})"),
    "progress.corrected": ("，已由 {no} 更正", ", corrected by {no}"),
}
