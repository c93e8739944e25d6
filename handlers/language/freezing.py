"""冻结 and 解冻: setting a freeze window, putting it in force, lifting it, looking at all of them."""

import re

from handlers.language.commands import Enforce, Freeze, ShowFences, Unfreeze
from handlers.language.dates import read_date
from handlers.language.typed import Typed

_SHOW = {"", "查看", "列表", "看", "show", "list"}
_CONFIRM = re.compile(r"(?:确认|生效|confirm)\s*(?P<no>.*)|(?P<first>\S+)\s*(?:确认|confirm)", re.IGNORECASE)
_NUMBER = re.compile(r"(?:F\s*-?\s*)?([0-9]{1,6})", re.IGNORECASE)
_SPAN = re.compile(
    r"(?P<scope>.*?)\s*(?P<first>\S+?)\s*(?:~|至|到|-{2}|\bto\b)\s*(?P<last>\S+)(?:\s+(?P<type>.+))?", re.IGNORECASE
)
_SAMPLE = "全部 下周一~下周五"


def freeze(typed: Typed) -> Freeze | Enforce | ShowFences:
    """`冻结 生产部 12-01~12-05 [采购] 因为 大促`, `冻结 确认 F-001`, `冻结 查看`. Raises `freeze-dates`,
    `freeze-order`, `window-missing`, and what dates raise."""
    if typed.rest.lower() in _SHOW:
        return ShowFences()
    if confirmed := _CONFIRM.fullmatch(typed.rest):
        return Enforce(_number(typed, confirmed["no"] or confirmed["first"] or "", "确认 F-001"))
    span = _SPAN.fullmatch(typed.rest)
    first = read_date(span["first"], typed.today) if span else None
    last = read_date(span["last"], typed.today) if span else None
    if span is None or first is None or last is None:
        raise typed.refused("freeze-dates", example=_SAMPLE)
    if last < first:
        raise typed.refused("freeze-order", example=f"{span['scope']} {last}~{first}".strip())
    return Freeze(span["scope"].strip(), first, last, typed.reason, (span["type"] or "").strip())


def unfreeze(typed: Typed) -> Unfreeze:
    """Raises `window-missing`."""
    return Unfreeze(_number(typed, typed.rest, "F-001"))


def _number(typed: Typed, text: str, sample: str) -> int:
    found = _NUMBER.fullmatch(text.strip())
    if found is None:
        raise typed.refused("window-missing", example=sample)
    return int(found[1])
