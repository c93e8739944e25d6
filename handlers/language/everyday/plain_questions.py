"""Everyday questions about the whole plan, each as the command that answers it: only where the whole message can mean
nothing else. What names an item, a request or a number is left to the commands, and after them to suggestions."""

import re
from collections.abc import Iterator

from handlers.language.clean import MAX_HEAD, folded, head_of
from handlers.language.values.change_numbers import numbers_in

_FOLDED = (
    (re.compile("(?:吗|(?<![什怎])么|没有|没)$"), "吗"),
    (re.compile("老是|总是|总在|一直|又|老|总(?=变|改|动|调)"), "又"),
    (re.compile("最近|近来|近期|这几天|这两天|这些天|这阵子"), "近"),
    (re.compile("计划表?|排期|排产"), "计划"),
    (re.compile("为什么|为啥|为何"), "为什么"),
    (re.compile("怎么(?!样)|咋(?!样)"), "怎么"),
    (
        re.compile(
            "请问|请|麻烦|帮我|帮忙|给我|我想|想知道|知道|看一下|查一下|看看|看下|查下|说说|一下|现在|目前|到底|究竟|"
            "我们|咱们|谢谢|已经|可能|还|都|的|(?<!不)了|过|呢|啊|呀|吧|嘛|着|在|是"
        ),
        "",
    ),
)
"""What is said in many ways, and what says nothing, in this order."""
_SPAN = re.compile("这一?周|本周|这个?星期|下周|下个?星期|今天")
_ENGLISH_SPAN = re.compile(r"\s*\b(this week|next week|today)$")
_COURTESY = re.compile(
    r"^(?:please |can you |could you |tell me |show me |so |and )+|(?: please| thanks| right now| now| yet| again)+$"
)

_WHO = "(?:谁|哪些人|哪个人|什么人|哪个部门|哪些部门)"
_ITEM = "(?:订单|单子|单|工单|采购单|项目|交期|货|东西)"
_REQUEST = "(?:变更单|变更|单子|单|审批)"
_WHAT = "(?:有没有|有没|会不会有|有哪些|有什么|有啥|哪些|哪几个|哪个|什么)"
_APPROVED = "(?:(?:批准?|审批?|同意|签字?|决定|回复?|答复|表态|处理|点头)完?)"
_LATE = "(?:晚交|延期|延误|延迟|逾期|超期|拖期|误期|晚|迟|来不及|赶不上|赶不及|交不了|交不出来?|交不上|做不完|完不成)"
_MOVED = "(?:变|改|动|调整?)"
_DEPARTMENT = (
    r"(?P<place>(?!全部|内部|外部)[^\W\d_]{1,6}?(?:部|车间)|"
    "采购|生产|销售|仓库|仓储|质量|品质|质检|财务|市场|研发|工程|物流)门?"
)
_HOW = "(?:怎么样|怎样|咋样|如何|什么情况|啥情况|情况怎么样|情况如何|情况|忙不忙|顺利|有什么问题|有没有问题)"
_TEAM = "(?P<place>production|purchasing|procurement|sales|warehouse|quality|finance|planning|marketing|logistics)"

_QUESTIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("为什么", (
        f"近?计划近?又?为什么又?{_MOVED}", "近?计划近?又?怎么又?变(?:来变去)?",
        f"近?为什么又?{_MOVED}计划", f"近?为什么近?计划近?又?{_MOVED}",
        f"近?(?:计划)?(?:怎么|为什么)近?又{_MOVED}(?:计划)?", f"近?计划近?又{_MOVED}", f"近?又{_MOVED}计划",
        f"近?{_WHO}近?又?{_MOVED}计划", f"近?计划近?{_WHO}又?{_MOVED}",
        "近?计划近?有?(?:什么|哪些|啥)(?:变化|变动|改动|变更|调整)",
        "近有?(?:什么|哪些|啥)(?:变化|变动|改动|变更|调整)",
        f"(?:近|计划)+又?{_MOVED}(?:什么|哪些|多少|啥)",
        "why (?:did|has|does|is) (?:the|our) plan (?:changed?|keep changing|moved?|changing)",
        "(?:who|which department) (?:has )?(?:changed|moved|touched) (?:the|our) plan(?: recently| lately)?",
        "what (?:has )?changed(?: in the plan)?(?: recently| lately)?",
    )),
    ("待批", (
        f"有?{_WHO}(?:没有?|未){_APPROVED}", f"(?:有|{_WHAT}){_REQUEST}?(?:没有?|未|等|待){_APPROVED}{_REQUEST}?",
        f"{_REQUEST}?(?:卡|停|压|拖){_REQUEST}?(?:{_WHO}|哪里|哪儿|哪)(?:那里|那儿|那边|那|手里|手上)?",
        f"{_REQUEST}(?:到|走到|卡到)(?:哪一?步|哪里|哪儿|哪|谁那里?|谁手里)", f"{_REQUEST}?(?:等|差){_WHO}{_APPROVED}?",
        "who (?:still )?(?:has|have) not (?:approved|decided|answered|signed)", "(?:pending|open) approvals",
        "who(?:m)? (?:are we|is it|is everything) waiting (?:for|on)",
        "(?:where|who) (?:is|are) (?:it|things) stuck(?: with)?",
        "(?:what|which changes)(?: is| are)? (?:still )?(?:pending|(?:waiting for|awaiting) approval|not approved)",
    )),
    ("晚单", (
        f"{_WHAT}{_ITEM}?(?:会|要|将|快要|得)?{_LATE}{_ITEM}?", f"有{_ITEM}?(?:会|要)?{_LATE}{_ITEM}?吗",
        f"{_ITEM}(?:有)?(?:哪些|哪几个)(?:会|要)?{_LATE}", f"会不会有?{_ITEM}{_LATE}",
        f"(?:会|要)?{_LATE}{_ITEM}?有?(?:哪些|什么|多少|几个)",
        "(?:what|which (?:orders?|items?))(?: is| are| will)(?: be| going to be| running)? (?:late|overdue|delayed)",
        "(?:is |are |will )?any(?:thing| orders?| items?)(?: be| going to be| running)? (?:late|overdue|delayed)",
        "(?:are there |do we have )?any delays", "(?:late|overdue|delayed) (?:orders|items)",
    )),
    ("风险", (
        "有?(?:什么|哪些|啥|有没有)风险点?", "风险点?(?:有)?(?:哪些|什么|哪里|大不大)", "有风险吗",
        "(?:哪些|哪里|哪儿|哪个)(?:地方|单子?|环节)?有风险", "风险",
        "(?:有什么|有啥|有哪些)(?:要|需要|得)(?:注意|担心|当心|小心|盯|操心)",
        "(?:要|该|需要)(?:注意|担心|当心|小心|盯|操心)(?:什么|哪些|啥)", "会出(?:什么|啥|哪些)(?:问题|事|状况)",
        "(?:what are the |are there |is there |do we have )?(?:any )?risks?", "what (?:could|can|might) go wrong",
    )),
    ("待办 全部", (
        "(?:所有|全部|全公司|大家|各部门)(?:待办|没批|待批|未批)(?:变更单?|单子?)?",
        "(?:list |show )?(?:all|every) (?:open|pending) (?:changes?|requests?)",
    )),
    ("帮助", (
        "(?:通盘|机器人|你|这个|这)?(?:怎么|如何)(?:使)?用",
        "(?:通盘|机器人|你)?(?:会|能)(?:做|干)?(?:什么|啥|哪些)(?:事|功能)?",
        "(?:通盘|机器人|你)?有(?:什么|啥|哪些)(?:功能|用|命令)",
        "what can you do", "how (?:do i|to) use (?:you|this|it)", "how does (?:this|it) work",
    )),
    ("总览", (
        f"近?{_DEPARTMENT}(?:那边|这边|那里|那儿|那块)?近?{_HOW}吗?",
        f"近?(?:整体|总体|全局|全厂|公司|大局|全部|计划)近?{_HOW}吗?", "(?:整体|总体|全局|全厂|总)(?:情况|进展|状况)",
        "近?(?:什么情况|啥情况|(?:情况|进展)(?:怎么样|如何))", "一切(?:正常|顺利)吗?",
        f"(?:how(?: is| are)|what about) (?:the )?{_TEAM}(?: department| team)?(?: doing| going)?",
        "how are (?:things|we doing)|how is the plan(?: doing| going)?|the (?:big|whole|overall) picture",
    )),
)  # fmt: skip
_PATTERNS = tuple((command, re.compile(way)) for command, ways in _QUESTIONS for way in ways)
_RISKS = "风险"
_NEXT_WEEK, _TODAY = re.compile("下|next week"), re.compile("今天|today")


