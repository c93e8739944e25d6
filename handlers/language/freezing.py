"""冻结 and 解冻: setting a freeze window, putting it in force, lifting it, looking at all of them."""

import re

from handlers.language.commands import Enforce, Freeze, ShowFences, Unfreeze
from handlers.language.periods import find_days
from handlers.language.typed import Typed

_SHOW = {"", "查看", "列表", "看", "show", "list"}
_CONFIRM = re.compile(r"(?:确认|生效|confirm)\s*(?P<no>.*)|(?P<first>\S+)\s*(?:确认|confirm)", re.IGNORECASE)
_NUMBER = re.compile(r"(?:F\s*-?\s*)?([0-9]{1,6})", re.IGNORECASE)
def freeze(typed: Typed) -> Freeze | Enforce | ShowFences:
    """`冻结 生产部 12-01~12-05 [采购] 因为 大促`, `冻结 确认 F-001`, `冻结 查看`. Raises `freeze-dates`,
    `freeze-order`, `window-missing`, and what dates raise."""
    if typed.rest.lower() in _SHOW:
        return ShowFences()
    if confirmed := _CONFIRM.fullmatch(typed.rest):
        return Enforce(_number(typed, confirmed["no"] or confirmed["first"] or "", "确认 F-001"))
    found = find_days(typed.rest, typed.today)
    if found is None:
        raise typed.refused("freeze-dates", example=_sample(typed))
    scope, (first, last), of_type = found
    if last < first:
        raise typed.refused("freeze-order", example=f"{scope} {last}~{first}".strip())
    if not scope:
        scope, of_type = of_type, ""
    return Freeze(scope, first, last, typed.reason, of_type)


def _sample(typed: Typed) -> str:
    """What was typed to be frozen, with days that are right whenever it is shown; never everything by itself."""
    scope, *_ = typed.rest.split() or [""]
    if not scope or any(c.isdigit() for c in scope):
        scope = "<department>" if typed.is_english else "<部门>"
    return f"{scope} next mon~next fri" if typed.is_english else f"{scope} 下周一~下周五"


def unfreeze(typed: Typed) -> Unfreeze:
    """Raises `window-missing`."""
    return Unfreeze(_number(typed, typed.rest, "F-001"))


def _number(typed: Typed, text: str, sample: str) -> int:
    found = _NUMBER.fullmatch(text.strip())
    if found is None:
        raise typed.refused("window-missing", example=sample)
    return int(found[1])
