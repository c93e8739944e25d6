"""影子: what shadow mode would have refused and asked."""

import re

from handlers.language.commands import ShowShadow
from handlers.language.reads import last_days
from handlers.language.typed import Typed

_REPORT = re.compile(r"\s*(?:报告|查看|看|report|show)?\s*", re.IGNORECASE)


def shadow(typed: Typed) -> ShowShadow:
    """`影子`, `影子 报告 最近7天`. Raises `shadow-command`."""
    rest, days = last_days(typed.rest)
    if not _REPORT.fullmatch(rest):
        raise typed.refused("shadow-command", example="report last 7 days" if typed.is_english else "报告 最近7天")
    return ShowShadow(days)
