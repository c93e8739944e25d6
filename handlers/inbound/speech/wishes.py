"""Commands that may be meant by a wish: each whole, spelt as people type it, likeliest first."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from itertools import islice, product

from handlers.inbound.speech.administering import changes_of_people, logs_out, names_a_group, shows_oneself
from handlers.inbound.speech.heard import Heard
from handlers.inbound.speech.items import items_of
from handlers.inbound.speech.requests import requests_of
from handlers.language import (
    NOW,
    THIS,
    Acks,
    Approve,
    Cancel,
    ChangeQuantity,
    Command,
    Compare,
    Delegate,
    Digest,
    Edge,
    EffectOf,
    Extend,
    Freeze,
    LateItems,
    Modify,
    Move,
    NameBaseline,
    Pending,
    QueryPlan,
    Reject,
    Remind,
    Revise,
    Risks,
    SetDuration,
    ShowBaselines,
    ShowBudget,
    ShowConflicts,
    ShowLeaves,
    ShowRules,
    ShowShadow,
    Span,
    Todo,
    Transfer,
    TryRules,
    Undo,
    Unfreeze,
    WhatIf,
    Withdraw,
    Write,
)  # fmt: skip
from handlers.language.exceptions import MuteException, ShowExceptions
from handlers.language.following import RemindSupply
from handlers.language.issues import RaiseIssue, ShowIssues
from handlers.language.pages import SendLink
from handlers.language.passing_on import PassOn
from handlers.language.pictures import ShowBoard, ShowGantt
from handlers.language.readiness import ShowReadiness, When
from handlers.language.reads import HELP
from handlers.language.reporting import ShowDepartmentProgress, ShowProgress
from handlers.language.speech.days import Length, direction_of, period_in, share_in
from handlers.language.speech.intent import Intent
from handlers.language.splitting import Split
from planning.change.approval import still_theirs
from planning.plan.link import LagKind

REASON_HOLE = "<原因>"
_EAGER = 0.35
_NEEDS_REASON = (Move, ChangeQuantity, SetDuration, Cancel, Reject, Modify, MuteException)
_START = re.compile(
    r"开始|开工|开线|上线|启动|开[起干做](?:走|来)?(?![^，。]{0,3}会)|(?:[日号天]|[0-9])先?开(?=$|[，,。 ])"
    r"|start|begin|kick"
)
_LISTS = re.compile(r"哪些|列|看看|有哪|几个|清单|历史|list|which|show")
_BACK = re.compile(r"回来|返嚟|销假|提前回|取消|不请|i'?m back|back at")
_NO = re.compile(r"[不别没勿未莫冇唔甭]|n't|\bnot?\b|\bnever\b|\bdis")
_NO_MATTER = re.compile(
    r"(?:没有?|冇|无|木有)(?:什么|啥|其他)?(?:问题|意见|毛病|异议|所谓)|没啥|没事|不影响|不反对|不错|no\s+(?:problem|objection|issue)s?"
)
"""Words with a no in them that speak for it."""
_TAUGHT = 0.3
_AROUND = 3
_MOST = 3
_SHORTEST_REASON, _SHORTEST_IN_LETTERS = 3, 8


_TAKEN_AWAY = re.compile(
    "取[消肖]|砍|不[做要用干送搞]|删|撤|作废|停掉|拿掉|抹|黄了|甭|刪|砍掉|drop|cancel|remove|scrap|kill", re.IGNORECASE
)
"""Words without which the end of an item is not offered: a tap comes quickly."""
_YES = re.compile(r"同意|可以|没问题|好的|\b(?:ok|yes|approved?)\b|^行", re.IGNORECASE)
_HANDED_ON = re.compile("转|代|给|让|叫|请|換|换|由|hand|forward|pass|behalf|for me", re.IGNORECASE)


_ONLY_WITH: Mapping[Intent, re.Pattern[str]] = {
    Intent.LEAVE: re.compile(
        "假|休|出差|不在|代|顶|替|回来|返|离开|开会|培训|看病|生病|医院|有事|去|产检"
        r"|\b(?:off|leave|ooo|out|away|vacation|back|sick|cover)\b"
    ),
    Intent.SHADOW: re.compile("影子|旁路|试运行|对照|模拟|本来会|如果当时|shadow|dry|would have|pilot"),
    Intent.RULES: re.compile(
        "规|条件|标准|要谁|谁.{0,4}[批管签]|权限|几个人|凭|为什么要?.{0,6}[批审签]|审批"
        "|rule|polic|who (?:has|needs|must)"
    ),
    Intent.CONFLICTS: re.compile(
        "冲突|打架|撞|矛盾|抢|重叠|冲|同时|听谁|对不上|不一致|各说|conflict|clash|collid|overlap"
    ),
    Intent.UNDO: re.compile("撤|退|回|还原|恢复|反悔|算了|取消|undo|revert|back|restore|roll"),
    Intent.WITHDRAW: re.compile("撤|收回|退|不提|取消|作废|算了|不要|别|拿回|withdraw|pull|back|cancel|drop|retract"),
    Intent.FREEZE: re.compile(
        "冻|锁|封|停|别动|不动|不许|不准|不能动|别改|不让|稳住|钉|固定|freez|lock|hold|no changes?|don.?t touch"
    ),
    Intent.UNFREEZE: re.compile("冻|锁|解|放开|打开|开了|恢复|能动|可以动|取消|freez|lock|lift|open"),
    Intent.READY: re.compile("齐|够|缺|料|备|图纸|ready|material|short|enough|missing"),
    Intent.EXCEPTIONS: re.compile("异常|问题|不对|不正常|毛病|exception|issue|wrong|alert"),
    Intent.LINK: re.compile("链|网页|页面|网址|地址|登录|浏览|入口|link|page|url|log ?in|browser"),
    Intent.BOARD: re.compile("看板|状态|图|情况|board|kanban"),
    Intent.GANTT: re.compile("甘特|图|排期|时间[轴表]|gantt|timeline|chart"),
    Intent.SPLIT: re.compile("拆|分|先[做发交出干]|切|批|split|lot|batch"),
    Intent.MUTE: re.compile(
        "静音|提醒|提示|弹|响|通知|[推发催]了|烦|闹|叮|[压关]|ex[-_ ]?[0-9]|mute|snooze|remind|notif|ping"
    ),
    Intent.EFFECT: re.compile("影响|波及|牵|连|动|图|画|范围|effect|impact|touch"),
    Intent.RELAY: re.compile("转|告|说|讲|话|让|请|托|权限|改不了|提不了|ask|tell|pass|relay"),
    Intent.PEOPLE: re.compile(
        "谁|人|名单|审批|角色|权限|账号|帐号|离职|停用|启用|走了|调|转|管理员|计划员"
        "|who|people|role|account|department"
    ),
    Intent.WHOAMI: re.compile("我|俺|咱|my|me|i |am"),
    Intent.BIND: re.compile("群|绑|bind|group|chat"),
    Intent.BUDGET: re.compile("额度|预算|接口|调用|次|api|平台|用量|quota|budget|call"),
    Intent.LOGOUT: re.compile("退|登|下线|踢|断开|注销|会话|log|sign|session"),
    Intent.SETTINGS: re.compile("设|配置|参数|改|时间|版|调|setting|config"),
    Intent.SYNC: re.compile("同步|通讯录|架构|更新|拉|刷|导入|人员|sync|import|directory|contact"),
}
"""Words of what is rarely wished: a sentence with none of them is offered something else."""


def is_against(intent: Intent, heard: Heard) -> bool:
    """Check whether the words speak against a wish that takes something away or gives it out of one's hands. What this
    company's people have called otherwise needs no other word."""
    said = heard.spoken
    if (words := _ONLY_WITH.get(intent)) and not words.search(said) and heard.votes().get(intent, 0.0) < _TAUGHT:
        return True
    match intent:
        case Intent.CANCEL:
            return not _TAKEN_AWAY.search(said)
        case Intent.REJECT:
            return bool(_YES.search(said)) and not _NO.search(_NO_MATTER.sub("", said))
        case Intent.TRANSFER:
            return bool(_YES.search(said)) and not _HANDED_ON.search(said)
    return False


