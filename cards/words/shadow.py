"""Departments and products in shadow: on cards, in the report, in the audit trail."""

SENTENCES: dict[str, tuple[str, str]] = {
    # on cards
    "shadow.asked": ("影子运行：正式启用后，这张变更要由{department}同意", "Shadow mode: once enforced, {department} would have to approve this change"),
    "shadow.special": ("影子运行：正式启用后，{item} 在冻结窗“{fence}”内，要{approvers}特批", "Shadow mode: once enforced, {item} is inside the fence “{fence}” and {approvers} would have to approve"),
    "shadow.closed": ("影子运行：正式启用后，{item} 会被冻结窗“{fence}”拦下", "Shadow mode: once enforced, the fence “{fence}” would refuse the change of {item}"),
    "shadow.refused": ("影子运行：正式启用后会被拦下——{why}", "Shadow mode: once enforced, it would be refused: {why}"),
    # in the audit trail: what would have happened, after “若正式启用，”
    "shadow.would.refused": ("会被{by}拦下", "would be refused by {by}"),
    "shadow.would.asked": ("要由{departments}同意", "would wait for {departments}"),
    "shadow.would.same": ("也是一样", "would go the same way"),
    # 影子
    "shadow.days": ("最近 {days} 天", "the last {days} days"),
    "shadow.ever": ("全部记录", "all there is"),
    "shadow.since": ("{since} 起", "since {since}"),
    "shadow.everything": ("全部部门和产品", "all departments and products"),
    "shadow.nothing": ("没有，全部正式执行", "nothing, all is enforced"),
    "shadow.product": ("产品 {product}", "product {product}"),
    "shadow.product-unknown": ("产品 {product}（现在的计划里没有）", "product {product} (not in the plan as it stands)"),
    "shadow.count": ("{name} {n} 张（{nos}）", "{name} {n} ({nos})"),
    "shadow.enforced-by-now": ("{name}（现已正式执行）", "{name} (enforced by now)"),
    "shadow.fence": ("冻结窗“{fence}”", "the fence “{fence}”"),
    "shadow.rule": ("规则", "a rule"),
    "shadow.rule.not-authorised": ("变更权限", "who may change it"),
    "shadow.rule.not-authorised-nobody": ("变更权限", "who may change it"),
}
