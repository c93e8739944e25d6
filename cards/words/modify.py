"""A request sent back, and what is suggested in its place."""

SENTENCES: dict[str, tuple[str, str]] = {
    # sent back
    "modify.how": ("请在群里发送：要求修改 {no} 因为 <要怎么改>", "Please type: modify {no} because <what to propose instead>"),
    "modify.told": (
        "✏️ {department} {name} 要求修改 {no}（{headline}）：{comment}。{proposer}请发送：{example}",
        "✏️ {name}, {department}, wants {no} ({headline}) modified: {comment}. {proposer}, please send: {example}",
    ),
    "modify.told-with-button": (
        "✏️ {department} {name} 要求修改 {no}（{headline}）：{comment}。{proposer}要照这样改，点一下：",
        "✏️ {name}, {department}, wants {no} ({headline}) modified: {comment}. {proposer}, to change it so, one tap:",
    ),
    "modify.example": ("修改 {no} 改期 本单 到 <日期>", "revise {no} move this to <date>"),
    "modify.returned-row": ("{departments}要求修改，请提出人发送：{example}", "{departments} wants it modified; its proposer sends: {example}"),
    "modify.returned-todo": ("已要求修改，等 {proposer}，仍可以决定", "to be modified by {proposer}, may still be decided,"),
    "modify.goes-back": (
        "{departments}要求修改，等 {proposer} 重新提，先不用决定",
        "{departments} wants it modified: nothing to decide until {proposer} proposes again",
    ),
    # 驳回 … 建议 …
    "modify.suggestion.comment": ("{reason}；建议 {suggestion}", "{reason}; suggests: {suggestion}"),
    "modify.suggestion.plain": ("驳回 {no} 因为 {reason}", "reject {no} because {reason}"),
    "modify.suggestion.example": ("{plain} 建议 改期 <单号> 到 <日期>", "{plain} suggest move <code> to <date>"),
    "modify.suggestion.prose": (
        "“建议”后面的话没有写成草稿，原话 {proposer} 看得到。要写成草稿，请这样写：建议 改期 {item} 推迟2天",
        " What follows “suggest” did not become a draft; {proposer} can read it. To have a draft, write: suggest move {item} +2d",
    ),
}
