"""Refusals of what the command language cannot make out, with the right form."""

SENTENCES: dict[str, tuple[str, str]] = {
    "refusal.issue-why": ("紧急的要写为什么。请补上再发：{example}", "What is urgent needs its reason. Add it and send again: {example}"),
    "refusal.record-whom": ("和谁约定的？请写上对方，再发：{example}", "With whom was it agreed? Name them and send again: {example}"),
    "refusal.record-unclear": ("“{found}”没看懂。可以说：确认、不是这样 <实际怎么说的>。例如：{example}", "“{found}” was not understood. Say confirm, or dispute <what was agreed>, as in {example}"),
    "refusal.issue-unclear": ("“{found}”没看懂。可以说：我来、转给 <姓名或部门>、回复 <话>、解决了、没解决。例如：{example}", "“{found}” was not understood. Say take, to <name or department>, reply <words>, solved or unsolved, as in {example}"),
    # the message as a whole
    "refusal.too-long": (
        "消息太长了（{length} 字，最多 {limit} 字），没有处理。请只发一条命令，例如：改期 SO-1042 提前2天 因为 客户要求提前",
        "That message is too long ({length} characters, at most {limit}) and was not read. Send one command, e.g. "
        "move SO-1042 -2d because the customer asked",
    ),
    "refusal.command-too-long": (
        "“因为”前面的部分太长了（{length} 字，最多 {limit} 字）。请只写命令、单号和要改的内容，说明写在“因为”后面。",
        "The part before “because” is too long ({length} characters, at most {limit}). Write the command, the code and "
        "what to change there; explanations go after “because”.",
    ),
    "refusal.not-understood": ("没有看懂“{found}”，什么也没有做。是不是想说：{nearest}", "I did not understand “{found}”; nothing was done. Did you mean: {nearest}"),
    "refusal.not-yet": ("{wish}现在还不能在这里做，什么也没有做。", "There is no command yet for {wish}; nothing was done."),
    "refusal.two-commands": ("一条消息里有 {count} 条命令：{commands}。都没有执行，请一条一条发。", "There are {count} commands in that message: {commands}. None was carried out; please send them one at a time."),
    "refusal.several-items": ("一次只能改一个单子，这里有 {items}。请分开发，例如：{example}", "One item at a time, please; there are {items}. For example: {example}"),
    "refusal.leftover": ("“{found}”没有看懂，所以没有执行。请这样写：{example}", "I could not make out “{found}”, so nothing was done. Please write: {example}"),
    "refusal.mute-unclear": ("没看懂哪一件、几天。请发：{example}", "Which one, and for how long? Please send: {example}"),
    "refusal.reason-missing": ("还缺原因。请补上再发：{example}", "The reason is missing. Please send: {example}"),
    "refusal.object-missing": ("没有写是哪个单子。请写上单号：{example}", "Which item? Please write its code: {example}"),
    "refusal.change-not-item": (
        "{found} 是变更单，不是计划里的单子。看它的进展请发：谁知道 {found}；要改计划，请写单号，例如 SO-1042。",
        "{found} is a change request, not an item of the plan. To follow it, send: acks {found}. To change the plan, "
        "write an item's code, e.g. SO-1042.",
    ),
    # dates and shifts
    "refusal.when-missing": (
        "“{found}”里没有看懂要改到哪天。可以写日期（12-05、12月5日、下周三）或天数（提前2天、推迟3天），例如：{example}",
        "“{found}” does not say when to move it to. Write a date (12-05, Dec 5, next wed) or days (-2d, +3d), e.g. "
        "{example}",
    ),
    "refusal.date-ambiguous": ("“{found}”说的是哪天？请写明其中一个再发：{choices}", "Which day is “{found}”? Please send it again with one of: {choices}"),
    "refusal.weekday-differs": ("“{found}”的日期和星期对不上，说的是哪天？请写明其中一个再发：{choices}", "The date and the weekday of “{found}” do not match. Which day is it? Please send it again with one of: {choices}"),
    "refusal.from-now": ("“{found}”是在原来的日期上推迟，还是从今天算起？请写明：{choices}", "Is “{found}” counted from its present date or from today? Please write one of: {choices}"),
    "refusal.no-such-date": ("没有“{found}”这一天，请核对日期，写成 12-05 或 2026-12-05 这样。", "There is no such day as “{found}”. Please check it and write it like 12-05 or 2026-12-05."),
    "refusal.day-gone": ("“{found}”已经过去了，要改到哪天？", "“{found}” has passed. Which day is it to be?"),
    "refusal.day-vague": ("“{found}”是个大概，要改到哪天？", "“{found}” names no day. Which day is it to be?"),
    "refusal.shift-vague": ("“{found}”是几天？什么也没有做。请写成：{example}", "How many days is “{found}”? Nothing was done. Please write: {example}"),
    "refusal.amount-vague": ("“{found}”是个大概的数，要改成多少？", "“{found}” leaves open how many. Which number is it to be?"),
    "refusal.date-too-far": ("“{found}”离今天超过 {limit} 年，像是写错了。请核对年份。", "“{found}” is more than {limit} years away, which looks like a slip. Please check the year."),
    "refusal.whole-days": ("计划按整天排，“{found}”不是整天。请写整数天，例如：提前1天", "Plans are made in whole days; “{found}” is not. Please write a whole number of days, e.g. -1d"),
    "refusal.shift-direction": ("“{found}”是提前还是推迟？请写明：{choices}", "Is “{found}” earlier or later? Please write one of: {choices}"),
    "refusal.shift-unit": ("月有长有短，“{found}”算不准。请写天数（推迟20天、推迟30个自然日）或日期（到 12-05）。", "Months differ in length, so “{found}” is not exact. Please write days (+20d, +30 calendar days) or a date."),
    "refusal.shift-too-far": ("“{found}”超过了 {limit} 天，像是写错了。请核对天数。", "“{found}” is more than {limit} days, which looks like a slip. Please check the number."),
    "refusal.nothing-to-change": ("“{found}”等于没有改动，没有执行。", "“{found}” changes nothing, so nothing was done."),
    # numbers
    "refusal.number-not-understood": ("没有看懂“{found}”里的数。请写成 3000、3千 或 三千五百 这样。", "I could not read the number in “{found}”. Please write it like 3000 or 3k."),
    "refusal.number-approximate": ("“{found}”是个大概的数，请写明是多少，例如：{choices}", "“{found}” leaves open how many. Please write the number, e.g. {choices}"),
    "refusal.quantity-missing": ("“{found}”里没有看懂要改成多少。请写成：{example}", "“{found}” does not say which quantity. Please write: {example}"),
    "refusal.duration-missing": ("“{found}”里没有看懂工期要改成几天。请写成：{example}", "“{found}” does not say how many days. Please write: {example}"),
    "refusal.duration-unit": ("工期按工作日算，“{found}”请换成工作日的天数，例如：10天", "Durations count working days; please write “{found}” as working days, e.g. 10d"),
    "refusal.impact-missing": ("“{found}”里没有看懂想看什么改动的影响。请写成：{example}", "“{found}” does not say what would change. Please write: {example}"),
    "refusal.ambiguous-number": ("“{found}”是天数还是数量？请写上单位：{choices}", "Is “{found}” days or pieces? Please add the unit: {choices}"),
    # decisions
    "refusal.change-missing": ("“{found}”里没有看懂是哪张变更单。请写变更单号：{example}", "“{found}” does not say which change request. Please write its number: {example}"),
    "refusal.transfer-missing": ("没有写转交给谁。请写成：{example}", "To whom? Please write: {example}"),
    "refusal.wish-missing": (
        "没有看懂要转告什么。请写上姓名和完整的命令，例如：{example}",
        "What is to be passed on? Write a name and a whole command, for example: {example}",
    ),
    "refusal.change-unsaid": ("没有写是哪张变更单。请引用那张卡片，或写出变更单号：{example}", "Which change request? Quote its card, or write its number: {example}"),
    "refusal.which-change": ("这里等你决定的有 {choices}，请写明是哪一张，例如：{example}", "{choices} wait for your word here; say which one, e.g. {example}"),
    "refusal.nothing-to-submit": ("这里没有等你提交的预览。要提出变更，直接写，例如：改期 <单号> 推迟2天", "You have no preview here to submit. To propose a change, type it, e.g. move <item> +2d"),
    "refusal.nothing-to-withdraw": ("你没有可以撤回的变更单。", "You have no change request to withdraw."),
    "refusal.nothing-waits": ("这里没有等你决定的变更单。发送“待办”看还有什么等你，或写出变更单号。", "Nothing here waits for your word. Send “todo” to see what does, or write the number of the change request."),
    "refusal.decision-unclear": ("“{found}”像是提问或不同意，没有当作决定。确定的话请发：{example}", "“{found}” reads like a question or a no, and was not taken as a decision. If you are sure, send: {example}"),
    "refusal.approval-unclear": (
        "“{found}”不只是同意，什么也没有决定。同意不能带条件、日期或数量。完全同意请发：{example}；要改请发“要求修改”，不行请发“驳回”。",
        "“{found}” is more than a yes, so nothing was decided: an approval takes no condition, date or quantity. To approve "
        "as it stands, send: {example}; to have it changed, “modify”; to turn it down, “reject”.",
    ),
    "refusal.approval-negated": (
        "“{found}”不像是同意，什么也没有决定。要改请发“要求修改”，不行请发：{example}",
        "“{found}” does not read like a yes, so nothing was decided. To have it changed, send “modify”; to turn it down: {example}",
    ),
    "refusal.several-changes": (
        "一次只能说一张变更单，这里有 {count} 张：{changes}。什么也没有做，请一张一张发。",
        "One change request at a time, please; there are {count} here: {changes}. Nothing was done; send them one by one.",
    ),
    # against the plan
    "refusal.baseline-name": (
        "“{found}”不能用作基线的名称：不要用版本号、“现在”，最多 30 个字。例如：{example}",
        "“{found}” cannot be a baseline's name: no revision's number, not “now”, at most 30 characters. For example: {example}",
    ),
    "refusal.unknown-item": ("计划里没有“{item}”。请核对单号，或发送“查计划 <产品名>”来找。", "There is no “{item}” in the plan. Check the code, or find it with: plan <product>"),
    "refusal.item-nearest": ("计划里没有“{item}”，什么也没有做。最接近的是：{nearest}", "There is no “{item}” in the plan; nothing was done. The nearest: {nearest}"),
    "refusal.ambiguous-item": ("“{words}”对得上 {count} 个单子：{choices}。请用单号再发一次。", "“{words}” may be any of {count} items: {choices}. Please send it again with the code."),
    "refusal.this-unsaid": ("“本单”指的是哪一单？请写出单号。", "Which one is “this”? Write its code."),
    "refusal.this-unknown": ("“本单”指的是哪一单？请引用那张卡片，或写出单号。", "Which one is “this”? Quote its card, or write its code."),
    "refusal.unit-mismatch": ("{item} 的单位是 {unit}，不是 {found}。请换算成 {unit} 再发。", "{item} is counted in {unit}, not in {found}. Please convert it to {unit}."),
    "refusal.unit-unstated": ("{item} 没有写明单位，不知道一{found}是多少。请只写数量。", "{item} has no unit of its own, so how much one {found} is is not known. Please write the number alone."),
    "refusal.no-quantity": (
        "{item} 现在没有数量，不能加减。请直接写要改成多少，例如：改数量 {item} 3000 因为 <原因>",
        "{item} has no quantity yet, so nothing can be added to it. Write the amount itself: qty {item} 3000 because <reason>",
    ),
    "refusal.quantity-below-zero": (
        "{item} 现在是 {quantity}，{change} 之后会小于 0。要整单不做，请发：取消 {item} 因为 <原因>",
        "{item} is {quantity}; {change} would leave less than nothing. To drop it altogether: cancel {item} because <reason>",
    ),
    "refusal.duration-below-zero": ("{item} 的工期是 {days} 个工作日，{change} 之后会小于 0。", "{item} takes {days} working days; {change} would leave less than none."),
}
