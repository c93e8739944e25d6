"""查计划, 待办, 为什么, 早会, 影子 and 帮助: the commands that only show something."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from handlers.language.values.numbers import COUNT, number
from handlers.language.values.objects import subject, without_courtesy
from handlers.language.values.periods import MOST_DAYS
from handlers.language.vocabulary import Command, Phrase, Say, Takes, Typed, spaced, this_or


class Span(StrEnum):
    TODAY = "today"
    THIS_WEEK = "this_week"
    NEXT_WEEK = "next_week"


@dataclass(frozen=True, slots=True)
class QueryPlan(Command):
    """`words`: a code, product, title or department; empty: the asker's department."""

    words: str = ""
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Todo(Command):
    """`department` as typed; empty: what waits for the asker; EVERYBODY: all that waits."""

    department: str = ""


@dataclass(frozen=True, slots=True)
class Why(Command):
    """`days`: only revisions of the last so many days; None: all."""

    words: str
    days: int | None = None


@dataclass(frozen=True, slots=True)
class WhyChanged(Command):
    """Ask why the plan changed, whichever item: in the last `days`; None: as far back as it looks by itself."""

    days: int | None = None


@dataclass(frozen=True, slots=True)
class Digest(Command):
    """`department` as typed; empty: that of the group asked in."""

    span: Span = Span.TODAY
    department: str = ""


@dataclass(frozen=True, slots=True)
class ShowShadow(Command):
    """Ask what shadow mode would have refused and asked in the last `days`; None: as far back as it looks by itself.
    `place`: a department or product as typed; empty: all of them."""

    days: int | None = None
    place: str = ""


@dataclass(frozen=True, slots=True)
class Help(Command):
    """`topic` is a phrase's key, or EVERYTHING; empty: what the asker needs most."""

    topic: str = ""


SPAN_WORDS = {Span.TODAY: "今天", Span.THIS_WEEK: "本周", Span.NEXT_WEEK: "下周"}
_SPANS: Mapping[str, Span] = {
    "今天": Span.TODAY, "今日": Span.TODAY, "today": Span.TODAY,
    "本周": Span.THIS_WEEK, "这周": Span.THIS_WEEK, "这个星期": Span.THIS_WEEK, "this week": Span.THIS_WEEK,
    "下周": Span.NEXT_WEEK, "下个星期": Span.NEXT_WEEK, "next week": Span.NEXT_WEEK,
}  # fmt: skip
_SPAN_AT_END = re.compile(rf"(?:^|(?<=\s)|(?<=[^A-Za-z]))({'|'.join(_SPANS)})(?:的?计划)?$", re.IGNORECASE | re.ASCII)
_SPAN_AT_START = re.compile(rf"({'|'.join(_SPANS)})(?![A-Za-z])(?:的(?=\S))?", re.IGNORECASE | re.ASCII)
_ME = {"", "我", "我的", "me", "mine"}
EVERYBODY, _ALL = "全部", {"全部", "所有", "所有人", "大家", "all", "everybody", "everyone"}
EVERYTHING, _TABLE = "all", {"全部", "所有", "命令", "all", "everything", "commands"}
_THE_PLAN = {"", "计划", "整个计划", "the plan", "plan", "our plan"}
_LAST_DAYS = re.compile(
    rf"\s*(?:最近|近|过去|last|past)?\s*(?<![A-Za-z0-9_-])(?P<n>{COUNT})\s*(?:(?P<days>天|日|days?|d)|(?P<weeks>个?(?:周|星期|礼拜)|weeks?|w))(?:内|以内)?$",
    re.IGNORECASE,
)
_CHANGED = re.compile(
    r"(?:又|老|总是?)?(?:变|改|动|晚|延|延期|推迟|提前)了(?:呢|啊)?$|\s+(?:moved|changed|late)$", re.IGNORECASE
)
_REPORT = re.compile(r"\s*(?:报告|查看|看|report\b|show\b)?\s*(?P<place>\S*)\s*", re.IGNORECASE)
_SWITCH = re.compile(r"关闭?|开启?|启用|停用|打开|on|off", re.IGNORECASE)
"""Shadow mode is switched in the settings, not by word."""


def query_plan(typed: Typed) -> QueryPlan:
    words, span = span_of(typed.rest)
    return QueryPlan(subject(words), span)


def todo(typed: Typed) -> Todo:
    words = typed.rest.removesuffix("的").strip()
    if words.lower() in _ALL:
        return Todo(EVERYBODY)
    return Todo("" if words.lower() in _ME else words)


def digest(typed: Typed) -> Digest:
    words, span = span_of(typed.rest)
    return Digest(span or Span.TODAY, words)


def why(typed: Typed) -> Why | WhyChanged:
    """Of one item, or of the plan where none is named."""
    rest, days = last_days(typed.rest)
    words = subject(_CHANGED.sub("", rest.strip()).strip())
    return WhyChanged(days) if words.lower() in _THE_PLAN else Why(words, days)


def ask_help(typed: Typed) -> Help:
    """The command asked about in any of its names, or all of them; anything else: what the asker needs most."""
    words = typed.rest.lower()
    phrase = typed.vocabulary.by_name.get(words)
    return Help(phrase.english if phrase else EVERYTHING if words in _TABLE else "")


