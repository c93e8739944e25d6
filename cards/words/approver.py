"""Approvers of a step, and how many of them it takes."""

SENTENCES: dict[str, tuple[str, str]] = {
    # roles
    "approver.role.viewer": ("查看者", "the viewers"),
    "approver.role.planner": ("计划员", "the planners"),
    "approver.role.approver": ("审批人", "the approvers"),
    "approver.role.coordinator": ("计划协调员", "the coordinator"),
    "approver.role.admin": ("管理员", "the admins"),
    "approver.nobody": ("（还没有人）", "(nobody yet)"),
    "approver.nobody-left": ("（没有人可以决定）", "(nobody who may decide)"),
    "approver.and-others": ("{names}等 {n} 个部门", "{names} and others ({n} in all)"),
    # how a step is decided
    "approver.mode.any": ("或签", "any one of them"),
    "approver.mode.all": ("会签", "all of them"),
    "approver.mode.some": ("{n} 人同意", "{n} of them"),
    "approver.mode.any-deputy": ("代理不限角色", "any deputy"),
    "approver.mode.optional": ("可不批", "not waited for"),
    "approver.mode.of": ("{who}（{how}）", "{who} ({how})"),
    # how far it is
    "approver.votes.any": ("或签：{names} 任一人同意即可", "any one of {names}"),
    "approver.votes.all": ("会签 {given}/{needs}：{said}还差 {names}", "all of them, {given}/{needs}: {said}still missing {names}"),
    "approver.votes.some": ("{needs} 人同意即可 {given}/{needs}：{said}还差 {missing} 人（{names}）", "{needs} of them, {given}/{needs}: {said}{missing} still missing ({names})"),
    "approver.votes.said": ("{names} 已同意，", "{names} approved, "),
    "approver.votes.owed": ("{names} 中 {missing} 人", "{missing} of {names}"),
    "approver.votes.count": ("{status} {given}/{needs}", "{status} {given}/{needs}"),
    # whose word is not waited for
    "approver.optional.yours": ("供参考，不等你", "for your opinion, not waited for"),
    "approver.optional.step": ("{line}（供参考，不等）", "{line} (not waited for)"),
}
