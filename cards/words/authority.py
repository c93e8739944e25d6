"""Who may change, use and see what."""

AUTHORITY: dict[str, tuple[str, str]] = {
    "not-permitted": (
        "“{what}”没有设定谁可以用，所以谁都不能用，什么也没有做。请联系管理员。",
        "It is not settled who may use “{what}”, so nobody may; nothing was done. Ask the administrator.",
    ),
    "no-grant": (
        "{name} 没有提出变更的权限（设置的 authority 里没有给你的授权）。能提出变更的有：{holders}。请由他们提出，或请管理员授权。",
        "{name} may not propose changes (nothing is granted to you under authority in the settings). Who may: {holders}. "
        "Ask them to propose it, or the administrator for a grant.",
    ),
    "not-authorised": (
        "{name} 没有权限{act}：{item} {title}（{zone}区）。有权限的有：{holders}。请由他们提出，或请管理员在设置的 authority 里授权。",
        "{name} may not {act}: {item} {title} ({zone} zone). Who may: {holders}. Ask them to propose it, or the "
        "administrator for a grant under authority in the settings.",
    ),
    "not-authorised-nobody": (
        "{name} 没有权限{act}：{item} {title}（{zone}区）。设置的 authority 里没有授权给任何人，请管理员授权。",
        "{name} may not {act}: {item} {title} ({zone} zone). Nobody is granted this under authority in the settings; ask "
        "the administrator.",
    ),
    "act.start": ("改开始日期", "move the start"),
    "act.finish": ("改完成日期", "move the finish"),
    "act.duration": ("改工期", "change the duration"),
    "act.quantity": ("改数量", "change the quantity"),
    "act.status": ("取消", "cancel"),
    "act.mode": ("锁定或解锁", "pin or unpin"),
    "act.department": ("转给别的部门", "reassign"),
    "act.link": ("改关联", "change the links"),
    "act.new": ("新增", "add"),
    "holder.api": ("令牌“{token}”", "the token “{token}”"),
    "holder.any-api": ("有 write 权限的令牌", "tokens with the scope write"),
    "attribute": ("{name}：{value}", "{name}: {value}"),
    "attribute.hidden": ("{name}：{value}（无权查看）", "{name}: {value} (not for you)"),
    "words-give-away": (
        "你写的话里可能有价格等不公开的内容，收到这张单的人都看得到。这次已经算数；以后请不要写在这里。",
        "What you wrote may hold a price or something else not for everybody, and all who get this request can read it. It "
        "counts as it is; please keep such things out next time.",
    ),
    "reason-gives-away": (
        "原因里可能有价格等不公开的内容，提交后群里的人都看得到。要改，请放弃后重新提出。",
        "The reason may hold a price or something else not for everybody; once submitted, all in the groups can read it. "
        "To change it, discard this and propose again.",
    ),
    "problem.not-permitted": (
        "{method} {path} 没有设定需要哪种权限，所以不能用。请联系管理员。",
        "It is not settled which scope {method} {path} needs, so it cannot be used. Ask the administrator.",
    ),
}
