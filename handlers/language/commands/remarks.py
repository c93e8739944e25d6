"""Remarks that may follow an approval and change nothing of it: 辛苦了, 没问题, 请采购跟进, `no objection`.

Only what is known is a remark. Whoever makes a condition writes it in a hundred ways, and hardly two of them share a
word; so what is not known, or could be meant either way, is none.
"""

import re

from handlers.language.clean import folded


def is_remark(words: str, reason: str = "") -> bool:
    """Check whether all of it is said beside a yes; `reason`: what followed 因为."""
    return _each(words, _SAID) and _each(_BECAUSE.sub(" ", reason), _SAID, _WHY)


def _each(text: str, *known: re.Pattern[str]) -> bool:
    plain = _GLAD.sub(" ", folded(text).casefold())
    runs = filter(None, map(str.strip, _RUNS.findall(plain)))
    return all(len(run) <= _LONGEST[run[0].isascii()] and any(one.fullmatch(run) for one in known) for run in runs)


def _any(*words: str) -> str:
    """Any of the words, or of the words between the bars of one of them."""
    return f"(?:{'|'.join(words)})"


_GLAD = re.compile(
    "[👍👌🙏✅💪👏🎉😊😄😀🙂🤝🆗💯🌹❤✔☑][\ufe0f\U0001f3fb-\U0001f3ff]*"
    "|\\[(?:ok|赞|强|抱拳|握手|鼓掌|玫瑰|鲜花|合十|比心)\\]"
)
_BECAUSE = re.compile("因为|由于|because(?: of)?", re.IGNORECASE)
_BETWEEN = r"\s,.;:!~()。、"
_RUNS = re.compile(rf"[a-z][a-z' -]*|@[^{_BETWEEN}@]+|[^{_BETWEEN}a-z@]+|[^{_BETWEEN}]")
"""English by the clause, Chinese by the word; who is mentioned; a sign by itself."""
_LONGEST = {False: 20, True: 60}
"""Characters of a run, of Chinese and of English: longer ones are prose."""

# -- Chinese -----------------------------------------------------------------------------------------------

_OFFICE = _any(
    "采购|生产|销售|市场|仓库|仓储|库房|质量|品质|质检|计划|物流|运输|工程|研发|技术|财务|设备|工艺|制造|装配|总装|包装|注塑|客服|商务|行政"
)
_OFFICES = rf"{_OFFICE}(?:部门|部|组|科|车间)?(?:经理|主管|主任|同事们?|同学|那边|这边)?"
_ALL_OF_US = _any("大家|各位|领导|同事们?|各部门|相关部门|团队|你们?|您|老板", _OFFICES)
_US = _any("我们部门?|我们这边|我这边|我们|我方|我部门?|我|咱们|本部门?|本人|这边", _OFFICES)
_NOTHING_WRONG = r"(?:没有?|无)(?:任何|什么|啥)?(?:问题|意见|异议|疑问|疑义)"
_ASSENT = _any(
    "同意|批准|赞成|赞同|支持|认可|认同|通过|理解|了解|明白|清楚|知道|知悉|知晓|收到|收悉|已阅|阅|ok|可以|可行|好|行",
    "可以(?:执行|实施|办理|安排)",
    "(?:可以|能够?|会)?(?:全力|积极)?配合",
    _NOTHING_WRONG,
    rf"不影响(?:{_US})?",
)
_HOW = _any("完全|全部|都|也|均|已经|已|一致|非常|十分|很")
_AGREES = rf"{_HOW}*{_ASSENT}(?:[的了啦哈啊呀哦噢]|好的)*"
_YES = _any(
    "赞|强|抱拳|握手|鼓掌|玫瑰|鲜花|合十|比心|好嘞|好滴|嗯|是的?|对的?|没毛病|没关系|不错|挺好|很好|加油|顺利|一切顺利|无误|确认无误",
    "(?:方案|安排|计划)?很?(?:合理|可行|及时)",
)
_SO_BE_IT = _any("就这样[办吧定]?吧?|就这么[办定][吧了]?|以此为准|照办")
_THANKS = rf"(?:{_ALL_OF_US})?(?:多|非常|十分|太)?(?:辛苦|谢谢|感谢|多谢|谢)(?:了|啦|支持|配合|理解|{_ALL_OF_US})*"
_SURNAME = (
    "王李张刘陈杨黄赵吴徐孙朱胡郭林何梁郑罗宋谢唐韩曹邓萧冯曾蔡彭潘袁董苏叶吕魏蒋田杜"
    "丁沈姜范江傅钟卢汪戴崔陆廖姚邱谭韦贾邹熊孟秦阎薛侯雷段郝孔邵史毛顾赖康贺严尹钱施龚"
)
_NO_NAME = (
    "不没别未无非但若如果假要等只仅除先后前再才就暂缓晚迟早延推提改换减加增退撤停取"
    "周月日天年时点号底末期节件个吨箱台套批吗么呢请和与及或"
)
_NAME = rf"[{_SURNAME}][^\W\da-z_{_NO_NAME}]{{1,2}}?"
_BY = r"(?:(?:按照?|依照?|照)(?:这个|此|该|本|上述|新)?(?:方案|计划|变更|流程|安排|要求)?)"
_WORK = _any(
    "执行|实施|办理|办|落实|推进|安排|跟进|跟踪|跟|处理|准备|备料|备货|采购|生产|排产|发货|协调|沟通|通知|同步|知悉|知晓|关注|留意|支持|配合|开展|更新"
)
_PLEASE = _any("请|麻烦|烦请|有劳|劳烦|让")
_SOON = _any("尽快|抓紧|及时|马上|立即|立刻|继续|协助|一起|共同|全力|做好|统一")
_DO = rf"(?:来|去|进行)?{_WORK}{{1,2}}(?:一下|下|即可|工作)?吧?"
_DO_THIS = _any(rf"{_PLEASE}(?:{_ALL_OF_US}|{_NAME})?{_SOON}*{_BY}?{_DO}", rf"{_BY}{_DO}")
_DO_IT = rf"(?:{_ALL_OF_US})?{_SOON}*(?:就?{_BY})?{_DO}"
_THINGS = _any("备件|物料|材料|原料|来料|产能|人手|人员|库存|运力|模具|图纸|客户|供应商|单子|订单", _OFFICES)
_DONE = _any(
    "催|到位|到货|到齐|到|备好|备齐|备妥|安排|确认|通知|沟通|协调|下单|落实|齐套|准备|处理|解决|联系|跟进|知悉|知晓|同意|发"
)
_STANDS = _any(
    rf"(?:{_THINGS})?(?:都|均|全部)?(?:已经|已){_DONE}(?:好|了|完毕|完成|过)*",
    rf"{_THINGS}(?:都|也|很|完全)?(?:足够|够用|够|充足)",
)

