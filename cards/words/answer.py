"""Answers in the conversation: what was recorded, and what became of it."""

SENTENCES: dict[str, tuple[str, str]] = {
    "answer.greeting": ("{name}，我在。直接说就行，例如：查计划 SO-1042、改期 SO-1042 推迟2天 因为 …、待办；不知道怎么写就发“帮助”。", "{name}, I am here. Just say it, e.g. plan SO-1042, move SO-1042 +2d because …, todo; or send “help”."),
    "answer.too-fast.person": ("{name}，消息太快了，这条和接下来的先不处理。请过一会儿再发。", "{name}, that is too fast: this message and the next ones are not handled. Please send them again in a little while."),
    "answer.queue.messages": ("已有 {most} 条消息在排队，这条和接下来的先不处理。请过几分钟再发。", "{most} messages wait to be handled: this one and the next ones are not. Please send them again in a few minutes."),
    "answer.queue.answers": ("这里已有 {most} 条回答在排队，这条和接下来的先不处理。请过几分钟再发。", "{most} answers wait to be said here: this message and the next ones are not handled. Please send them again in a few minutes."),
    "answer.too-fast.conversation": ("这个群里消息太多，这条和接下来的先不处理。请过一分钟再发，或单独发给我。", "There are too many messages in this group: this one and the next ones are not handled. Please send them again in a minute, or to me alone."),
    # of a decision
    "answer.decided.approve": ("已记录：{department} {name} 同意 {no}。{rest}", "Recorded: {name}, {department}, approves {no}. {rest}"),
    "answer.decided.reject": ("已记录：{department} {name} 驳回 {no}。", "Recorded: {name}, {department}, rejects {no}."),
    "answer.decided.transfer": ("{no} 已转交给 {name}。", "{no} was transferred to {name}."),
    "answer.decided.modify": (
        "已记录：{department} {name} 要求修改 {no}，已转告 {proposer}。{name} 仍可以同意或驳回。",
        "Recorded: {name}, {department}, wants {no} modified; {proposer} was told. {name} may still approve or reject.",
    ),
    "answer.decided.opinion": ("已记录：{department} {name} 不同意 {no}（供参考，不影响其他人决定）。", "Recorded: {name}, {department}, is against {no} (an opinion; the others decide)."),
    "answer.decided.partly": ("{votes}。{rest}", "{votes}. {rest}"),
    "answer.decided.rest": ("还差 {departments}。", "Still missing: {departments}."),
    "answer.decided.applied": ("全部同意，计划已更新为第 {revision} 版。", "All have approved: the plan is at revision {revision}."),
    "answer.decided.ratified": ("全部追认，第 {revision} 版不变。", "All have ratified it; revision {revision} stands."),
    "answer.decided.reverted": ("{given_back}。", " {given_back}."),
    "answer.decided.round": ("计划期间有变动，影响已重算，请 {departments} 重新决定。", "The plan had moved; the effect is new. Please decide again: {departments}."),
    "answer.decided.failed": ("但这个变更已经做不了了：{why}", "But this can no longer be done: {why}"),
    "answer.decided.suggested": ("建议已写成草稿 {new}，请 {proposer} 决定是否提交。", "The suggestion is the draft {new}; {proposer} may submit it."),
    "answer.repeated.approve": ("{name} 已经代表{department}同意过 {no}，不用再说一次。", "{name} has approved {no} for {department} already; nothing more is needed."),
    "answer.repeated.reject": ("{name} 已经代表{department}驳回过 {no}，不用再说一次。", "{name} has rejected {no} for {department} already; nothing more is needed."),
    "answer.repeated.other": ("{departments}那一环也在等你，请在发给{departments}的那张卡片上决定。", " {departments} waits for you too: decide that on the card for {departments}."),
    # of a request
    "answer.submitted": ("{no} 已提交，在等 {departments}。", "{no} is submitted; it waits for {departments}."),
    "answer.submitted-done": ("{no} 已提交：{state}", "{no} is submitted: {state}"),
    "answer.withdrawn": ("{no} 已撤回，相关卡片会更新。", "{no} is withdrawn; its cards will show it."),
    "answer.withdrawn-reverted": ("{no} 已撤回；它已先行生效，{given_back}。相关的人都会收到通知。", "{no} is withdrawn. It was in effect: {given_back}. Everybody concerned is told."),
    "answer.extended": ("{no} 的期限延到 {until}。", "{no} has until {until} now."),
    "answer.extended-told": ("⏳ {name} 把 {no} {headline} 的决定期限延到 {until}。", "⏳ {name} extended {no} {headline}: it can be decided until {until}."),
    "answer.baseline-named": (
        "已把现在的计划（第 {revision} 版）记为{kind}基线“{name}”。以后发送“对比 {name}”看差了多少。",
        "The plan as it stands (revision {revision}) is now the {kind} baseline “{name}”. Send “compare {name}” to see what moved since.",
    ),
    "answer.passed-on": ("已转告 {name}：{wish}。由 {name} 决定是否提出。", "{name} was told: {wish}. It is theirs to propose it."),
    # of a day
    "answer.emergencies": ("⚡ 上周走紧急：{each}", "⚡ Emergencies last week: {each}"),
    "answer.emergencies.each": ("{name} {n} 次（{nos}）", "{name} {n} ({nos})"),
    "answer.clear-day": ("今天没有逾期、到期、变更和风险，也没有等待决定的事。", "Nothing is overdue, due, changed, at risk or waiting today."),
    "answer.late-by": ("⚠晚{n}天", "⚠ {n}d late"),
    "answer.because": ("（{no}，{proposer}：{reason}）", " ({no}, {proposer}: {reason})"),
    "answer.was": ("原{before}", "was {before}"),
    "answer.waiting-for": ("{no} {headline}：{what}", "{no} {headline}: {what}"),
    "answer.waiting-since": ("等{names}，自 {since}，{until} 截止", "waiting for {names} since {since}, until {until}"),
    # of the conversation itself
    "answer.details-below": ("详情在下面的消息里", "The details are in the message below"),
    "answer.received": ("收到，谢谢。", "Thank you."),
    "answer.this-conversation": (
        "本会话的编号：{conversation}（填在 config.yaml 某个部门的 conversation 里，卡片就发到这里）",
        "This conversation is {conversation} (as a department's conversation in config.yaml it gets that department's cards)",
    ),
    "answer.undelivered": (
        "⚠ {department}没有收到“{title}”：{reason}。请协调人另行通知，并检查 {conversation}。",
        "⚠ {department} did not get “{title}”: {reason}. Please tell them another way and check {conversation}.",
    ),
    "answer.left-group": (
        "⚠ {conversation} 已不在设置里：那里 {n} 张没有了结的卡片不再更新，也不再往那里发消息{about}。"
        "等着答复的已改发到现在该答复的地方，其余请协调人另行通知。",
        "⚠ {conversation} is no longer in the settings: {n} open card(s) there are not brought up to date and nothing is "
        "sent there any more{about}. What waits for an answer is asked where it is read now; please tell the others another way.",
    ),
    "answer.left-group.about": ("（{changes}）", " ({changes})"),
    "answer.trouble": (
        "处理这条消息时出了错，已经记录下来，计划没有改动。请稍后再试，或把编号 {ref} 发给管理员。",
        "Something went wrong with this message; it was recorded and nothing was changed. Try again later, or give the "
        "administrator this number: {ref}",
    ),
    # a plan that tables have replaced
    "answer.imported": (
        "📥 {name} 导入了 {source}，计划已是第 {revision} 版。这里有 {count} 项变了（所有差别请发 {compare}）：",
        "📥 {name} imported {source}, the plan is at revision {revision}. {count} items are others here (all that differs: {compare}):",
    ),
    "answer.imported-row": ("- {item} {title} {text}", "- {item} {title} {text}"),
    "answer.imported-instead": ("第 {revision} 版（导入 {source}）", "revision {revision} (import of {source})"),
}
