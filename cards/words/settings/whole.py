"""Settings: what does not fit together."""

SENTENCES: dict[str, tuple[str, str]] = {
    "settings.wecom_empty": ("app 和 aibot 至少配置一个", "set up app or aibot, at least one"),
    "settings.aibot_mode": ("长连接填 bot_id 和 secret，回调填 token 和 encoding_aes_key，二选一", "set bot_id and secret (long connection) or token and encoding_aes_key (callback), not both"),
    "settings.calendar_both": ("{day} 既在 closed 又在 working，只留一处", "{day} stands in closed and in working, keep one"),
    "settings.calendar_built_in": ("{name} 是自带的日历，换一个名字", "{name} is a calendar everybody has, choose another name"),
    "settings.no_such_calendar": ("没有这个日历，现有：{known}；自己的日历写在 calendars 里", "no such calendar, known: {known}; calendars of your own go into calendars"),
    "settings.duplicate": ("{what} {value} 已在 {first} 用过，换一个", "{what} {value} is already used at {first}"),
    "settings.no_such_department": ("departments 里没有这个部门，现有：{known}", "no such department, known: {known}"),
    "settings.no_such_person": ("people 里没有 {deputy} 这个人", "there is no {deputy} among people"),
    "settings.own_deputy": ("代理人不能是自己", "nobody is their own deputy"),
    "settings.hours_order": ("上班时间要早于下班时间，且在同一天", "must open before it closes, on one day"),
    "settings.ladder_order": ("每一级要比上一级晚", "each rung must come later than the one before"),
    "settings.ladder_twice": ("{do} 已经在前面出现过，每种只升级一次", "{do} stands there before; each is climbed once"),
    "settings.platform_missing": ("要用这个会话，先配置 {section} 一节", "this conversation needs the section {section}"),
}