_HANGS_ON = re.compile(
    r"(?:不过|但是?|只是|就是)[^。]{0,4}(?:得|要|先|等|必须)|前提|除非|只要[^。]{1,20}就|如果|要是"
    r"|\b(?:as long as|provided|unless|only if|once)\b"
)
"""A yes that hangs on something is none."""
_DECIDING = re.compile(r"同意|[批签审]|点头|拍板|approv|sign")
_ABOUT_ONE = re.compile(
    r"影响|牵扯|波及|动到|连累|(?:分别)?(?:是|都是|讲|说)(?:个)?(?:啥|什么|么子|哪些)|什么(?:单|内容|情况)|详情"
    r"|\b(?:what (?:is|are|does)|what.s|affects?)\b"
)


def shown_of(heard: Heard) -> list[str]:
    """What requests that are named would do, where that is asked."""
    if not heard.changes or not _ABOUT_ONE.search(heard.spoken):
        return []
    return [_spelt(heard, EffectOf(no)) for no in requests_of(heard)]


def commands_for(intent: Intent, heard: Heard) -> list[str]:
    """At most three commands; a `<hole>` stands where something is still to be said."""
    wanted = _WISHES.get(intent)
    if is_against(intent, heard):
        return []
    return list(islice(dict.fromkeys(wanted(heard) if wanted else ()), _MOST))


