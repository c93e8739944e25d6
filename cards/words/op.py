"""Operations on the plan, as a request's title says them."""

SENTENCES: dict[str, tuple[str, str]] = {
    "op.shift-later": ("{title} 推迟{n}天", "{title}: {n}d later"),
    "op.shift-earlier": ("{title} 提前{n}天", "{title}: {n}d earlier"),
    "op.set_start": ("{title} 改到{to}开始", "{title}: start {to}"),
    "op.set_finish": ("{title} 改到{to}完成", "{title}: finish {to}"),
    "op.set_duration": ("{title} 工期改为{to}天", "{title}: {to} days long"),
    "op.set_quantity": ("{title} 数量改为{to}", "{title}: quantity {to}"),
    "op.cancel": ("取消 {title}", "Cancel {title}"),
    "op.add": ("新增 {title}", "Add {title}"),
    "op.pin": ("锁定 {title}", "Pin {title}"),
    "op.unpin": ("解锁 {title}", "Unpin {title}"),
    "op.reassign": ("{title} 转给{to}", "{title}: now {to}'s"),
    "op.link": ("{title} 新增关联", "{title}: new link"),
    "op.unlink": ("{title} 去掉关联", "{title}: link removed"),
    # the calendar
    "op.recount": ("按新的工作日历重排计划", "The plan counted again in a newer calendar"),
    "op.recount-reason": ("工作日历更新了（新公布的节假日，或部门、供应商的日历改了），日期按新日历重算", "the working calendar is a newer one (published holidays, or a department's or supplier's own)"),
    # a compensating change
    "op.restore": ("恢复 {title}", "Restore {title}"),
    "op.reverts": ("撤销 {no}：{headline}", "Take back {no}: {headline}"),
    "op.reverts-nothing": ("撤销 {no}", "Take back {no}"),
}
