"""Authority to change the plan, and what is not for every reader."""

SENTENCES: dict[str, tuple[str, str]] = {
    "authority.nobody": ("（没有人）", "(nobody)"),
    # what somebody may not do
    "authority.act.start": ("改开始日期", "move the start"),
    "authority.act.finish": ("改完成日期", "move the finish"),
    "authority.act.duration": ("改工期", "change the duration"),
    "authority.act.quantity": ("改数量", "change the quantity"),
    "authority.act.status": ("取消", "cancel"),
    "authority.act.mode": ("锁定或解锁", "pin or unpin"),
    "authority.act.department": ("转给别的部门", "reassign"),
    "authority.act.link": ("改关联", "change the links"),
    "authority.act.new": ("新增", "add"),
    # who may
    "authority.holder.planners": ("{department}的计划员", "planners of {department}"),
    "authority.holder.api": ("令牌“{token}”", "the token “{token}”"),
    "authority.holder.any-api": ("有 write 权限的令牌", "tokens with the scope write"),
    # masked attributes
    "authority.attribute": ("{name}：{value}", "{name}: {value}"),
    "authority.attribute-hidden": ("{name}：{value}（无权查看）", "{name}: {value} (not for you)"),
    # words that may give them away
    "authority.words-give-away": (
        "你写的话里可能有价格等不公开的内容，收到这张单的人都看得到。这次已经算数；以后请不要写在这里。",
        "What you wrote may hold a price or something else not for everybody, and all who get this request can read it. It "
        "counts as it is; please keep such things out next time.",
    ),
    "authority.reason-gives-away": (
        "原因里可能有价格等不公开的内容，提交后群里的人都看得到。要改，请放弃后重新提出。",
        "The reason may hold a price or something else not for everybody; once submitted, all in the groups can read it. "
        "To change it, discard this and propose again.",
    ),
}