def _look(heard: Heard) -> Iterator[str]:
    items = items_of(heard, or_this=False, as_said=True)
    span = _span(heard)
    if items and (heard.codes or not heard.departments):
        yield from (_spelt(heard, QueryPlan(item)) for item in items)
    elif heard.departments:
        yield from (_spelt(heard, QueryPlan(department.name, span)) for department in heard.departments)
    else:
        yield _spelt(heard, QueryPlan("", span))


def _progress(heard: Heard) -> Iterator[str]:
    """How far an item is; what is on, where none is named."""
    items = items_of(heard, or_this=False)
    if not heard.codes and _BY_DEPARTMENT.search(heard.spoken):
        yield from _spelt_of_departments(heard)
    yield from (_spelt(heard, ShowProgress(item)) for item in items if "-" in item)
    if not items:
        yield from _spelt_of_departments(heard)
    yield from _look(heard)


_BY_DEPARTMENT = re.compile("各部门|每个部门|哪个部门|按部门|部门|by department|each department")


def _spelt_of_departments(heard: Heard) -> Iterator[str]:
    span = _span(heard)
    for name in [department.name for department in heard.departments] or [""]:
        yield _spelt(heard, ShowDepartmentProgress(name, span))


def _span(heard: Heard) -> Span | None:
    period = period_in(heard.spoken, heard.days, heard.today)
    if period is None:
        return None
    today = heard.today
    if period == (today, today):
        return Span.TODAY
    weeks = (period[1] - today + timedelta(days=today.weekday())).days // 7
    return {0: Span.THIS_WEEK, 1: Span.NEXT_WEEK}.get(weeks)


def _moves(heard: Heard) -> Iterator[Write]:
    edge = Edge.START if _START.search(heard.spoken) else Edge.FINISH
    reason = _reason(heard)
    items = items_of(heard)
    lengths = _lengths(heard)
    shifts = [shift for length in lengths for shift in _shifts(heard, length)]
    days = [Move("", to=day, edge=edge) for day in _days(heard)]
    if lengths and _is_moved(heard, lengths[0]) and not any(_is_target(heard, day.start) for day in heard.days):
        wanted = [*shifts, *days]
    else:
        wanted = [*days, *shifts]
    ways = list(product(wanted, items))
    if wanted and any(len(day.choices) > 1 for day in heard.days):
        ways.sort(key=lambda way: items.index(way[1]))  # which day it is, before which item
    for wish, item in ways:
        yield replace(wish, item=item, reason=reason)


def _shifts(heard: Heard, length: Length) -> Iterator[Move]:
    sign = direction_of(heard.spoken, length)
    unit = LagKind.CALENDAR if length.in_weeks else LagKind.WORKING
    yield Move("", shift=length.days * (sign or 1), unit=unit)
    if not sign:
        yield Move("", shift=-length.days, unit=unit)


def _lengths(heard: Heard) -> list[Length]:
    """With words for earlier or later beside them first, then what was said last."""
    return sorted(heard.lengths, key=lambda length: (not _is_moved(heard, length), -length.start))[:2]


