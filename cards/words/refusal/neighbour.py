"""Refusals about other systems."""

SENTENCES: dict[str, tuple[str, str]] = {
    "refusal.mapping": ("映射的 {at} 写的是“{found}”，不行。这里可以写：{known}", "{at} of the mapping says “{found}”, which cannot be. It may say: {known}"),
}
