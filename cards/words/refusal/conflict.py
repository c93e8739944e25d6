"""Refusals to settle a conflict."""

SENTENCES: dict[str, tuple[str, str]] = {
    "refusal.conflict-settled": ("{no} 与 {other} 的冲突已由 {name} 定为以 {stands} 为准，这次选择没有生效。", "The conflict of {no} and {other} was settled by {name}: {stands} stands. This changed nothing."),
    "refusal.conflict-merged": ("{no} 与 {other} 的冲突已由 {name} 定为合并（{stands}），这次选择没有生效。", "The conflict of {no} and {other} was settled by {name}: both are merged into {stands}. This changed nothing."),
    "refusal.conflict-moot": ("{no} 与 {other} 的冲突已经消除（其中一单已结束），这次选择没有生效。", "There is no conflict of {no} and {other} any more: one of them has ended. This changed nothing."),
    "refusal.conflict-whose": (
        "“以我为准”“以对方为准”要由其中一单的提出人来说。请写明以哪一单为准：冲突 {no} 以 {no} 为准，或：冲突 {no} 以 {other} 为准",
        "“Mine” and “theirs” are for the proposer of one of the two. Say which stands: conflicts {no} keep {no}, or: "
        "conflicts {no} keep {other}",
    ),
    "refusal.conflict-merge-same": ("{no} 与 {other} 合并后和 {other} 完全一样，不用合并。请选以 {no} 为准或以 {other} 为准。", "{no} and {other} merged would be just {other}. Choose {no} or {other} instead."),
    "refusal.conflict-merge-in-effect": (
        "{no} 与 {other} 有一单已经先行生效，不能合并。请选以 {no} 为准或以 {other} 为准。",
        "One of {no} and {other} is in effect already: they cannot be merged. Choose {no} or {other} instead.",
    ),
    "refusal.conflict-merge-nobody": (
        "{no} 与 {other} 都是系统接口提出的，没有人可以提交合并后的变更。请选以 {no} 为准或以 {other} 为准。",
        "{no} and {other} were both proposed over the API; nobody could submit a merged request. Choose {no} or {other}.",
    ),
    "refusal.not-in-conflict": (
        "{no} 与 {other} 的冲突由两位提出人商定，谈不拢由计划协调员定；你的选择没有生效。",
        "{no} and {other} are settled by their two proposers, or else by a coordinator who proposed neither; this changed nothing.",
    ),
    "refusal.no-conflict": ("{no} 没有待处理的冲突。发送“冲突”看还有哪些。", "{no} is in no open conflict. Send “conflicts” to see those there are."),
    "refusal.no-conflict-between": ("{no} 与 {other} 没有冲突。发送“冲突”看还有哪些。", "{no} and {other} are in no conflict. Send “conflicts” to see those there are."),
    "refusal.which-conflict": ("{no} 同时和 {others} 冲突，请写明是和哪一单：{example}", "{no} is in conflict with {others}; say which one you mean: {example}"),
    "refusal.stance-missing": ("“{found}”没有写清怎么处理，什么也没有做。请只写一种，例如：{example}", "“{found}” does not say clearly how to settle it; nothing was done. Say one thing, e.g. {example}"),
}