def _is_moved(heard: Heard, length: Length) -> bool:
    around = heard.spoken[max(0, length.start - _AROUND - 1) : length.end + _AROUND]
    return direction_of(around, Length(0, len(around), length.days)) != 0


def _days(heard: Heard) -> Iterator[date]:
    """The days that may be meant: those said last first, with all that each may mean."""
    today = heard.today
    ranked = sorted(
        heard.days,
        key=lambda one: (
            _was(heard, one.start), not _is_target(heard, one.start), one.choices[-1] <= today, -one.start
        ),
    )  # fmt: skip
    for day in ranked[:2]:
        yield from (choice for choice in day.choices if choice >= today)


def _was(heard: Heard, start: int) -> bool:
    return bool(re.search(r"(?:不是|原来|原定|本来|\bnot(?: the)?)\s*$", heard.spoken[:start]))


def gone(heard: Heard) -> str:
    """The day that has passed to which something is to be moved; empty: there is none, or another one."""
    passed = [day for day in heard.days if _is_target(heard, day.start) and day.choices[-1] < heard.today]
    ahead = any(day.choices[-1] >= heard.today for day in heard.days)
    return heard.said[passed[-1].start : passed[-1].end] if passed and not ahead and not heard.lengths else ""


def _is_target(heard: Heard, start: int) -> bool:
    return bool(re.search(r"(?:到|至|成|为|去|改|挪|定|放|排|to|by|until|for|on)\s*(?:the\s+)?$", heard.spoken[:start]))


def _quantities(heard: Heard) -> Iterator[Write]:
    yield from _shares(heard)
    for item, amount in product(_countable(heard), heard.amounts[:2]):
        value = amount.amount * (amount.sign or 1)
        yield ChangeQuantity(item, value, relative=bool(amount.sign), reason=_reason(heard))


def _countable(heard: Heard) -> list[str]:
    """The items that may be meant; those the plan has a quantity of first."""
    items = heard.turn.plan().items if heard.turn.uow.plans.exists() else {}
    return sorted(items_of(heard), key=lambda code: code in items and items[code].quantity is None)


def _shares(heard: Heard) -> Iterator[Write]:
    """`多订一成`: so much of what the plan says, where that is a whole number."""
    share = share_in(heard.spoken)
    items = heard.turn.plan().items if share is not None and heard.turn.uow.plans.exists() else {}
    for item in _countable(heard):
        was = items[item].quantity if item in items else None
        if share is not None and was and (wanted := was * (1 + share)) == wanted.to_integral_value():
            yield ChangeQuantity(item, wanted, reason=_reason(heard))


def _durations(heard: Heard) -> Iterator[Write]:
    ranked = sorted(heard.lengths, key=lambda one: (not _is_duration(heard, one), -one.start))
    for item, length in product(items_of(heard), ranked[:2]):
        days = length.days // 7 * 5 if length.in_weeks else length.days
        yield SetDuration(item, days, reason=_reason(heard))


def _is_duration(heard: Heard, length: Length) -> bool:
    before = heard.spoken[: length.start]
    return bool(re.search(r"(?:改|要|得|至少|最少|写|只要|成|为|需|to|at least|needs?)\s*$", before))


def _cancels(heard: Heard) -> Iterator[Write]:
    yield from (Cancel(item, _reason(heard)) for item in items_of(heard))


def _changes(heard: Heard) -> Iterator[Write]:
    """Whatever change of the plan the values speak for."""
    if re.search(r"取消|砍|不[做搞要]了?|删|drop|cancel", heard.spoken):
        yield from _cancels(heard)
    if heard.amounts:
        yield from _quantities(heard)
    yield from _moves(heard)


def put_to(heard: Heard) -> Heard:
    """What was heard, with no other values than those to which something is to be put: 周五才到料，推迟4天."""
    return replace(
        heard,
        days=tuple(day for day in heard.days if _is_target(heard, day.start)),
        lengths=tuple(length for length in heard.lengths if _is_moved(heard, length) or _is_duration(heard, length)),
        amounts=tuple(
            amount for amount in heard.amounts if amount.sign or amount.unit or _is_target(heard, amount.start)
        ),
    )


