"""The reason code of a reason in words: what people write after 因为, sorted (R54)."""

import re

REASON_CODES = ("machine", "material", "quality", "promotion", "customer", "capacity", "other")

_WORDS = {
    "machine": "停机|故障|设备|机器|检修|抢修|点胶机|machine|breakdown|down(?:time)?",
    "quality": "质量|品质|不良|返工|检验|抽检|复检|隔离|quality|defect|rework",
    "promotion": "促销|大促|活动|双十一|双11|618|年货节|promotion|campaign",
    "material": "缺料|来料|物料|到货|到料|供应商|缺货|交期延|晶圆|原料|material|supplier|shortage",
    "capacity": "产能|人手|加班|排不开|capacity|staff",
    "customer": "客户|客人|加单|撤单|插单|customer|client|order",
}
_CODES = [(code, re.compile(words, re.IGNORECASE)) for code, words in _WORDS.items()]


def reason_code(text: str) -> str:
    """The first code whose words are in the text; `other` for what says none of them."""
    return next((code for code, words in _CODES if words.search(text)), "other")