# -- English -----------------------------------------------------------------------------------------------

_WHO = r"(?:me|us|our side|my side|our department)"
_TEAM = _any("purchasing|procurement|production|sales|warehouse|quality|planning|logistics|engineering|everyone|all")
_ENGLISH = _any(
    "ok|okay|k|yes|yep|sure|perfect|great|good|excellent|noted|understood|got it|received|roger|lgtm|all good|done",
    rf"(?:it's |this is |that's |all )?(?:fine|okay|ok|good)(?: (?:by|with|for) {_WHO})?",
    rf"(?:looks|sounds) (?:good|fine|ok|okay|right)(?: to {_WHO})?",
    rf"no (?:problems?|objections?|issues?|concerns?)(?: (?:from|for|on) {_WHO})?",
    r"(?:i |we |fully )*(?:agree|agreed|approve|approved|accept|accepted|support this|understand)",
    rf"(?:many )?(?:thanks|thank you|thx|cheers)(?: a lot| so much)?(?:,? {_TEAM})*",
    "well done|good job|nice work|good work|great work|nice|good to go|as planned|as proposed",
    rf"(?:{_TEAM} )?(?:please |pls )?(?:{_TEAM} )?(?:go ahead|proceed|follow up|execute|take note)(?: please)?",
    "please|happy with (?:this|it)",
)

_SAID = re.compile(
    _any(
        f"{_any(_AGREES, _YES, _SO_BE_IT, _THANKS, _DO_THIS)}+",
        *(f"{_US}{_AGREES}", _DO_IT, _STANDS),  # each by itself: what goes on behind it may hang on it
        f"{_ENGLISH}(?:(?: and)? {_ENGLISH})*",
        rf"@(?:{_OFFICES}|{_NAME})",
    )
)
_WHY_WORDS = _any(
    _STANDS, _THINGS, _US, _HOW, _ALL_OF_US,
    "要求|需要|需求|催|急|紧急|紧|着急|加单|展会|故障|停机|停电|维修|检修|保养|足够|够用|够|充足|缺料|缺|延误|交期|合理|可行|重要|大客户|老客户"
    "|节日|年货节|促销|活动|旺季|质量|天气|台风|物流|车辆|影响很?小|影响可控|的|了|是|太|比较|确实|有(?:库存|产能|备件|人手)|理由充分|情况属实",
)  # fmt: skip
_WHY_ENGLISH = (
    r"(?:the|a|an|our|we|us|of|is|are|has|have|been|it|this|and|very|so|customers?|clients?|suppliers?|asked|urgent|capacity"
    r"|enough|materials?|parts?|ready|available|sufficient|fair|exhibition|confirmed|important|order|machine|downtime"
    r"|breakdown|stock|plan|reasonable|fine|good|ok|sales|season|weather)"
)
_WHY = re.compile(rf"{_WHY_WORDS}+|{_WHY_ENGLISH}(?: {_WHY_ENGLISH})*")
"""Plain words about things: after 因为 nobody makes a condition without a word that is not here."""
