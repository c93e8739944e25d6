"""The picture of an impact, beside the items' own words."""

SENTENCES: dict[str, tuple[str, str]] = {
    "picture.late": ("晚交 {n} 天（应 {due}）", "{n}d late (due {due})"),
    "picture.late-among": ("其中 {n} 项晚交", "{n} of them late"),
    "picture.cause": ("起因", "cause"),
    "picture.items": ("{n} 项", "{n} items"),
    "picture.and-more": ("{codes}……", "{codes} …"),
    "picture.range": ("{least}~{most} 天", "{least}~{most}d"),
    "picture.later": ("晚 {days}", "{days} later"),
    "picture.earlier": ("早 {days}", "{days} earlier"),
    "picture.moved": ("有早有晚", "moved"),
    "picture.rest": ("其余部门", "other departments"),
    "picture.calendar": ("{n}自然日", "{n} cal. days"),
    "picture.backwards": ("倒排", "timed back"),
    "picture.absorbed": ("余量抵 {n} 天", "slack took {n}d"),
    "picture.folded": ("项目太多，{n} 项按部门和远近合并成了叠框。", "Too many for one picture: {n} items are put together by department and distance."),
    "picture.links-left-out": ("另有 {n} 条次要的线没有画出。", "{n} more lines of less weight are not drawn."),
    "picture.way-to-late": ("传到晚交的订单", "on the way to a late order"),
    "picture.way": ("变化从这里传过去", "the change went this way"),
    "picture.link": ("有关联，但不是它推动的", "linked, but it moved nothing"),
}
