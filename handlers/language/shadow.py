"""影子: what shadow mode would have refused and asked."""

import re

from handlers.language.commands import ShowShadow
from handlers.language.reads import last_days
from handlers.language.typed import Typed

_REPORT = re.compile(r"\s*(?:报告|查看|看|report\b|show\b)?\s*(?P<place>\S*)\s*", re.IGNORECASE)
_SWITCH = re.compile(r"关闭?|开启?|启用|停用|打开|on|off", re.IGNORECASE)
"""Shadow mode is switched in the settings, not by word."""


def shadow(typed: Typed) -> ShowShadow:
    """`影子`, `影子 报告 最近7天`, `影子 采购部`. Raises `shadow-command`."""
    rest, days = last_days(typed.rest)
    asked = _REPORT.fullmatch(rest)
    if asked is None or _SWITCH.fullmatch(asked["place"]):
        raise typed.refused("shadow-command", example="report last 7 days" if typed.is_english else "报告 最近7天")
    return ShowShadow(days, asked["place"])
