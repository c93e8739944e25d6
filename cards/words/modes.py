"""Several who approve, or none who is waited for; sending a request back, and proposing another instead."""

MODES: dict[str, tuple[str, str]] = {
    # how a step is decided
    "mode.any": ("或签", "any one of them"),
    "mode.all": ("会签", "all of them"),
    "mode.some": ("{n} 人同意", "{n} of them"),
    "mode.optional": ("可不批", "not waited for"),
    "mode.of": ("{who}（{how}）", "{who} ({how})"),
    "votes.any": ("或签：{names} 任一人同意即可", "any one of {names}"),
    "votes.all": ("会签 {given}/{needs}：{said}还差 {names}", "all of them, {given}/{needs}: {said}still missing {names}"),
    "votes.some": (
        "{needs} 人同意即可 {given}/{needs}：{said}还差 {missing} 人（{names}）",
        "{needs} of them, {given}/{needs}: {said}{missing} still missing ({names})",
    ),
    "votes.said": ("{names} 已同意，", "{names} approved, "),
    "votes.owed": ("{names} 中 {missing} 人", "{missing} of {names}"),
    "returned.row": ("{departments}要求修改，请提出人发送：{example}", "{departments} wants it modified; its proposer sends: {example}"),
    "todo.returned": ("已要求修改，等 {proposer}，仍可以决定", "to be modified by {proposer}, may still be decided,"),
    "votes.count": ("{status} {given}/{needs}", "{status} {given}/{needs}"),
    "optional.yours": ("供参考，不等你", "for your opinion, not waited for"),
    "optional.step": ("{line}（供参考，不等）", "{line} (not waited for)"),
    "status.optional": ("{no} · 请{department}参考", "{no} · {department}'s opinion"),
    "status.objected": ("{department} {name} 不同意 {at}（供参考）", "{name}, {department}, is against it, {at} (not waited for)"),
    "decided.partly": ("{votes}。{rest}", "{votes}. {rest}"),
    "decided.opinion": ("已记录：{department} {name} 不同意 {no}（供参考，不影响其他人决定）。", "Recorded: {name}, {department}, is against {no} (an opinion; the others decide)."),
    # refusals of votes
    "too-few-approvers": (
        "{department}要 {needs} 人同意，除去提出人和代理人，连同协调人只有 {there} 人能审批。请管理员补上审批人，或改小设置里的人数。",
        "{department}: {needs} have to approve, and without the proposer and who acts for them there are only {there}, "
        "coordinators included. Ask the administrator to add approvers, or to ask for fewer in the settings.",
    ),
    "nobody-required": (
        "规则“{rule}”里没有一个必须同意的审批人，不能提交。请管理员改设置：approvals 里至少一个不写 optional。",
        "The rule “{rule}” has no approver who is required, so nothing can be submitted. Ask the administrator: one of "
        "its approvals must not be optional.",
    ),
    "voted-already": (
        "{no} 你这一票已经投了，不能再转交。要改主意，请发送：驳回 {no} 因为 <原因>",
        "Your vote on {no} is given and cannot be transferred. To change it, send: reject {no} because <reason>",
    ),
    "nobody-to-remind": (
        "{no} 现在没有要等的审批人，不用催。要求修改的，请提出人发送：修改 {no} <命令>",
        "Nobody is waited for to decide {no}. Where it is to be modified, its proposer sends: revise {no} <command>",
    ),
    # 要求修改 and 修改
    "button.modify": ("要求修改", "Modify"),
    "ask.modify": ("请写要怎么改，如：请改到 12-08", "What should be proposed instead? e.g. please make it 12-08"),
    "status.modify": ("{no} · {name}要求修改，等提出人", "{no} · {name} wants it modified"),
    "modify.how": (
        "请在群里发送：要求修改 {no} 因为 <要怎么改>",
        "Please type: modify {no} because <what to propose instead>",
    ),
    "decided.modify": (
        "已记录：{department} {name} 要求修改 {no}，已转告 {proposer}。{name} 仍可以同意或驳回。",
        "Recorded: {name}, {department}, wants {no} modified; {proposer} was told. {name} may still approve or reject.",
    ),
    "modify.told": (
        "✏️ {department} {name} 要求修改 {no}（{headline}）：{comment}。{proposer}请发送：{example}",
        "✏️ {name}, {department}, wants {no} ({headline}) modified: {comment}. {proposer}, please send: {example}",
    ),
    "modify-in-effect": (
        "{no} 是紧急变更，已经先行生效，不能再要求修改。请同意（追认），或者驳回（计划会恢复）。",
        "{no} is an emergency and in effect already: it cannot be modified. Approve it, or reject it (the plan goes back).",
    ),
    "not-yours-to-revise": (
        "{no} 不是你提出的，只有提出人和计划协调员可以修改。你要是审批人，请发送：要求修改 {no} 因为 <要怎么改>",
        "{no} is not yours: its proposer or a coordinator can revise it. If you decide on it, send: modify {no} because "
        "<what to propose instead>",
    ),
    "revise-missing": (
        "“{found}”里没有看懂要改成什么。请在变更单号后面写新的命令：{example}",
        "“{found}” does not say what to propose now. Write the new command after the number: {example}",
    ),
    "modify.example": ("修改 {no} 改期 本单 到 <日期>", "revise {no} move this to <date>"),
    "suggestion.comment": ("{reason}；建议 {suggestion}", "{reason}; suggests: {suggestion}"),
    "suggestion.plain": ("驳回 {no} 因为 {reason}", "reject {no} because {reason}"),
    "suggestion.example": ("{plain} 建议 改期 <单号> 到 <日期>", "{plain} suggest move <code> to <date>"),
    "card.supersedes": ("提交后取代 {nos}", "takes the place of {nos} when it is submitted"),
    "card.answer": ("要改就发送：{example}", "To propose something else, send: {example}"),
    "card.superseded": ("取代 {nos}", "takes the place of {nos}"),
    # 驳回 … 建议 …
    "ask.reason-or-suggest": ("请写驳回原因；可以再写：建议 <命令>", "Why do you reject it? You may add: suggest <command>"),
    "suggestion-refused": (
        "{no} 还没有驳回：建议“{found}”做不了。{why} 改好建议再发：{example} 只驳回、不建议就发：{plain}",
        "{no} was not rejected: the suggestion “{found}” cannot be done. {why} Mend it and send: {example} To reject "
        "without a suggestion, send: {plain}",
    ),
    "decided.suggested": (
        "建议已写成草稿 {new}，请 {proposer} 决定是否提交。",
        "The suggestion is the draft {new}; {proposer} may submit it.",
    ),
    "suggestion.prose": (
        "“建议”后面的话没有写成草稿，原话 {proposer} 看得到。要写成草稿，请这样写：建议 改期 {item} 推迟2天",
        " What follows “suggest” did not become a draft; {proposer} can read it. To have a draft, write: suggest move {item} +2d",
    ),
    "card.suggested": ("{name}驳回了 {no} 并建议这样改", "{name} rejected {no} and suggests this instead"),
    "card.suggested-by-system": ("请 {proposer} 提交，或由协调员发送：修改 {no} <命令>", "for {proposer} to submit; a coordinator may send: revise {no} <command>"),
}
