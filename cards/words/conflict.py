"""Conflicts of two requests: the card, the stances people take, and what else is under way nearby."""

SENTENCES: dict[str, tuple[str, str]] = {
    # what is contested
    "conflict.contested.dates": ("日期", "dates"),
    "conflict.contested.quantity": ("数量", "quantity"),
    "conflict.contested.owner": ("负责部门", "department"),
    "conflict.contested.mode": ("锁定", "pin"),
    "conflict.contested.link": ("关联", "link"),
    "conflict.contested.item": ("取消与否", "existence"),
    # the card
    "conflict.title": ("冲突：{fields}", "Conflict: {fields}"),
    "conflict.sums": ("单独 {first}、{second}，合并 {both}", "alone {first}, {second}; merged {both}"),
    "conflict.pair": ("{older} 与 {newer}", "{older} and {newer}"),
    "conflict.first": ("先提", "first"),
    "conflict.second": ("后提", "then"),
    "conflict.reason": ("原因", "why"),
    "conflict.stance.none": ("{name} 未表态", "{name} has not answered"),
    "conflict.stance.mine": ("{name} 以自己为准", "{name} keeps to their own"),
    "conflict.stance.theirs": ("{name} 以对方为准", "{name} gives way"),
    "conflict.stance.merge": ("{name} 愿意合并", "{name} would merge"),
    "conflict.advice": ("以 {no} 为准（少晚交 {n} 单）", "{no} ({n} fewer orders late)"),
    "conflict.advice-days": ("以 {no} 为准（订单少晚 {days} 天）", "{no} (orders {days} days less late)"),
    "conflict.advice-none": ("两单晚交一样多（{orders} 单），请按原因轻重定", "both leave {orders} orders late: weigh the reasons"),
    "conflict.arbiter": ("谈不拢由 {names} 定；", "without agreement {names} decides; "),
    "conflict.until": ("定下来之前两单照常审批，先批准的先生效；{at} 都没批就一起过期", "until it is settled both go on being decided and whichever is approved first takes effect; with neither approved by {at}, both expire"),
    "conflict.until-in-short": ("{no} 到 {at} 没批就过期", "{no} expires at {at}"),
    "conflict.until-first": ("定下来之前两单照常审批，先批准的先生效；{no} 到 {at} 没批就过期", "until it is settled both go on being decided and whichever is approved first takes effect; {no} expires at {at}"),
    "conflict.until-held": ("两单都已挂起，解冻后再继续审批", "both are on hold, and go on being decided when the freeze is lifted"),
    "conflict.until-one-held": ("{other} 已挂起；{no} 照常审批，到 {at} 没批就过期", "{other} is on hold; {no} goes on being decided and expires at {at}"),
    "conflict.until-in-effect": ("{no} 已先行生效，{at} 前没有追认就撤销；{other} 照常审批", "{no} is in effect and taken back unless ratified by {at}; {other} goes on being decided"),
    "conflict.still": (
        "⚖ {no}（{first}）已经生效。{other}（{second}）还在审批，照原样就是在它上面再改：{wants}。是这个意思就不用管；"
        "不要了请发：撤回 {other}；要改成别的请发：{example}",
        "⚖ {no} ({first}) is in effect. {other} ({second}) is still being decided and, as it is, comes on top of that: {wants}. "
        "If that is what you mean, leave it. If not, send: withdraw {other}; or propose something else: {example}",
    ),
    "conflict.todo": ("冲突：{pair} 都要改 {fields}，等你定。{until}", "Conflict: {pair} on {fields} waits for you; {until}"),
    # how it ended
    "conflict.stands": ("{name} {at} 定：以 {no} 为准，{other} 已被取代", "{name} settled it at {at}: {no} stands, {other} is replaced"),
    "conflict.stands-reverted": ("{name} {at} 定：以 {no} 为准，先行生效的 {other} 已撤销", "{name} settled it at {at}: {no} stands, {other}, which was in effect, is taken back"),
    "conflict.merged-draft": ("{name} {at} 定：合并为 {no}，待 {who} 提交；提交前两单照常审批，先批准的先生效", "{name} settled it at {at}: merged into {no}, which {who} has to submit; until then both go on being decided"),
    "conflict.merged-dropped": ("合并的 {no} 已放弃；两单照常审批，先批准的先生效", "the merged {no} was discarded; both go on being decided, and whichever is approved first takes effect"),
    "conflict.merged-done": ("已合并为 {no}（{who} 已提交）", "merged into {no}, submitted by {who}"),
    "conflict.goes-on": ("{no} {state}，{other} 继续审批", "{no}: {state}; {other} goes on being decided"),
    "conflict.recounted": ("{no} {state}，{other} 按新的计划重算后继续审批", "{no}: {state}; {other} is computed again on the new plan and goes on being decided"),
    "conflict.both-ended": ("{no} {state}，{other} {other_state}", "{no}: {state}; {other}: {other_state}"),
    # answers
    "conflict.noted": ("已记下：{name} {stance}（{no} 与 {other} 的冲突）。{until}。", "Noted: {name} {stance} ({no} against {other}); {until}."),
    "conflict.heard": ("⚖ {no} 与 {other} 的冲突：{stances}。{until}。", "⚖ {no} against {other}: {stances}; {until}."),
    "conflict.choice-mine": ("以 {no} 为准", "wants {no} to stand"),
    "conflict.choice-merge": ("愿意合并", "would merge"),
    "conflict.over": ("{no} 与 {other} 的冲突了结：{outcome}。", "The conflict of {no} and {other} is settled: {outcome}."),
    "conflict.tied": (
        "⚖ {no}（{first}）与 {other}（{second}）都要改 {fields}，双方谈不拢。请 {names} 定，可在冲突卡片上按，"
        "或发送：冲突 {no} 以 {no} 为准。{until}。",
        "⚖ {no} ({first}) and {other} ({second}) both change {fields} and do not agree. {names}, please decide on the "
        "conflict card, or send: conflicts {no} keep {no} ({until}).",
    ),
    "conflict.unheard": (
        "⚖ {no}（{first}）与 {other}（{second}）都要改 {fields}，其中一方没有人能表态。请 {names} 定，可在冲突卡片上按，"
        "或发送：冲突 {no} 以 {no} 为准。{until}。",
        "⚖ {no} ({first}) and {other} ({second}) both change {fields}, and nobody can speak for one of them. {names}, please "
        "decide on the conflict card, or send: conflicts {no} keep {no} ({until}).",
    ),
    "conflict.none": ("现在没有待处理的冲突。", "There is no open conflict."),
    "conflict.open": ("{n} 处冲突待处理：", "Open conflicts ({n}):"),
    "conflict.row": ("{older}（{first}）与 {newer}（{second}）：{fields} · {stances} · {until}", "{older} ({first}) and {newer} ({second}): {fields} · {stances} · {until}"),
    "conflict.how": ("处理请发：冲突 {no} 以我为准｜以对方为准｜合并", "To settle one, send: conflicts {no} mine|theirs|merge"),
    "conflict.how-arbiter": ("处理请发：冲突 {no} 以 {no} 为准，或：冲突 {no} 以 {other} 为准", "To settle one, send: conflicts {no} keep {no}, or: conflicts {no} keep {other}"),
    "conflict.merge-reason": ("合并 {older}（{first}）和 {newer}（{second}）", "merges {older} ({first}) and {newer} ({second})"),
    "conflict.choice.stands": ("以 {no} 为准", "{no} stands"),
    "conflict.choice.merge": ("合并", "merge"),
    "conflict.choice.merged": ("合并为 {no}", "merged into {no}"),
    "conflict.choice.moot": ("{no} 已结束，冲突消除", "{no} ended, no conflict any more"),
    # what is under way nearby, on the proposer's card
    "conflict.nearby.contested": ("{no}（{name}）也要改 {what}，与这单不一样；提交后由双方商定", "{no} ({name}) wants {what} otherwise; once you submit, the two of you settle it"),
    "conflict.nearby.open": ("{no}（{name}）也要改 {what}，与这单不一样", "{no} ({name}) wants {what} otherwise"),
    "conflict.nearby.same": ("{no}（{name}）已提出同样的改动：{what}", "{no} ({name}) wants the same: {what}"),
    "conflict.nearby.again": ("{no}（{name}）也提出同样的移动：{what}；两单都生效会移动两次", "{no} ({name}) wants the same shift: {what}; with both it moves twice"),
    "conflict.nearby.in-effect": ("{no}（{name}）也改 {what}，已先行生效、还没追认；这单要等审批", "{no} ({name}) changes {what} too, is in effect and not ratified yet; this waits for its approvals"),
    "conflict.nearby.item": ("{no}（{name}）也在改 {what}", "{no} ({name}) changes {what} too"),
    "conflict.nearby.below": ("{no}（{name}）在改上游 {what}，这里可能跟着动", "{no} ({name}) changes {what} upstream; this may move with it"),
    "conflict.nearby.more": ("另有 {n} 张变更单也在附近", "{n} more requests are close by"),
}
