"""A reason without 因为 (`MO-1 推迟三天 设备坏了`), where it can be nothing else: what has happened, said whole."""

import re
from collections.abc import Iterator
from datetime import date

from handlers.language.clean import MAX_HEAD, split_reason
from handlers.language.commands.writes import WRITES
from handlers.language.everyday.offers import works
from handlers.language.everyday.verbs import unmistakable
from handlers.language.vocabulary import Typed, Vocabulary
from planning.refusal import Refused

_MACHINE = (
    r"(?:[A-Za-z0-9一二三四五六七八九]{1,2}线|产线|线体|设备|机器|机台|贴片机|回流焊|测试[台机]|注塑机|模具|夹具|工装|系统)"
    r"(?:又|突然|出|都)?(?:坏了|坏掉了|坏|故障了?|出?故障|停机了?|停了|趴窝了|死机了?|要修|在修|检修|维修|报警了?|保养)"
)
_GOODS = (
    r"(?:来料|物料|材料|原料|料|芯片|主控|板子|PCB|包材|辅料|备件|零件|配件|元器件|外壳|货|样品|屏)(?:还|都|又)?"
    r"(?:没到齐?|未到|没来|晚到了?|迟到了?|到不了|不到|不齐|没齐|不够|短缺|缺货|延期了?|晚了|有问题|不良)"
    r"|[缺欠断等](?:料|货|件|芯片|人手?|工|板|包材)了?"
)
_CUSTOMER = (
    r"(?:客户|甲方|顾客|经销商|平台)(?:那边)?"
    r"(?:要求(?:的|提前|推迟|延期|改期|加急|变更|加单|减单)?|催得?[急紧]?了?|加[单量急]了?|减[单量]了?|撤单了?"
    r"|改期了?|延期了?|改主意了|没付款|变更(?:需求|订单)?了?|等着[要用]|急[用要])"
)
_SUPPLIER = (
    r"(?:供应商|厂家|外协厂?|代工厂?|物流|快递|船期?|货车)(?:那边)?"
    r"(?:延期了?|延误了?|晚交了?|晚到了?|停产了?|没发货|交不出来?|出?了?问题|耽误了|晚点了?)"
)
_CAPACITY = (
    r"(?:产能|人手|工时|人员|库存|库位)(?:不足|不够|紧张?|吃紧|满了|排满了?)|人不够|排不开|忙不过来|做不过来|排不下"
)
_QUALITY = (
    r"(?:质量|品质)(?:问题|异常|不合格|不行|有问题)|(?:来料|首检|检验|测试)(?:不良|不合格|不过|没过|没通过)"
    r"|要?返工了?|不良率(?:太)?高"
)
_ABROAD = r"停[电水气]了?|断电了?|跳闸了?|台风|暴雨|下大?雪|大雪封路|堵车|封路|道路管制|疫情|限电|放假|盘点"
_ENGLISH = (
    r"(?:the )?(?:machine|line|equipment|smt)(?: is| has| was)? (?:broken down|broken|broke(?: down)?|down)"
    r"|(?:the )?(?:materials?|parts|components|chips?|goods)(?: (?:is|are|were|was))?"
    r" (?:late|short|missing|delayed|not here)"
    r"|(?:the )?customer (?:asked(?: for it)?|request(?:ed(?: it)?)?|wants it(?: (?:earlier|later|sooner))?"
    r"|changed the order)"
    r"|(?:the )?supplier (?:is late|late|delay(?:ed)?)|no capacity|out of (?:stock|material)|quality (?:issue|problem)"
    r"|power (?:cut|outage)"
)
_HAPPENED = re.compile(
    r"(?:今天|昨天|刚刚|刚才|突然|临时|又|这边|那边|我们|厂里|车间)*"
    rf"(?:{'|'.join((_MACHINE, _GOODS, _CUSTOMER, _SUPPLIER, _CAPACITY, _QUALITY, _ABROAD, _ENGLISH))})"
    r"[了啊呢吧]?[。.!！~～\s]*",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"[\s,，。;；:：、（(]+|(?<=[天日号周件台套])(?=[^\s\d])")
_AT_MOST = 6
"""Places from either end at which a reason may begin or end."""


def with_because(text: str, today: date, vocabulary: Vocabulary) -> str | None:
    """The change with its reason behind 因为, where it stands without; None: there is none for sure."""
    if len(text) > MAX_HEAD or split_reason(text)[1]:
        return None
    forms = (f"{rest} 因为 {reason}" for rest, reason in parted(text))
    return next((form for form in forms if _is_change(form, today, vocabulary)), None)


def parted(text: str) -> Iterator[tuple[str, str]]:
    """The rest, and what has happened: that stands behind it, or in front."""
    places = list(_BETWEEN.finditer(text))
    for place in places[-_AT_MOST:]:
        if _HAPPENED.fullmatch(reason := text[place.end() :].strip(" )）")):
            yield text[: place.start()], reason
    for place in places[:_AT_MOST]:
        if place[0].strip() and _HAPPENED.fullmatch(reason := text[: place.start()].strip()):
            yield text[place.end() :], reason


def _is_change(form: str, today: date, vocabulary: Vocabulary) -> bool:
    try:
        whole = form if Typed.of(form, today, vocabulary) else unmistakable(form, today, vocabulary) or ""
        typed = Typed.of(whole, today, vocabulary)
    except Refused:
        return False
    return typed is not None and typed.phrase.english in WRITES and works(whole, today, vocabulary)
