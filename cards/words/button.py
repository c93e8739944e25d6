"""Buttons of cards, and what they ask for."""

SENTENCES: dict[str, tuple[str, str]] = {
    # a request
    "button.submit": ("提交", "Submit"),
    "button.discard": ("放弃", "Discard"),
    "button.approve": ("同意", "Approve"),
    "button.reject": ("驳回", "Reject"),
    "button.transfer": ("转交", "Transfer"),
    "button.modify": ("要求修改", "Modify"),
    "button.received": ("收到", "Seen"),
    "button.details": ("详情", "Details"),
    "button.back": ("返回", "Back"),
    "button.ratify": ("追认", "Ratify"),
    "button.extend": ("延期", "Extend"),
    "button.remind": ("催办", "Remind"),
    # a question
    "button.fill": ("其他…", "Other…"),
    "button.write": ("填写…", "Write…"),
    "button.ask.fill": ("请写在这里", "Please write it here"),
    "button.neither": ("都不是", "None of these"),
    # instead of those who do not answer
    "button.approve-instead": ("代为同意", "Approve instead"),
    "button.ratify-instead": ("代为追认", "Ratify instead"),
    "button.approve-instead-all": ("代为同意{n}个部门", "Approve for {n}"),
    "button.ratify-instead-all": ("代为追认{n}个部门", "Ratify for {n}"),
    "button.approve-instead-one": ("代{department}同意", "{department}"),
    "button.ratify-instead-one": ("代{department}追认", "{department}"),
    # settings
    "button.stop": ("叫停", "Stop"),
    "button.consent": ("同意", "Agree"),
    "button.bind": ("确认", "Confirm"),
    "button.refuse": ("不同意", "Do not"),
    "button.sync": ("应用", "Apply"),
    "button.check": ("收到了", "It is here"),
    "button.unit": ("{department}算进来", "Take in {department}"),
    "button.managers": ("主管设为经理", "Leaders as managers"),
    "button.apply": ("申请加入 {department}", "Join {department}"),
    # acting for somebody away
    "button.accept": ("接受", "Accept"),
    "button.decline": ("不接受", "Decline"),
    "button.step-down": ("不再代理", "Stop acting"),
    "button.call-off": ("取消代理", "Call off"),
    # what is going wrong
    "button.cure": ("提出变更", "Propose a change"),
    "button.take": ("已在处理", "I see to it"),
    "button.snooze": ("稍后", "Later"),
    "button.mute": ("静音", "Mute"),
    "button.ask.snooze": ("为什么可以等一等？", "Why can it wait?"),
    "button.ask.mute": ("为什么不用再提醒？", "Why need nobody be told?"),
    # a reason
    "button.ask.modify": ("请写要怎么改，如：请改到 12-08", "What should be proposed instead? e.g. please make it 12-08"),
    "button.ask.reason-or-suggest": ("请写驳回原因；可以再写：建议 <命令>", "Why do you reject it? You may add: suggest <command>"),
    # ways round a fence
    "button.special": ("申请特批", "Ask for approval"),
    "button.detour": ("改到 {date}", "Move to {date}"),
    "button.urgent": ("走紧急", "As emergency"),
    # a conflict
    "button.mine": ("以我为准", "Mine"),
    "button.theirs": ("以对方为准", "Theirs"),
    "button.merge": ("合并", "Merge"),
    "button.keep": ("以 {no} 为准", "Keep {no}"),
    "button.keep-long": ("{no}为准", "{no}"),
}
