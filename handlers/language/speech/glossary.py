"""What the shop floor's things are called in English, for titles that are Chinese."""

import re

_CHINESE = {
    "assembly": "组装", "assemble": "组装", "assy": "组装", "smt": "贴片", "mainboard": "主板", "main board": "主板",
    "pcb": "主板", "chips": "芯片", "chip": "芯片", "ic": "芯片", "speakers": "喇叭", "speaker": "喇叭",
    "relays": "继电器", "relay": "继电器", "housings": "外壳", "housing": "外壳", "shells": "外壳", "shell": "外壳",
    "gift boxes": "礼盒",
    "gift box": "礼盒", "packaging": "包材", "aging": "老化", "burn-in": "老化", "incoming inspection": "来料检验",
    "iqc": "来料检验", "final inspection": "成品检验", "inspection": "检验", "maintenance": "保养",
    "changeover": "换线", "shipment": "发货", "delivery": "发货", "stocktake": "盘点",
    "stock count": "盘点", "forecast": "预测",
    "payment": "付款", "audit": "审核", "launch": "开卖", "key visual": "主图", "returns": "退货",
}  # fmt: skip
_WORDS = re.compile(rf"\b(?:{'|'.join(map(re.escape, _CHINESE))})\b")


def in_chinese(words: str) -> str:
    """The words, in small letters, with what they call things in English in Chinese."""
    return _WORDS.sub(lambda word: _CHINESE[word[0]], words)
