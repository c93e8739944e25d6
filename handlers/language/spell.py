"""A command in its canonical words: what a person would type to mean exactly this."""

from decimal import Decimal

from handlers.language.baselines import KIND_WORDS
from handlers.language.commands import (
    NOW,
    Acks,
    Approve,
    Cancel,
    ChangeQuantity,
    Command,
    Compare,
    Delegate,
    Digest,
    Edge,
    Enforce,
    Extend,
    Freeze,
    Help,
    Modify,
    Move,
    NameBaseline,
    QueryPlan,
    Reject,
    Remind,
    Revise,
    SetDuration,
    SettleConflict,
    ShowConflicts,
    ShowFences,
    ShowRules,
    ShowShadow,
    Span,
    SwitchRule,
    Todo,
    Transfer,
    TryRules,
    Undo,
    Unfreeze,
    WhatIf,
    Why,
    Withdraw,
)  # fmt: skip
from handlers.language.conflicts import STANCE_WORDS
from handlers.language.verbs import spec_named
from planning.plan.link import LagKind

_SPAN_WORDS = {Span.TODAY: "今天", Span.THIS_WEEK: "本周", Span.NEXT_WEEK: "下周"}


def spell(command: Command) -> str:
    """`parse(spell(command), today)` gives the command back."""
    match command:
        case Move(item=item, to=to, pull=pull, reason=reason):
            place = _shift(command) if to is None else f"{'开始 ' if command.edge is Edge.START else ''}到 {to}"
            return _join("改期", item, place, "联动" if pull else "", _because(reason))
        case ChangeQuantity(item, amount, relative, unit, reason):
            sign = "+" if relative and amount >= 0 else ""
            return _join("改数量", item, f"{sign}{plain(amount)}{unit}", _because(reason))
        case SetDuration(item, days, relative, reason):
            return _join("改工期", item, f"{days:+}天" if relative else f"{days}天", _because(reason))
        case Cancel(item, reason):
            return _join("取消", item, _because(reason))
        case WhatIf(inner):
            return _join("影响", spell(inner))
        case QueryPlan(words, span):
            return _join("查计划", words, _SPAN_WORDS[span] if span else "")
        case Approve(no, comment):
            return _join("同意", no, comment)
        case Reject(no, reason, suggestion):
            return _join("驳回", no, _because(reason), f"建议 {suggestion}" if suggestion else "")
        case Modify(no, wish):
            return _join("要求修改", no, _because(wish))
        case Transfer(no, to, comment):
            return _join("转交", no, to, _because(comment))
        case Revise(no, inner):
            return _join("修改", no, spell(inner))
        case Withdraw(no, reason):
            return _join("撤回", no, _because(reason))
        case Undo(no, reason):
            return _join("撤销", no, _because(reason))
        case Extend(no, days):
            return _join("延长", no, f"{days}天")
        case Remind(no):
            return _join("催办", no)
        case Delegate(deputy, first, last, cancel):
            return _join("代理", "取消" if cancel else "", deputy, f"{first}~{last}" if first else "")
        case Todo(department):
            return _join("待办", department)
        case Why(words, days):
            return _join("为什么", words, f"最近{days}天" if days else "")
        case Acks(no):
            return _join("谁知道", no)
        case Digest(span, department):
            return _join("早会", _SPAN_WORDS[span], department)
        case NameBaseline(name, kind):
            return _join("基线", name, KIND_WORDS[kind] if name else "")
        case Compare(words):
            return _join("对比", *("现在" if word == NOW else word for word in words))
        case Freeze(scope, first, last, reason, type_):
            return _join("冻结", scope, f"{first}~{last}", type_, _because(reason))
        case Enforce(number):
            return f"冻结 确认 F-{number:03d}"
        case Unfreeze(number):
            return f"解冻 F-{number:03d}"
        case ShowFences():
            return "冻结 查看"
        case ShowRules():
            return "规则"
        case SwitchRule(rule, enabled):
            return _join("规则", "启用" if enabled else "停用", rule)
        case TryRules(inner):
            return _join("规则 试算", spell(inner))
        case ShowConflicts():
            return "冲突"
        case SettleConflict(no, wanted, other):
            return _join("冲突", no, other, STANCE_WORDS.get(wanted) or f"以 {wanted} 为准")
        case ShowShadow(days, place):
            return _join("影子 报告", place, f"最近{days}天" if days else "")
        case Help(topic):
            return _join("帮助", spec_named(topic).zh if topic else "")


def plain(amount: Decimal) -> str:
    """`3000` and `1.5`, never `3E+3`."""
    return f"{amount:f}"


def _shift(command: Move) -> str:
    days = command.shift or 0
    unit = "个自然日" if command.unit is LagKind.CALENDAR else "天"
    return f"{'提前' if days < 0 else '推迟'}{abs(days)}{unit}"


def _because(reason: str) -> str:
    return f"因为 {reason}" if reason else ""


def _join(*words: str) -> str:
    return " ".join(word for word in words if word)
