"""Why nothing was generated for an order."""

SENTENCES: dict[str, tuple[str, str]] = {
    "refusal.generate-unclear": ("没有看懂“{found}”：请写模板的名称或交期，例如：{example}", "I could not make out “{found}”: write the template's name or a date, e.g. {example}"),
    "refusal.generate-template": ("请写清用哪个模板，现有：{templates}。", "Please say by which template; there are: {templates}."),
    "refusal.generate-over": ("{item} {title} 已经结束或取消了，不再生成。", "{item} {title} is finished or cancelled; nothing is generated for it."),
    "refusal.generate-no-quantity": ("{item} {title} 没有数量，算不出要多少。请先发：改数量 {item} <数量> 因为 <原因>", "{item} {title} has no quantity, so what it needs cannot be worked out. First send: qty {item} <quantity> because <reason>"),
    "refusal.generate-no-product": ("{item} {title} 没有产品，算不出要什么。请在计划表里补上“产品”一列，再导入。", "{item} {title} has no product, so what it needs cannot be worked out. Fill in the column “product” of the plan's table and import it again."),
    "refusal.generate-too-late": ("{order} 要 {day} 交货，{stage}得在 {start} 就开始，已经来不及了，没有生成。从今天起赶，最早 {earliest} 能交。", "For {order} on {day}, {stage} would have had to begin on {start}: it is too late, and nothing was generated. Begun today, the earliest delivery is {earliest}."),
}