def shadow(typed: Typed) -> ShowShadow:
    """`影子`, `影子 报告 最近7天`, `影子 采购部`. Raises `shadow-command`."""
    rest, days = last_days(typed.rest)
    asked = _REPORT.fullmatch(rest)
    if asked is None or _SWITCH.fullmatch(asked["place"]):
        raise typed.refused("shadow-command", example="report last 7 days" if typed.is_english else "报告 最近7天")
    return ShowShadow(days, asked["place"])


def last_days(rest: str) -> tuple[str, int | None]:
    """`最近7天`, `last 2 weeks` at the end of the words, and the words without it; None: not said."""
    rest = without_courtesy(rest)
    if (last := _LAST_DAYS.search(rest)) and (count := number(last["n"])) is not None:
        wanted = count * (7 if last["weeks"] else 1)
        return rest[: last.start()], min(MOST_DAYS, max(1, int(wanted)))
    return rest, None


def span_of(rest: str) -> tuple[str, Span | None]:
    """A time word at either end of the words, and the words without it."""
    rest = without_courtesy(rest)
    if found := _SPAN_AT_END.search(rest):
        return rest[: found.start()].strip(), _SPANS[found[1].lower()]
    if found := _SPAN_AT_START.match(rest):
        return rest[found.end() :].strip(), _SPANS[found[1].lower()]
    return rest, None


def _spell_todo(command: Todo, say: Say) -> str:
    return say(EVERYBODY, "all") if command.department == EVERYBODY else command.department


def span_word(span: Span, say: Say) -> str:
    return say(SPAN_WORDS[span], span.value.replace("_", " "))


def _spell_query(command: QueryPlan, say: Say) -> str:
    return spaced(this_or(command.words, say), span_word(command.span, say) if command.span else "")


def _spell_shadow(command: ShowShadow, say: Say) -> str:
    return spaced(say("报告", "report"), command.place, _last(command.days, say))


def _last(days: int | None, say: Say) -> str:
    return say(f"最近{days}天", f"last {days} days") if days else ""


QUERY_PLAN = Phrase(
    "查计划", "jh", "plan",
    "查计划 <单号/产品/部门> [本周|下周]", "plan <code/product/department> [this week|next week]",
    "查计划 SO-1042", "plan SO-1042",
    "看一个单子、产品或部门排在哪天、什么状态、归谁管", "shows where an item, product or department stands",
    read=query_plan,
    spells={QueryPlan: _spell_query},
    aliases=("看计划", "查一下计划"),
    also=("查计划 生产部 下周", "plan production next week"),
)  # fmt: skip
TODO = Phrase(
    "待办", "db", "todo",
    "待办 [我|部门|全部]", "todo [me|department|all]",
    "待办", "todo",
    "看还有什么等你或一个部门决定", "what waits for you or a department",
    read=todo, spells={Todo: _spell_todo}, takes=Takes.NO_ITEM,
    also=("待办 生产部", "todo production"),
)  # fmt: skip
WHY = Phrase(
    "为什么", "wsm", "why",
    "为什么 [单号/产品] [最近N天]", "why [code/product] [last N days]",
    "为什么 SO-1042 最近7天", "why SO-1042 last 7 days",
    "看计划为什么变：谁、何时、原因、谁批的", "why the plan changed: who, when, the reason, who approved",
    read=why,
    spells={
        Why: lambda asked, say: spaced(this_or(asked.words, say), _last(asked.days, say)),
        WhyChanged: lambda asked, say: _last(asked.days, say),
    },
    also=("为什么 最近3天", "why last 3 days"),
)  # fmt: skip
DIGEST = Phrase(
    "早会", "zh", "digest",
    "早会 [今天|本周|下周] [部门]", "digest [today|this week|next week] [department]",
    "早会 今天", "digest today",
    "今天到期、刚变的、有风险的、等谁决定", "due, changed, at risk, waiting for whom",
    read=digest, spells={Digest: lambda asked, say: spaced(asked.department, span_word(asked.span, say))},
    aliases=("汇总",), takes=Takes.NO_ITEM,
    also=("早会 下周 采购部", "digest next week purchasing"),
)  # fmt: skip
SHADOW = Phrase(
    "影子", "yz", "shadow",
    "影子 [报告] [部门/产品] [最近N天]", "shadow [report] [department/product] [last N days]",
    "影子 报告 最近7天", "shadow report last 7 days",
    "看影子运行的部门和产品：正式启用后会拦下哪些变更、会等谁",
    "of what runs in shadow: which changes would have been refused, and whom they would have waited for",
    read=shadow, spells={ShowShadow: _spell_shadow},
    also=("影子 采购部", "shadow purchasing"),
)  # fmt: skip
HELP = Phrase(
    "帮助", "bz", "help",
    "帮助 [命令|全部]", "help [command|all]",
    "帮助 改期", "help move",
    "看命令怎么写", "how commands are written",
    read=ask_help, spells={Help: lambda asked, say: asked.topic},
)  # fmt: skip
