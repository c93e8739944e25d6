"""The reason code of the words people write after 因为.

Rules make emergencies of `machine`: it takes a machine and what is wrong with it, in one clause, so that new machines,
repaired ones and what merely goes down are none.
"""

import re
from collections.abc import Collection, Iterator, Mapping

REASON_CODES = ("machine", "material", "quality", "promotion", "customer", "capacity", "other")


def _any_of(words: str) -> re.Pattern[str]:
    return re.compile(words, re.IGNORECASE)


_CLAUSES = re.compile(r"[，。；、！？,;!?]|\. ")
_STANDSTILL = _any_of(
    r"停机|停线|宕机|抢修|^\s*(?:突发)?故障"
    r"|\bbreak(?:s|ing)?[ -]?downs?\b|\b(?:broke|broken|has gone) down\b|\bdowntime\b"
)
_MACHINE = _any_of(
    r"设备|机器(?!人)|机台|机床|产线|生产线|流水线|模具|夹具|工装|[胶片塑压焊印包装封切割铣磨钻雕冲洗]机"
    r"|[a-z一二三四五六七八九十\d] *[线炉]|号[机线]"
    r"|\b(?:machine(?:ry)?|equipment|line|press|oven|printer|robot|mou?ld|conveyor)(?:e?s)?\b"
)
_FAULT = _any_of(
    r"故障|坏|停|报警|异常|检修|维修|待修|失灵|卡死|卡住|起火|跳闸|断电|不能用|用不了"
    r"|\b(?:(?:is|are|was|were|goes|went|gone|been|machine|line|equipment) down|broken?|fail\w*|fault\w*|stopped|stuck"
    r"|jam\w*|alarm\w*|out of order|(?:under|for|needs?) repairs?)\b"
)
_MENDED = _any_of(r"已经?修[好复]|修好了|已经?恢复|恢复正常|\b(?:repaired|fixed|running again)\b")
_OTHERS = {
    "quality": r"质量|品质|不良|返工|(?<!财务)检验(?!发票|单据|账)|抽检|复检|隔离|\bquality\b|\bdefect\w*|\brework\w*",
    "promotion": r"促销|大促|活动(?!板房|室|房)|双十[一二]|双1[12](?!\d)|(?<!\d)618(?!\d)|年货节"
    r"|\bpromotions?\b|\bcampaigns?\b",
    "material": r"缺料|来料|物料|到货|到料|供应商|缺货|交期延|晶圆|原料|\bmaterials?\b|\bsuppliers?\b|\bshortages?\b",
    "capacity": r"产能|人手|加班|排不开|\bcapacity\b|\bstaff\b",
    "customer": r"客户|客人|加单|撤单|插单|\bcustomers?\b|\bclients?\b|(?<!\bin )(?<!\bof )\border(?:s|ed)?\b",
}
_CODES = [(code, _any_of(words)) for code, words in _OTHERS.items()]


_WORK, _SUPPLY = ("planning", "production", "quality", "milestone", "task"), ("purchase", "receipt")
_ORDERS, _MONEY = ("sales_order", "delivery"), ("payment", "collection", "finance")
_SALES = (*_ORDERS, "forecast", "promotion")
_BUILT_IN = (*_WORK, *_SUPPLY, *_SALES, *_MONEY)

Fitting = Mapping[str, Collection[str]]
"""Types of items by the reason code that fits them."""
FITTING: Fitting = {
    "machine": (*_WORK, *_SUPPLY, *_ORDERS),
    "material": (*_WORK, *_SUPPLY, *_SALES),
    "quality": (*_WORK, *_SUPPLY, *_ORDERS),
    "promotion": (*_WORK, *_SUPPLY, *_SALES),
    "capacity": (*_WORK, *_SUPPLY, *_SALES),
}
"""A machine that stands is no reason to move a promotion or a payment; a customer is one for anything. Types that a
company has of its own fit all of them, unless its settings name those that do."""


def reason_code(text: str, type: str = "", fitting: Fitting = {}) -> str:  # noqa: B006 - a Mapping, never written
    """The first code whose words are in the text and that fits an item of this type (empty: any); `other` for what says
    none of them. `fitting`: as the settings have it."""
    return next((code for code in _said(text) if _fits(code, type, fitting)), "other")


def _said(text: str) -> Iterator[str]:
    if not _MENDED.search(text) and any(map(_is_breakdown, _CLAUSES.split(text))):
        yield "machine"
    yield from (code for code, words in _CODES if words.search(text))


def _fits(code: str, type: str, fitting: Fitting) -> bool:
    if code in fitting:
        return type in fitting[code]
    return type not in _BUILT_IN or type in FITTING.get(code, _BUILT_IN)


def _is_breakdown(clause: str) -> bool:
    return bool(_STANDSTILL.search(clause) or (_MACHINE.search(clause) and _FAULT.search(clause)))
