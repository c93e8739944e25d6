"""Wishes that people speak of and that have no command yet (`handlers/language/speech/intent`)."""

SENTENCES: dict[str, tuple[str, str]] = {
    "wish.sign": ("签到", "signing the morning"),
    "wish.weekly": ("周报", "the weekly report"),
    "wish.kpi": ("指标", "key figures"),
    "wish.feedback": ("反馈问题", "feedback"),
    "wish.notify": ("通知部门", "notifying a department"),
    "wish.record": ("记录口头约定", "recording an agreement"),
    "wish.replay": ("复盘", "a review of a change"),
    "wish.add": ("新增订单", "adding an order"),
    "wish.announce": ("预告变更", "announcing a change"),
    "wish.stock": ("查库存", "stock"),
    "wish.settings": ("改设置", "changing settings"),
    "wish.sync": ("同步通讯录", "bringing in the directory"),
}
