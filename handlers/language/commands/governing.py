"""冻结, 解冻 and 规则: freeze windows and trigger rules."""

import re
from dataclasses import dataclass, replace
from datetime import date

from handlers.language.clean import folded
from handlers.language.commands.trying import TryEvent, event_in, spell_event
from handlers.language.commands.what_if import WHAT_IF, what_if
from handlers.language.commands.writes import Write, spell_write
from handlers.language.values.dates import read_date
from handlers.language.values.periods import days_ahead, find_days
from handlers.language.vocabulary import Command, Phrase, Say, Takes, Typed, because, spaced
from planning.refusal import Refused


@dataclass(frozen=True, slots=True)
class Freeze(Command):
    """A freeze window from `first` to `last`, both inside; `scope` as typed, empty: the whole plan; `type`: only
    the items of this type in it."""

    scope: str
    first: date
    last: date
    reason: str = ""
    type: str = ""


@dataclass(frozen=True, slots=True)
class Enforce(Command):
    """Put the freeze window of this number in force."""

    number: int


@dataclass(frozen=True, slots=True)
class Unfreeze(Command):
    number: int


@dataclass(frozen=True, slots=True)
class ShowFences(Command):
    pass


@dataclass(frozen=True, slots=True)
class ShowRules(Command):
    details: bool = False
    """With their conditions as the settings have them."""


@dataclass(frozen=True, slots=True)
class SwitchRule(Command):
    """`rule` is its id in the settings."""

    rule: str
    enabled: bool


@dataclass(frozen=True, slots=True)
class TryRules(Command):
    """Ask which rule would fire for this command; nothing is done."""

    inner: Write


@dataclass(frozen=True, slots=True)
class DraftSetting(Command):
    """Have a rule (by its id) or a section say something else, from `begins` on. What is left out is asked for: no
    `value`, no `key`; no `target` either: the form of a new rule."""

    target: str = ""
    key: str = ""
    value: str = ""
    begins: date | None = None
    reason: str = ""


_SHOW = {"", "查看", "列表", "看", "show", "list"}
_DETAILS = {"详情", "明细", "details", "detail"}
_CONFIRM = re.compile(r"(?:确认|生效|confirm)\s*(?P<no>.*)|(?P<first>\S+)\s*(?:确认|confirm)", re.IGNORECASE)
_NUMBER = re.compile(r"(?:F\s*-?\s*)?([0-9]{1,6})", re.IGNORECASE)
_TRY = re.compile(r"(?:试算|试|try|test)\s*(?P<command>.*)", re.IGNORECASE)
_SWITCH = re.compile(r"(?:(?P<on>启用|打开|开|on|enable)|停用|关闭|关|off|disable)\s*(?P<rule>\S+)", re.IGNORECASE)


_NEW = {"新建", "新规则", "new"}
_EDIT = re.compile(r"(?:改|修改|edit|change)\s+(?P<target>\S+)(?:\s+(?P<key>\S+)(?:\s+(?P<value>.+))?)?", re.IGNORECASE)
_FROM = re.compile(r"(?P<value>.+?)\s+(?:从\s*(?P<zh>\S+?)\s*(?:起|开始)(?:生效)?|from\s+(?P<en>\S+))", re.IGNORECASE)


_CONFIRMS = re.compile(r"(?:确认|生效|confirm)(?=$|[\s0-9f])", re.IGNORECASE)
"""Not `确认组`, which may be frozen."""
_TYPE = re.compile(r"(?:类型|type(?=\s))\s*(?=\S)", re.IGNORECASE)


def freeze(typed: Typed) -> Freeze | Enforce | ShowFences:
    """`冻结 生产部 12-01~12-05 [[类型] 采购] 因为 大促`, `冻结 确认 F-001`, `冻结 查看`. A lone word after the days is
    what to freeze, unless 类型 says that it is a type. Raises `freeze-dates`, `freeze-order`, `window-missing`, and
    what dates raise."""
    if typed.rest.lower() in _SHOW:
        return ShowFences()
    found = None if _CONFIRMS.match(typed.rest) else find_days(typed.rest, typed.today)
    if found is None and (confirmed := _CONFIRM.fullmatch(typed.rest)):
        return Enforce(_number(typed, confirmed["no"] or confirmed["first"] or "", "确认 F-001"))
    if found is None:
        raise typed.refused("freeze-dates", example=_sample(typed), offers=_of_so_many_days(typed))
    scope, (first, last), after = found
    if last < first:
        raise typed.refused("freeze-order", example=f"{scope} {last}~{first}".strip())
    if said := _TYPE.match(after):
        of_type = after[said.end() :]
    else:
        scope, of_type = (scope, after) if scope else (after, "")
    if _CONFIRMS.match(scope):
        raise typed.refused("window-missing", example="确认 F-001")
    return Freeze(scope, first, last, typed.reason, of_type)


def _of_so_many_days(typed: Typed) -> list[str]:
    """`生产部 三天`: three days from today; other days are still to be said."""
    scope, days = days_ahead(typed.rest, typed.today) or ("", ())
    whens = (*(f"{first}~{last}" for first, last in days), "<起~止>") if scope else ()
    return [spaced(FREEZE.zh, scope, when) for when in whens]


def _sample(typed: Typed) -> str:
    """Example that repeats the scope typed to be frozen, with days that are right whenever it is shown; never
    everything by itself."""
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