def changes_of(heard: Heard, item: str) -> list[Write]:
    """What the values speak for, of this item."""
    found = list(_durations(heard)) if _LASTS.search(heard.spoken) else [*_quantities(heard), *_moves(heard)]
    return [replace(command, item=item) for command in found]


_LASTS = re.compile(r"工期|工时|\bduration|\blasts?\b")


def _what_if(heard: Heard) -> Iterator[str]:
    for inner in _changes(heard):
        yield _spelt(heard, WhatIf(replace(inner, reason="")))


def _writes(made: Callable[[Heard], Iterator[Write]]) -> Callable[[Heard], Iterator[str]]:
    return lambda heard: (_spelt(heard, command) for command in made(heard))


def _approve(heard: Heard) -> Iterator[str]:
    if _NO.search(_NO_MATTER.sub("", heard.spoken)):
        return  # whoever says no is never offered a yes
    if not _HANGS_ON.search(heard.spoken):
        yield from (_spelt(heard, Approve(no)) for no in requests_of(heard, asked=True))
    yield from _who_decides(heard)


def _reject(heard: Heard) -> Iterator[str]:
    yield from (_spelt(heard, Reject(no, _reason(heard))) for no in requests_of(heard, asked=True))
    yield from _who_decides(heard)


def _modify(heard: Heard) -> Iterator[str]:
    wish = _reason(heard) or _wish(heard)
    yield from (_spelt(heard, Modify(no, wish)) for no in requests_of(heard, asked=True))
    yield from _who_decides(heard)


def _who_decides(heard: Heard) -> Iterator[str]:
    """To somebody who is not asked: who is."""
    deputies = heard.turn.deputies()
    named = [heard.turn.uow.changes.get(no) for no in (requests_of(heard, asked=True) if heard.changes else ())]
    others = [change for change in named if change and not still_theirs(change, heard.ask.person.id, deputies)]
    yield from (_spelt(heard, Acks(change.no)) for change in others)
    if not heard.changes and _DECIDING.search(heard.spoken) and not requests_of(heard, asked=True):
        yield _spelt(heard, Pending())


def _wish(heard: Heard) -> str:
    """What to propose instead, as said: all of it but the request's number."""
    last = max((span.end for span in heard.taken if span in heard.taken[: len(heard.changes)]), default=0)
    return heard.said[last:].strip(" ,，。.:：号单张")


def _transfer(heard: Heard) -> Iterator[str]:
    for no in requests_of(heard, asked=True):
        people = [person.name for person in heard.people if person != heard.ask.person]
        yield from (_spelt(heard, Transfer(no, name)) for name in people or ["<姓名>"])


def _revise(heard: Heard) -> Iterator[str]:
    for no in requests_of(heard, mine=True) or [THIS]:
        for inner in changes_of(heard, _item_of(heard, no)):
            yield _spelt(heard, Revise(no, inner))


def _item_of(heard: Heard, no: str) -> str:
    if heard.codes:
        return heard.codes[0]
    change = heard.turn.uow.changes.get(no)
    return change.operations[0].item if change else THIS


def _withdraw(heard: Heard) -> Iterator[str]:
    return (_spelt(heard, Withdraw(no)) for no in requests_of(heard, mine=True) or [THIS])


def _undo(heard: Heard) -> Iterator[str]:
    return (_spelt(heard, Undo(no)) for no in requests_of(heard, in_effect=True))


def _extend(heard: Heard) -> Iterator[str]:
    yield from _extensions(heard)
    yield from _who_decides(heard)


def _extensions(heard: Heard) -> Iterator[str]:
    days = heard.lengths[-1].days if heard.lengths else 0
    if not days and heard.days:
        until = heard.days[-1].choices[0]
        days = max(1, heard.turn.calendar.between(heard.today, until))
    return (_spelt(heard, Extend(no, days or 1)) for no in requests_of(heard, asked=True))


def _remind(heard: Heard) -> Iterator[str]:
    """Of the requests that may be meant the speaker's own first."""
    supplies = [RemindSupply(code) for code in items_of(heard, or_this=False)[:2] if "-" in code]
    wanted = [Remind(no) for no in requests_of(heard, mine=True) or requests_of(heard)]
    both = [*supplies, *wanted] if supplies and not heard.changes else [*wanted, *supplies]
    yield from (_spelt(heard, one) for one in both)


