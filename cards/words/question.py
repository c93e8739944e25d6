"""Questions to people who said something, and what became of them."""

SENTENCES: dict[str, tuple[str, str]] = {
    "question.title": ("下一步", "Next step"),
    "question.next": ("点一下就行：", "One tap:"),
    "question.for-all": ("谁办谁点", "For whoever does it"),
    "question.for": ("给 {name}", "For {name}"),
    "question.or-reply": ("也可以直接回复（5 分钟内）。", "Or simply reply within 5 minutes."),
    "question.reply": ("请直接回复（5 分钟内）。", "Please reply within 5 minutes."),
    "question.said": ("你说的是：{said}", "You said: {said}"),
    "question.done": ("✅ {command}", "✅ {command}"),
    "question.chosen": ("已选：{command}", "Chosen: {command}"),
    "question.neither": ("好的，什么也没有做。", "All right; nothing was done."),
    "question.how": ("请直接在这里回复，5 分钟内有效。", "Simply reply here within 5 minutes."),
    "question.wished": ("{name} 想请你提出：{wish}", "{name} would like you to propose: {wish}"),
    # in place of a refusal that says what to type, where that is a tap away
    "question.not-understood": ("没有看懂“{found}”，什么也没有做。是不是想说：", "I did not understand “{found}”; nothing was done. Did you mean:"),
    "question.not-yet": ("{wish}现在还不能在这里做，什么也没有做。最接近的是：", "There is no command yet for {wish}; nothing was done. The nearest is:"),
    "question.reason-missing": ("还缺原因。", "The reason is missing."),
    "question.transfer-missing": ("转交给谁？", "To whom?"),
    "question.shift-vague": ("“{found}”是几天？什么也没有做。", "How many days is “{found}”? Nothing was done."),
    "question.which-change": ("你说的是哪一张？", "Which one do you mean?"),
    "question.leftover": ("“{found}”没有看懂，所以没有执行。是不是想说：", "I could not make out “{found}”, so nothing was done. Did you mean:"),
    # buttons of a missing reason; each names its reason code (planning/control/reasons)
    "question.reason.customer": ("客户要求", "customer asked"),
    "question.reason.material": ("来料晚到", "material is late"),
    "question.reason.capacity": ("产能不足", "no capacity"),
    "question.reason.machine": ("设备故障", "machine broke down"),
    "question.reason.quality": ("质量问题", "quality problem"),
}