_ASKS = re.compile("CR|谁|哪|还有谁|为什么|为啥|why|who|where|what", re.IGNORECASE)
_A_REQUEST = re.compile(r"CR[-_ ]?[0-9]{8}[-_ ]?[0-9]{3,6}", re.IGNORECASE)
_WHERE_IS_IT = re.compile(
    f"(?:{_REQUEST})?(?:(?:到|走到|卡到|批到|进行到)(?:哪一?步|哪里|哪儿|哪|谁那里?|谁手里)|(?:卡|停|压)(?:{_WHO}|哪里|哪儿|哪)"
    f"(?:那里|那儿|那边|那|手里|手上)?|(?:有?{_WHO})(?:没有?|未){_APPROVED}|(?:等|差){_WHO}{_APPROVED}?|{_APPROVED}吗|进度(?:怎么样|如何)?|怎么样|"
    "什么情况|批得?怎么样|进展(?:如何|怎么样)?|"
    "who (?:has|have) not (?:approved|decided|answered)|where is (?:it )?(?:stuck)?|status)"
)
_WHY_IS_IT = re.compile("为什么|什么原因|(?:要)?改什么|会?影响什么|影响|why|what does it (?:change|move)")


def command_for(text: str) -> str:
    """The command that answers the question which the whole text is; empty: it is none of these."""
    if len(text) > MAX_HEAD or "\n" in text.strip():
        return ""
    if of_one := _of_a_request(text):
        return of_one
    if any(c.isdigit() for c in text):
        return ""
    said = head_of(_spelt_out(text)).lower()
    found = _SPAN.search(said) or _ENGLISH_SPAN.search(said)
    span = found[0].strip() if found else ""
    for asked in _bare(said.replace(span, " ") if span else said, text):
        for command, way in _PATTERNS:
            if fits := way.fullmatch(asked):
                return _with_its_words(command, span, fits.groupdict().get("place") or "")
    return ""


def _of_a_request(text: str) -> str:
    """`CR-… 到哪一步了`, `谁还没批 CR-…`: a question about one change request, which is named and nothing else is."""
    numbers = numbers_in(text)
    if len(numbers) != 1 or not _ASKS.match(folded(text).lstrip()):
        return ""  # what begins with a command's name is that command
    rest = _A_REQUEST.sub(" ", folded(text), count=1)
    for asked in _bare(head_of(_spelt_out(rest)).lower(), text):
        if _WHERE_IS_IT.fullmatch(asked):
            return f"谁知道 {numbers[0]}"
        if _WHY_IS_IT.fullmatch(asked):
            return f"影响图 {numbers[0]}"
    return ""


def _with_its_words(command: str, span: str, place: str) -> str:
    """What other commands know is of now: what is asked of next week is none of theirs."""
    ahead = _NEXT_WEEK.match(span)
    if command == _RISKS:
        return f"{command} {'下周' if ahead else '今天' if _TODAY.match(span) else '本周'}"
    return "" if ahead else f"{command} {place}".strip()


def _spelt_out(text: str) -> str:
    return re.sub("['’]s\\b", " is", re.sub("n['’]t\\b", " not", text))


def _bare(said: str, text: str) -> Iterator[str]:
    """What is asked without courtesy; of Chinese with the sign of a question as a word, and without it."""
    if said.isascii():
        yield _COURTESY.sub("", said.strip())
        return
    said = said.replace(" ", "")
    for words, meaning in _FOLDED:
        said = words.sub(meaning, said)
    yield said
    yield said.removesuffix("吗") if said.endswith("吗") else f"{said}吗" if text.rstrip()[-1:] in "?？" else said
