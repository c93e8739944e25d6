"""Settings: what is allowed and probably not meant."""

SENTENCES: dict[str, tuple[str, str]] = {
    "settings.warn_no_grant": (
        "令牌「{name}」有 write 权限，但 authority 里没有 api:{name} 的授权，它提的变更都会被拒绝",
        "the token {name} has the scope write but no grant api:{name} under authority, all it proposes is refused",
    ),
    "settings.warn_viewer_grant": ("只能查看的人不能提变更；要给某个人授权，请写他的编号", "who only views proposes nothing: to grant it to one person write their id"),
    "settings.warn_no_planner": ("部门「{name}」没有 planner，给部门的授权只归它的计划员，现在没有人能用", "department {name} has no planner, and a grant to a department is its planners': nobody holds this one"),
    "settings.warn_masked_alone": ("令牌「{name}」有 masked 权限但没有 read，什么也看不到", "the token {name} has the scope masked without read and sees nothing"),
    "settings.warn_no_platform": ("{platforms:zh} 都没有配置，机器人收不到消息", "neither {platforms:en} is set up, the bot hears nobody"),
    "settings.warn_plan_no_coordinator": ("计划“{plan}”没有计划协调员：请给它的一个人 coordinator 角色，或请一个协调员作 guests", "the plan {plan} has no coordinator: give one of its people that role, or make a coordinator its guest"),
    "settings.warn_no_coordinator": ("没有人的 roles 含 coordinator（计划协调员），没有审批人的部门的变更会交不上去", "nobody has the role coordinator, changes that touch a department without an approver cannot be submitted"),
    "settings.warn_ladder_top": ("升级的最后没有 coordinator，没人答复的审批可能一直等到过期", "the ladder does not reach the coordinator, a step nobody answers may wait until it expires"),
    "settings.warn_no_manager": ("部门「{name}」的 manager 写的是「{manager}」，people 里没有这个人", "department {name} has the manager {manager}, who is not among people"),
    "settings.warn_no_approver": ("部门「{name}」有会话但没有 approver，它的审批会转给协调员", "department {name} has a conversation but no approver, its approvals go to the coordinator"),
    "settings.warn_few_approvers": ("「{name}」要 {needs} 人同意，只有 {there} 个审批人，差的由协调员补上", "{name}: {needs} have to approve and there are {there}, coordinators make up for the rest"),
    "settings.warn_no_conversation": ("部门「{name}」没有会话，它的卡片会发到协调员所在部门", "department {name} has no conversation, its cards go to the coordinator's department"),
    "settings.warn_shadow_all": ("all 是 true 时全部都在影子运行，departments 和 products 不起作用", "with all everything is in shadow, departments and products do nothing"),
    "settings.warn_shared_conversation": ("部门「{name}」与「{other}」用同一个会话，群里的命令按「{other}」算", "departments {name} and {other} share a conversation, commands there count as {other}"),
    "settings.warn_item_type": ("「{type}」不是自带的类型，导入文件里也这样写才有用；自带的有：{known}", "{type} is no type of ours and does something only where an import says it; ours are: {known}"),
    "settings.warn_fence_past": ("围栏「{fence}」到 {last} 为止，已经过去，不再起作用", "the fence {fence} ended on {last} and does nothing any more"),
    "settings.warn_standard_deadline": ("规则 {rule} 是 standard，提交即生效，deadline_hours 不起作用", "rule {rule} is standard, in effect when submitted: deadline_hours does nothing"),
    "settings.warn_unreachable_rule": ("规则 {rule} 排在 {first} 后面，{first} 什么变更都符合，轮不到它；请把它移到前面", "rule {rule} comes after {first}, which fires for every change, and is never reached: move it up"),
    "settings.warn_unreachable": ("「{name}」要审批或提变更，但没有 {platforms:zh} 帐号", "{name} decides or proposes but has no {platforms:en} id"),
}