def _acks(heard: Heard) -> Iterator[str]:
    return (_spelt(heard, Acks(no)) for no in requests_of(heard))


def _todo(heard: Heard) -> Iterator[str]:
    yield _spelt(heard, Todo())


def _why(heard: Heard) -> Iterator[str]:
    for no in heard.changes and requests_of(heard):
        if item := _item_of(heard, no).replace(THIS, ""):
            yield f"为什么 {item}"
        yield _spelt(heard, EffectOf(no))
    for item in items_of(heard, or_this=False, as_said=True):
        yield f"为什么 {item}"
    yield from (f"为什么 {department.name}" for department in heard.departments)
    yield "为什么"


def _digest(heard: Heard) -> Iterator[str]:
    yield from (_spelt(heard, Digest(department=department.name)) for department in heard.departments)
    yield _spelt(heard, Digest())


_LATE = re.compile(r"[晚误]|逾期|超期|拖|延误|\b(?:late|overdue|delayed)\b")
_WAITING = re.compile(r"[批签审卡压等]|\b(?:pending|waiting)\b")
_RISKY = re.compile(r"风险|出事|岔子|出问题|悬|\brisk")


def _overview(heard: Heard) -> Iterator[str]:
    """The whole, or of it what will be late, who has not decided, what may go wrong: as they ask."""
    places = [department.name for department in heard.departments[:1]]
    if _LATE.search(heard.spoken):
        yield from (_spelt(heard, LateItems(place)) for place in places or [""])
    if _WAITING.search(heard.spoken):
        yield _spelt(heard, Pending())
    if _RISKY.search(heard.spoken):
        yield _spelt(heard, Risks(_span(heard) or Span.THIS_WEEK))
    yield from _overall(heard)


def _overall(heard: Heard) -> Iterator[str]:
    name = next((name for name in ("总览", "早会") if name in heard.turn.vocabulary.by_name), "")
    yield from (f"{name} {department.name}" for department in heard.departments)
    yield name


def _baseline(heard: Heard) -> Iterator[str]:
    if name := heard.name():
        yield _spelt(heard, NameBaseline(name))
    if _LISTS.search(heard.spoken):
        yield _spelt(heard, ShowBaselines())
    yield "基线 <名称>"


def _compare(heard: Heard) -> Iterator[str]:
    departments = tuple(department.name for department in heard.departments[:1])
    name = heard.name()
    yield _spelt(heard, Compare((name, NOW, *departments) if name else departments))
    yield _spelt(heard, Compare())


def _board(heard: Heard) -> Iterator[str]:
    for department in heard.departments[:1]:
        yield _spelt(heard, ShowBoard(department.name))
    yield _spelt(heard, ShowBoard())


def _gantt(heard: Heard) -> Iterator[str]:
    for item in items_of(heard, or_this=False)[:2]:
        yield _spelt(heard, ShowGantt(item))
    for department in heard.departments[:1]:
        yield _spelt(heard, ShowGantt(department.name))
    yield _spelt(heard, ShowGantt())


def _ready(heard: Heard) -> Iterator[str]:
    when = _when(heard)
    asked = [ShowReadiness(item) for item in items_of(heard, or_this=False)[:2]]
    asked += [ShowReadiness(department.name) for department in heard.departments[:1]]
    asked.insert(1 if when else len(asked), ShowReadiness(when=when))
    yield from (_spelt(heard, one) for one in asked)


def _when(heard: Heard) -> When | None:
    tomorrow = heard.today + timedelta(days=1)
    if period_in(heard.spoken, heard.days, heard.today) == (tomorrow, tomorrow):
        return When.TOMORROW
    span = _span(heard)
    return When(span.value) if span else None


def _exceptions(heard: Heard) -> Iterator[str]:
    yield from (_spelt(heard, ShowExceptions(item)) for item in items_of(heard, or_this=False)[:2])
    yield from (_spelt(heard, ShowExceptions(department.name)) for department in heard.departments[:1])
    yield _spelt(heard, ShowExceptions())


_NUMBERED = re.compile(r"ex[-_ ]?([0-9]{1,6})")