def rules(typed: Typed) -> ShowRules | SwitchRule | TryRules | TryEvent | DraftSetting:
    """`规则`, `规则 停用 big-order`, `规则 试算 改期 SO-1042 推迟3天 因为 停机`, `规则 试算 停机 MO-2441`, `规则 新建`,
    `规则 改 big-order 审批期限 8 从 12-05 起`, `规则 改 异常 几天不报工 3`. Raises `rule-command`, and what 影响,
    reports and dates raise."""
    if typed.rest.lower() in _SHOW:
        return ShowRules()
    if typed.rest.lower() in _DETAILS:
        return ShowRules(details=True)
    if tried := _TRY.fullmatch(typed.rest):
        return _tried(typed, tried["command"])
    if typed.rest.lower() in _NEW:
        return DraftSetting()
    if edited := _EDIT.fullmatch(folded(typed.raw).rstrip("。.！!，,；; ")):  # a value is told with its signs: 08:30
        return _edited(typed, edited)
    if switched := _SWITCH.fullmatch(typed.rest):
        return SwitchRule(switched["rule"], bool(switched["on"]))
    raise _not_understood(typed)


def _tried(typed: Typed, words: str) -> TryRules | TryEvent:
    """Read a change as 影响 does, and an event as whoever reports it, with refusals that speak of 规则 试算. Raises
    `try-missing`, and what 影响 and reports raise."""
    tries = f"{typed.name} " + ("try" if typed.is_english else "试算")
    trying = replace(typed, name=tries, rest=words)
    try:
        event, unclear = event_in(trying), None
    except Refused as refused:
        event, unclear = None, refused
    if event:
        return event
    try:
        return TryRules(what_if(replace(trying, phrase=WHAT_IF)).inner)
    except Refused as refused:
        if unclear:
            raise unclear from refused
        if refused.refusal.code == "impact-missing":
            sample = "move SO-1042 +3d" if typed.is_english else "改期 SO-1042 推迟3天"
            raise typed.refused("try-missing", example=f"{tries.partition(' ')[2]} {sample}") from refused
        raise


def _edited(typed: Typed, edited: re.Match[str]) -> DraftSetting:
    value, begins = edited["value"] or "", None
    if dated := _FROM.fullmatch(value):
        value, begins = dated["value"], read_date(dated["zh"] or dated["en"], typed.today)
        if begins is None:
            raise _not_understood(typed)
    return DraftSetting(edited["target"], edited["key"] or "", value, begins, typed.reason)


def _not_understood(typed: Typed) -> Refused:
    return typed.refused("rule-command", example="停用 <编号>" if not typed.is_english else "off <id>")


def _spell_freeze(command: Freeze, say: Say) -> str:
    days = f"{command.first}~{command.last}"
    of_type = f"{say('类型', 'type')} {command.type}" if command.type else ""
    return spaced(command.scope, days, of_type, because(command.reason, say))


def _spell_draft(command: DraftSetting, say: Say) -> str:
    if not command.target:
        return say("新建", "new")
    begins = f"{say('从', 'from')} {command.begins}{say(' 起', '')}" if command.begins else ""
    reason = because(command.reason, say)
    return spaced(say("改", "edit"), command.target, command.key, command.value, begins, reason)


def _spell_switch(command: SwitchRule, say: Say) -> str:
    return spaced(say("启用", "on") if command.enabled else say("停用", "off"), command.rule)


FREEZE = Phrase(
    "冻结", "dj", "freeze",
    "冻结 <部门/类型/产品/全部> <起>~<止> [类型] [因为 <原因>]｜冻结 确认 <编号>｜冻结 查看",
    "freeze <department/type/product/all> <from>~<to> [type] [because <reason>]|freeze confirm <no>|freeze show",
    "冻结 生产部 下周一~下周五 因为 大促备货", "freeze all today~tomorrow because of the sale",
    "锁住一段日期的计划：先看会拦住哪些变更，确认后生效", "freezes a span of dates: you see what it holds first",
    read=freeze,
    spells={
        Freeze: _spell_freeze,
        Enforce: lambda window, say: f"{say('确认', 'confirm')} F-{window.number:03d}",
        ShowFences: lambda _, say: say("查看", "show"),
    },
    takes=Takes.NO_ITEM,
    also=("冻结 确认 F-001", "freeze confirm F-001"),
)  # fmt: skip
UNFREEZE = Phrase(
    "解冻", "jdg", "unfreeze",
    "解冻 <编号>", "unfreeze <no>",
    "解冻 F-001", "unfreeze F-001",
    "放开一个冻结窗", "lifts a freeze window",
    read=unfreeze, spells={Unfreeze: lambda window, say: f"F-{window.number:03d}"},
    aliases=("解除冻结",), takes=Takes.NO_ITEM,
)  # fmt: skip
RULES = Phrase(
    "规则", "gz", "rules",
    "规则｜规则 详情｜规则 停用/启用 <编号>｜规则 试算 <命令/事件>｜规则 新建｜规则 改 <编号/节> <项> <值>",
    "rules|rules details|rules on/off <id>|rules try <command/event>|rules new|rules edit <id/section> <key> <value>",
    "规则", "rules",
    "看变更按什么规则走；试算一条命令会触发哪条规则、一件事发生了哪些规则会动",
    "the trigger rules; tries which one a command would fire, and which would act on an event",
    read=rules,
    spells={
        ShowRules: lambda shown, say: say("详情", "details") if shown.details else "",
        SwitchRule: _spell_switch,
        DraftSetting: _spell_draft,
        TryRules: lambda tried, say: spaced(say("试算", "try"), spell_write(tried.inner, say)),
        TryEvent: lambda tried, say: spaced(say("试算", "try"), spell_event(tried, say)),
    },
    takes=Takes.NO_ITEM,
    also=("规则 试算 改期 SO-1042 推迟2天 因为 停机", "rules try move SO-1042 +2d because the line broke down"),
)  # fmt: skip
