"""规则: listing the trigger rules, switching one, and asking which would fire for a command."""

import re
from dataclasses import replace

from handlers.language.commands import ShowRules, SwitchRule, TryRules, Write
from handlers.language.typed import Typed
from handlers.language.verbs import spec_named
from handlers.language.what_if import what_if
from planning.refusal import Refused

_SHOW = {"", "查看", "列表", "看", "show", "list"}
_TRY = re.compile(r"(?:试算|试|try|test)\s*(?P<command>.*)", re.IGNORECASE)
_SWITCH = re.compile(r"(?:(?P<on>启用|打开|开|on|enable)|停用|关闭|关|off|disable)\s*(?P<rule>\S+)", re.IGNORECASE)


def rules(typed: Typed) -> ShowRules | SwitchRule | TryRules:
    """`规则`, `规则 停用 big-order`, `规则 试算 改期 SO-1042 推迟3天 因为 停机`. Raises `rule-command`, and what 影响
    raises."""
    if typed.rest.lower() in _SHOW:
        return ShowRules()
    if tried := _TRY.fullmatch(typed.rest):
        return TryRules(_tried(typed, tried["command"]))
    if switched := _SWITCH.fullmatch(typed.rest):
        return SwitchRule(switched["rule"], bool(switched["on"]))
    raise _not_understood(typed)


def _tried(typed: Typed, command: str) -> Write:
    """As 影响 reads it, with refusals that speak of 规则 试算. Raises `try-missing`, and what 影响 raises."""
    tries = f"{typed.name} " + ("try" if typed.is_english else "试算")
    try:
        return what_if(replace(typed, spec=spec_named("影响"), name=tries, rest=command)).inner
    except Refused as refused:
        if refused.refusal.code == "impact-missing":
            sample = "move SO-1042 +3d" if typed.is_english else "改期 SO-1042 推迟3天"
            raise typed.refused("try-missing", example=f"{tries.partition(' ')[2]} {sample}") from refused
        raise


def _not_understood(typed: Typed) -> Refused:
    return typed.refused("rule-command", example="停用 <编号>" if not typed.is_english else "off <id>")