def _mute(heard: Heard) -> Iterator[str]:
    """By its number, by the item it is about; else its number is asked for, and what there is stands beside."""
    said = [int(one[1]) for one in _NUMBERED.finditer(heard.spoken)]
    items = items_of(heard, or_this=False)
    numbers = said or [one.number for one in heard.turn.uow.exceptions.open_ones() if one.key.item in items][:2]
    days = heard.lengths[0].days if heard.lengths else None
    if days is None and (period := period_in(heard.spoken, heard.days, heard.today)):
        days = max(1, heard.turn.calendar.between(heard.today, period[1]))
    yield from (_spelt(heard, MuteException(number, days, _reason(heard))) for number in numbers)
    if not numbers:
        yield f"静音 <异常号>{f' {days}天' if days else ''} 因为 {REASON_HOLE}"
        yield from _exceptions(heard)


def _split(heard: Heard) -> Iterator[str]:
    """So many pieces first, or at a day; the rest from the day that is said of it."""
    items, reason = items_of(heard), _reason(heard)
    days = [choice for day in heard.days for choice in day.choices if choice > heard.today]
    for item in items:
        for amount in heard.amounts[:1]:
            yield _spelt(heard, Split(item, None, days[0] if days else None, reason, amount.amount))
        if days:
            yield _spelt(heard, Split(item, days[0], None, reason))
    if not (heard.amounts or days):
        yield from (f"拆分 {item} 先做 <数量>" for item in items)


def _effect(heard: Heard) -> Iterator[str]:
    yield from (_spelt(heard, EffectOf(no)) for no in requests_of(heard))


def _relay(heard: Heard) -> Iterator[str]:
    """To whom they name, else to whom may."""
    names = [person.name for person in heard.people if person != heard.ask.person] or ["<姓名>"]
    for name, inner in product(names, _wanted_of(heard)):
        yield _spelt(heard, PassOn(name, inner))


def _wanted_of(heard: Heard) -> list[Write]:
    return [*islice(_changes(heard), _MOST)]


def _feedback(heard: Heard) -> Iterator[str]:
    yield _spelt(heard, RaiseIssue(heard.said))
    yield _spelt(heard, ShowIssues())


def _budget(heard: Heard) -> Iterator[str]:
    yield _spelt(heard, ShowBudget())


def _named(command: str) -> Callable[[Heard], Iterator[str]]:
    """The command, where there is one of its name."""
    return lambda heard: iter([command] if command.split(" ")[0] in heard.turn.vocabulary.by_name else [])


def _link(heard: Heard) -> Iterator[str]:
    yield _spelt(heard, SendLink())


def _conflicts(heard: Heard) -> Iterator[str]:
    yield _spelt(heard, ShowConflicts())


def _leave(heard: Heard) -> Iterator[str]:
    others = [person.name for person in heard.people if person != heard.ask.person]
    name = others[-1] if others else ""
    if _BACK.search(heard.spoken):
        yield _spelt(heard, Delegate(cancel=True))
    if period := _period(heard):
        yield _spelt(heard, Delegate(name, *period))
    elif re.search(r"[下上]午|今|今晚|一阵|afternoon|morning", heard.spoken):
        yield _spelt(heard, Delegate(name, heard.today, heard.today))
    elif name:
        yield f"代理 {name} <起>~<止>"
    yield _spelt(heard, ShowLeaves())


def _period(heard: Heard) -> tuple[date, date] | None:
    """The days said; a length alone begins today, beside one day on that day."""
    period = period_in(heard.spoken, heard.days, heard.today)
    if not heard.lengths:
        return period
    if period and period[0] != period[1]:
        return period
    first = period[0] if period else heard.today
    length = heard.lengths[0]
    last = first + timedelta(days=length.days - 1)
    return first, last


_UNTIL = re.compile(r"(?:冻|锁|停|封|别动|不动|不许动)[^，。]{0,6}[到至]|\b(?:until|till|through)\b")
"""With a last day alone it begins today."""


def _freeze(heard: Heard) -> Iterator[str]:
    scopes = [department.name for department in heard.departments] or items_of(heard, or_this=False)
    for scope in scopes or ["<部门>"]:
        if period := _period(heard):
            if _UNTIL.search(heard.spoken) and period[0] == period[1]:
                period = (heard.today, period[1])
            yield _spelt(heard, Freeze(scope, *period, reason=heard.part("reason", 0.0)))
        else:
            yield f"冻结 {scope} <起>~<止>"


