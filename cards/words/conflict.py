"""Two requests for the same: the conflict card, the stances people take, and what else is under way nearby."""

CONFLICT: dict[str, tuple[str, str]] = {
    # what is contested
    "contested.dates": ("日期", "dates"),
    "contested.quantity": ("数量", "quantity"),
    "contested.owner": ("负责部门", "department"),
    "contested.mode": ("锁定", "pin"),
    "contested.link": ("关联", "link"),
    "contested.item": ("取消与否", "existence"),
    # the card
    "conflict.title": ("冲突：{fields}", "Conflict: {fields}"),
    "conflict.pair": ("{older} 与 {newer}", "{older} and {newer}"),
    "conflict.first": ("先提", "first"),
    "conflict.second": ("后提", "then"),
    "conflict.reason": ("原因", "why"),
    "conflict.said": ("表态", "said"),
    "status.conflict-open": ("{pair} · 待 {names} 表态", "{pair} · waiting for {names}"),
    "status.conflict-tied": ("{pair} · 谈不拢，请 {names} 定", "{pair} · no agreement: {names} decides"),
    "status.conflict-arbiter": ("{pair} · 请 {names} 定", "{pair} · {names} decides"),
    "status.conflict-settled": ("{pair} · 已定：以 {no} 为准", "{pair} · settled: {no} stands"),
    "status.conflict-merged": ("{pair} · 已定：合并", "{pair} · settled: merged"),
    "status.conflict-moot": ("{pair} · 冲突已消除", "{pair} · no conflict any more"),
    "summary.conflict": ("{both}。{until}。建议：{advice}", "{both}; {until}. Advice: {advice}"),
    "button.mine": ("以我为准", "Mine"),
    "button.theirs": ("以对方为准", "Theirs"),
    "button.merge": ("合并", "Merge"),
    "button.keep": ("以 {no} 为准", "Keep {no}"),
    "button.keep-long": ("{no}为准", "{no}"),
    "stance.none": ("{name} 未表态", "{name} has not answered"),
    "stance.mine": ("{name} 以自己为准", "{name} keeps to their own"),
    "stance.theirs": ("{name} 以对方为准", "{name} gives way"),
    "stance.merge": ("{name} 愿意合并", "{name} would merge"),
    "conflict.advice": ("以 {no} 为准（少晚交 {n} 单）", "{no} ({n} fewer orders late)"),
    "conflict.advice-days": ("以 {no} 为准（订单少晚 {days} 天）", "{no} (orders {days} days less late)"),
    "conflict.advice-none": ("两单晚交一样多（{orders} 单），请按原因轻重定", "both leave {orders} orders late: weigh the reasons"),
    "conflict.arbiter": ("谈不拢由 {names} 定；", "without agreement {names} decides; "),
    "conflict.until": (
        "定下来之前两单照常审批，先批准的先生效；{at} 都没批就一起过期",
        "until it is settled both go on being decided and whichever is approved first takes effect; with neither approved by "
        "{at}, both expire",
    ),
    "conflict.until-first": (
        "定下来之前两单照常审批，先批准的先生效；{no} 到 {at} 没批就过期",
        "until it is settled both go on being decided and whichever is approved first takes effect; {no} expires at {at}",
    ),
    "conflict.until-held": ("两单都已挂起，解冻后再继续审批", "both are on hold, and go on being decided when the freeze is lifted"),
    "conflict.until-one-held": (
        "{other} 已挂起；{no} 照常审批，到 {at} 没批就过期",
        "{other} is on hold; {no} goes on being decided and expires at {at}",
    ),
    "conflict.until-in-effect": (
        "{no} 已先行生效，{at} 前没有追认就撤销；{other} 照常审批",
        "{no} is in effect and taken back unless ratified by {at}; {other} goes on being decided",
    ),
    "conflict.still": (
        "⚖ {no}（{first}）已经生效。{other}（{second}）还在审批，照原样就是在它上面再改：{wants}。是这个意思就不用管；"
        "不要了请发：撤回 {other}；要改成别的请发：{example}",
        "⚖ {no} ({first}) is in effect. {other} ({second}) is still being decided and, as it is, comes on top of that: {wants}. "
        "If that is what you mean, leave it. If not, send: withdraw {other}; or propose something else: {example}",
    ),
    "todo.conflict": ("冲突：{pair} 都要改 {fields}，等你定。{until}", "Conflict: {pair} on {fields} waits for you; {until}"),
    # how it ended
    "conflict.stands": ("{name} {at} 定：以 {no} 为准，{other} 已被取代", "{name} settled it at {at}: {no} stands, {other} is replaced"),
    "conflict.stands-reverted": (
        "{name} {at} 定：以 {no} 为准，先行生效的 {other} 已撤销",
        "{name} settled it at {at}: {no} stands, {other}, which was in effect, is taken back",
    ),
    "conflict.merged-draft": (
        "{name} {at} 定：合并为 {no}，待 {who} 提交；提交前两单照常审批，先批准的先生效",
        "{name} settled it at {at}: merged into {no}, which {who} has to submit; until then both go on being decided",
    ),
    "conflict.merged-dropped": (
        "合并的 {no} 已放弃；两单照常审批，先批准的先生效",
        "the merged {no} was discarded; both go on being decided, and whichever is approved first takes effect",
    ),
    "conflict.merged-done": ("已合并为 {no}（{who} 已提交）", "merged into {no}, submitted by {who}"),
    "conflict.goes-on": ("{no} {state}，{other} 继续审批", "{no}: {state}; {other} goes on being decided"),
    "conflict.recounted": (
        "{no} {state}，{other} 按新的计划重算后继续审批",
        "{no}: {state}; {other} is computed again on the new plan and goes on being decided",
    ),
    "conflict.both-ended": ("{no} {state}，{other} {other_state}", "{no}: {state}; {other}: {other_state}"),
    # what is answered in words
    "conflict.noted": (
        "已记下：{name} {stance}（{no} 与 {other} 的冲突）。{until}。",
        "Noted: {name} {stance} ({no} against {other}); {until}.",
    ),
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
    "conflict.row": (
        "{older}（{first}）与 {newer}（{second}）：{fields} · {stances} · {until}",
        "{older} ({first}) and {newer} ({second}): {fields} · {stances} · {until}",
    ),
    "conflict.how": (
        "处理请发：冲突 {no} 以我为准｜以对方为准｜合并",
        "To settle one, send: conflicts {no} mine|theirs|merge",
    ),
    "conflict.how-arbiter": ("处理请发：冲突 {no} 以 {no} 为准，或：冲突 {no} 以 {other} 为准", "To settle one, send: conflicts {no} keep {no}, or: conflicts {no} keep {other}"),
    "conflict.merge-reason": ("合并 {older}（{first}）和 {newer}（{second}）", "merges {older} ({first}) and {newer} ({second})"),
    # in the trail
    "audit.change.stance": (
        "{name} 就 {subject} 与 {other} 的冲突表态：{choice}",
        "{name} on {subject} against {other}: {choice}",
    ),
    "choice.stands": ("以 {no} 为准", "{no} stands"),
    "choice.merge": ("合并", "merge"),
    "choice.merged": ("合并为 {no}", "merged into {no}"),
    "choice.moot": ("{no} 已结束，冲突消除", "{no} ended, no conflict any more"),
    # what is under way nearby, on the proposer's card
    "nearby.contested": (
        "{no}（{name}）也要改 {what}，与这单不一样；提交后由双方商定",
        "{no} ({name}) wants {what} otherwise; once you submit, the two of you settle it",
    ),
    "nearby.open": ("{no}（{name}）也要改 {what}，与这单不一样", "{no} ({name}) wants {what} otherwise"),
    "nearby.same": ("{no}（{name}）已提出同样的改动：{what}", "{no} ({name}) wants the same: {what}"),
    "nearby.again": (
        "{no}（{name}）也提出同样的移动：{what}；两单都生效会移动两次",
        "{no} ({name}) wants the same shift: {what}; with both it moves twice",
    ),
    "nearby.in-effect": (
        "{no}（{name}）也改 {what}，已先行生效、还没追认；这单要等审批",
        "{no} ({name}) changes {what} too, is in effect and not ratified yet; this waits for its approvals",
    ),
    "nearby.item": ("{no}（{name}）也在改 {what}", "{no} ({name}) changes {what} too"),
    "nearby.below": (
        "{no}（{name}）在改上游 {what}，这里可能跟着动",
        "{no} ({name}) changes {what} upstream; this may move with it",
    ),
    "nearby.more": ("另有 {n} 张变更单也在附近", "{n} more requests are close by"),
    # what was not done, and why
    "conflict-settled": (
        "{no} 与 {other} 的冲突已由 {name} 定为以 {stands} 为准，这次选择没有生效。",
        "The conflict of {no} and {other} was settled by {name}: {stands} stands. This changed nothing.",
    ),
    "conflict-merged": (
        "{no} 与 {other} 的冲突已由 {name} 定为合并（{stands}），这次选择没有生效。",
        "The conflict of {no} and {other} was settled by {name}: both are merged into {stands}. This changed nothing.",
    ),
    "conflict-moot": (
        "{no} 与 {other} 的冲突已经消除（其中一单已结束），这次选择没有生效。",
        "There is no conflict of {no} and {other} any more: one of them has ended. This changed nothing.",
    ),
    "not-in-conflict": (
        "{no} 与 {other} 的冲突由两位提出人商定，谈不拢由计划协调员定；你的选择没有生效。",
        "{no} and {other} are settled by their two proposers, or else by a coordinator who proposed neither; this changed nothing.",
    ),
    "conflict-whose": (
        "“以我为准”“以对方为准”要由其中一单的提出人来说。请写明以哪一单为准：冲突 {no} 以 {no} 为准，或：冲突 {no} 以 {other} 为准",
        "“Mine” and “theirs” are for the proposer of one of the two. Say which stands: conflicts {no} keep {no}, or: "
        "conflicts {no} keep {other}",
    ),
    "conflict-merge-same": (
        "{no} 与 {other} 合并后和 {other} 完全一样，不用合并。请选以 {no} 为准或以 {other} 为准。",
        "{no} and {other} merged would be just {other}. Choose {no} or {other} instead.",
    ),
    "conflict-merge-in-effect": (
        "{no} 与 {other} 有一单已经先行生效，不能合并。请选以 {no} 为准或以 {other} 为准。",
        "One of {no} and {other} is in effect already: they cannot be merged. Choose {no} or {other} instead.",
    ),
    "conflict-merge-nobody": (
        "{no} 与 {other} 都是系统接口提出的，没有人可以提交合并后的变更。请选以 {no} 为准或以 {other} 为准。",
        "{no} and {other} were both proposed over the API; nobody could submit a merged request. Choose {no} or {other}.",
    ),
    "no-conflict": (
        "{no} 没有待处理的冲突。发送“冲突”看还有哪些。",
        "{no} is in no open conflict. Send “conflicts” to see those there are.",
    ),
    "no-conflict-between": (
        "{no} 与 {other} 没有冲突。发送“冲突”看还有哪些。",
        "{no} and {other} are in no conflict. Send “conflicts” to see those there are.",
    ),
    "which-conflict": (
        "{no} 同时和 {others} 冲突，请写明是和哪一单：{example}",
        "{no} is in conflict with {others}; say which one you mean: {example}",
    ),
    "stance-missing": (
        "“{found}”没有写清怎么处理，什么也没有做。请只写一种，例如：{example}",
        "“{found}” does not say clearly how to settle it; nothing was done. Say one thing, e.g. {example}",
    ),
}
