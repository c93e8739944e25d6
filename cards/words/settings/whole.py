"""Settings: what does not fit together."""

SENTENCES: dict[str, tuple[str, str]] = {
    "settings.wecom_empty": ("app 和 aibot 至少配置一个", "set up app or aibot, at least one"),
    "settings.aibot_mode": ("长连接填 bot_id 和 secret，回调填 token 和 encoding_aes_key，二选一", "set bot_id and secret (long connection) or token and encoding_aes_key (callback), not both"),
    "settings.calendar_both": ("{day} 既在 closed 又在 working，只留一处", "{day} stands in closed and in working, keep one"),
    "settings.calendar_built_in": ("{name} 是自带的日历，换一个名字", "{name} is a calendar everybody has, choose another name"),
    "settings.no_such_calendar": ("没有这个日历，现有：{known}；自己的日历写在 calendars 里", "no such calendar, known: {known}; calendars of your own go into calendars"),
    "settings.duplicate": ("{what} {value} 已在 {first} 用过，换一个", "{what} {value} is already used at {first}"),
    "settings.no_such_department": ("departments 里没有这个部门，现有：{known}", "no such department, known: {known}"),
    "settings.no_such_token": ("api.tokens 里没有叫 {name} 的令牌", "no token is called {name} among api.tokens"),
    "settings.no_such_person": ("people 里没有 {deputy} 这个人", "there is no {deputy} among people"),
    "settings.own_deputy": ("代理人不能是自己", "nobody is their own deputy"),
    "settings.hours_order": ("上班时间要早于下班时间，且在同一天", "must open before it closes, on one day"),
    "settings.ladder_order": ("每一级要比上一级晚", "each rung must come later than the one before"),
    "settings.ladder_twice": ("{do} 已经在前面出现过，每种只升级一次", "{do} stands there before; each is climbed once"),
    "settings.plan_and_plans": ("写了 plans 就不要再写 plan：把它并到 plans 里", "with plans there is no plan: make it one of the plans"),
    "settings.plan_department_twice": ("部门 {department} 只能属于一个计划", "the department {department} can belong to one plan only"),
    "settings.plan_of_no_department": ("部门 {department} 不属于任何计划，把它写进 plans 里一个计划（{known}）的 departments", "the department {department} is of no plan: write it into the departments of one of the plans ({known})"),
    "settings.plan_own_guest": ("{person} 的部门就在这个计划里，不用写进 guests", "the department of {person} is in this plan: a guest comes from another one"),
    "settings.plan_conversation": ("一个会话只能属于一个计划：这里是 {plan}，前面的部门是 {other}", "a conversation belongs to one plan: {plan} here, {other} with a department before"),
    "settings.plan_of_others": ("{person} 不在计划 {plan} 里：换一个人，或写进这个计划的 guests", "{person} takes no part in the plan {plan}: name somebody else, or make them a guest of it"),
    "settings.plan_rule": ("这一条点到的部门分属几个计划（{plans}）：请每个计划写一条", "its departments are of several plans ({plans}): write one for each plan"),
    "settings.no_such_plan": ("没有这个计划，现有：{known}", "no such plan, known: {known}"),
    "settings.platform_missing": ("要用这个会话，先配置 {section} 一节", "this conversation needs the section {section}"),
    "settings.version": ("{section}（第 {version} 版）", "{section} (version {version})"),
    "settings.kept": ("由数据库管理、不再读文件的设置：{sections}", "Kept by the database, and not read from the file: {sections}"),
    "settings.not_read": (
        "文件里的 {sections} 和读进数据库时不同，没有生效；要用文件里的，请 run.py settings import {file}；不要就从文件里删掉",
        "{sections} in the file are not what was brought into the database, and not in effect; to use them, run.py settings "
        "import {file}; else remove them from the file",
    ),
    "settings.imported": ("{section} 已读进数据库，成为第 {version} 版", "{section} is in the database now, as version {version}"),
    "settings.imported-later": ("{section} 已读进数据库，成为第 {version} 版，从 {day} 起生效", "{section} is in the database as version {version}, in effect from {day} on"),
    "settings.since": ("  {day} 起", "  from {day}"),
    "settings.nothing-new": ("{file} 里的设置和数据库里的没有差别，什么也没有改", "Nothing in {file} differs from the database: nothing was changed"),
    "settings.from-now-on": (
        "从下次启动起，这几节由数据库管理，文件里的不再读；要留在文件里，写 settings: {{source: file}}",
        "From the next start on the database keeps them, and the file's are not read any more; to leave them in the file, "
        "write settings: {{source: file}}",
    ),
    "settings.export-head": ("通盘的设置：{sections}。run.py settings import 读回来", "Settings of Tongpan: {sections}. run.py settings import reads them again"),
    "settings.exported": ("已写到 {file}：{sections}", "Written to {file}: {sections}"),
    "settings.same": ("没有差别", "No difference"),
    "settings.approved": ("，{name} 同意", ", approved by {name}"),
    "settings.history": ("{number}  {section} 第 {version} 版  {at}{since}  {by}{approved}  {note}", "{number}  {section} version {version}  {at}{since}  {by}{approved}  {note}"),
    "settings.no-history": ("数据库里还没有设置", "The database has no settings yet"),
    "settings.back-to": ("回到编号 {number}", "back to number {number}"),
    "settings.rolled-back": ("已回到编号 {number}：{section} 第 {version} 版生效", "Back to number {number}: {section} version {version} is in force"),
    "settings.in-force": ("编号 {number} 的内容现在就生效着，什么也没有改", "What number {number} says is in force already: nothing was changed"),
    "settings.no-version": ("没有编号 {number} 的版本；编号见 run.py settings history", "There is no version of number {number}: see run.py settings history"),
    "settings.file-keeps": (
        "{file} 写着 settings.source: file：设置都在文件里，直接改文件再重启；要放进数据库，改成 source: database",
        "{file} says settings.source: file: edit the file and restart; to have them in the database, write source: database",
    ),
    "settings.to_import": ("下次启动时会读进数据库，成为第 1 版：{sections}", "The next start brings into the database, as version 1: {sections}"),
    "settings.in_version": ("数据库里 {section} 第 {version} 版", "{section} in the database, version {version}"),
    "settings.in_new": ("{section} 的新版本", "the new {section}"),
    "settings.source_not_file": (
        "数据库里的 {sections} 在群里或命令行改过，和文件不同，从文件读会丢掉这些修改。两条路：写 source: database，"
        "由数据库管理；或者先写 database，用 run.py settings export FILE.yaml 写出来，把这几节并进 {file}，再写回 file",
        "{sections} in the database were changed in the chat or by a command and differ from the file, which would undo "
        "that. Two ways out: source: database, which keeps them there; or database first, run.py settings export "
        "FILE.yaml, take these sections over into {file}, and then file again",
    ),
}