def _unfreeze(heard: Heard) -> Iterator[str]:
    windows = heard.turn.uow.fences.enforced()
    scopes = {*(department.id for department in heard.departments), *heard.codes}
    named = bool(scopes) or items_of(heard, or_this=False)
    fitting = [window for window in windows if scopes & {*window.fence.scope.departments, *window.fence.scope.products}]
    yield from (_spelt(heard, Unfreeze(window.number)) for window in (fitting if named else windows)[:2])
    yield "冻结 查看"


_TRIED = re.compile(r"试算|试一?[试下]|先算|模拟|走几级|触发|\bdry[ -]?run|\btry\b|哪[条些个]规则|经过谁|要谁批|谁批")


def _rules(heard: Heard) -> Iterator[str]:
    """Which of them a change would meet, where one is spoken of; else all of them."""
    if heard.lengths or heard.amounts or (heard.days and _TRIED.search(heard.spoken)):
        yield from (_spelt(heard, TryRules(replace(one, reason=""))) for one in _wanted_of(heard)[:2])
    yield _spelt(heard, ShowRules())


def _shadow(heard: Heard) -> Iterator[str]:
    yield _spelt(heard, ShowShadow())


def _help(heard: Heard) -> Iterator[str]:
    yield HELP.zh


def _reason(heard: Heard) -> str:
    """The reason, as far as words can be made out; no scrap of one."""
    reason = heard.part("reason", _EAGER)
    shortest = _SHORTEST_IN_LETTERS if reason.isascii() else _SHORTEST_REASON
    return reason if len(reason) >= shortest else ""


def _spelt(heard: Heard, command: Command) -> str:
    """The command in words, with a hole for the reason that it lacks."""
    text = heard.turn.vocabulary.spell(command)
    lacks = isinstance(command, _NEEDS_REASON) and not (
        command.wish if isinstance(command, Modify) else command.reason
    )
    return f"{text} 因为 {REASON_HOLE}" if lacks else text


_WISHES: Mapping[Intent, Callable[[Heard], Iterator[str]]] = {
    Intent.LOOK: _look,
    Intent.PROGRESS: _progress,
    Intent.BOARD: _board,
    Intent.GANTT: _gantt,
    Intent.READY: _ready,
    Intent.EXCEPTIONS: _exceptions,
    Intent.LINK: _link,
    Intent.MOVE: _writes(_moves),
    Intent.QUANTITY: _writes(_quantities),
    Intent.DURATION: _writes(_durations),
    Intent.CANCEL: _writes(_cancels),
    Intent.WHAT_IF: _what_if,
    Intent.APPROVE: _approve,
    Intent.REJECT: _reject,
    Intent.MODIFY: _modify,
    Intent.TRANSFER: _transfer,
    Intent.REVISE: _revise,
    Intent.WITHDRAW: _withdraw,
    Intent.UNDO: _undo,
    Intent.EXTEND: _extend,
    Intent.REMIND: _remind,
    Intent.TODO: _todo,
    Intent.WHY: _why,
    Intent.ACKS: _acks,
    Intent.DIGEST: _digest,
    Intent.OVERVIEW: _overview,
    Intent.BASELINE: _baseline,
    Intent.COMPARE: _compare,
    Intent.CONFLICTS: _conflicts,
    Intent.LEAVE: _leave,
    Intent.FREEZE: _freeze,
    Intent.UNFREEZE: _unfreeze,
    Intent.RULES: _rules,
    Intent.SHADOW: _shadow,
    Intent.HELP: _help,
    Intent.SPLIT: _split,
    Intent.MUTE: _mute,
    Intent.EFFECT: _effect,
    Intent.RELAY: _relay,
    Intent.PEOPLE: changes_of_people,
    Intent.WHOAMI: shows_oneself,
    Intent.BIND: names_a_group,
    Intent.BUDGET: _budget,
    Intent.LOGOUT: logs_out,
    Intent.FEEDBACK: _feedback,
    Intent.SETTINGS: _named("设置"),
    Intent.SYNC: _named("同步 通讯录"),
}
