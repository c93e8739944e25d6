"""总览, 待批, 晚单, 风险 and 影响图: what somebody asks who answers for the whole."""

import re
from dataclasses import dataclass

from handlers.language.commands.reads import Span, span_of, span_word
from handlers.language.values.change_numbers import number_alone
from handlers.language.values.objects import code_in, without_courtesy
from handlers.language.vocabulary import THIS, Command, Phrase, Takes, Typed, this_or


@dataclass(frozen=True, slots=True)
class Overview(Command):
    """`department` as typed; empty: all of them."""

    department: str = ""


@dataclass(frozen=True, slots=True)
class Pending(Command):
    """Ask who has not decided yet, of all requests."""


@dataclass(frozen=True, slots=True)
class LateItems(Command):
    """Ask what will be late, or is. `department` as typed; empty: all of them."""

    department: str = ""


@dataclass(frozen=True, slots=True)
class Risks(Command):
    """Ask what may go wrong in these days."""

    span: Span = Span.THIS_WEEK


@dataclass(frozen=True, slots=True)
class EffectOf(Command):
    """Ask what a change request does to the plan."""

    change_no: str = THIS


@dataclass(frozen=True, slots=True)
class ShowBudget(Command):
    """Ask how many of the platforms' calls of this month are left."""


def overview(typed: Typed) -> Overview:
    """Raises `leftover`."""
    return Overview(_department(typed))


def late_items(typed: Typed) -> LateItems:
    """Raises `leftover`: a number is about an order (加单 SO 500 is not it)."""
    words = _department(typed)
    if any(c.isdigit() for c in words):
        raise typed.refused("leftover", found=words, example="")
    return LateItems(words)


def pending(typed: Typed) -> Pending:
    """Raises `leftover`."""
    if words := without_courtesy(typed.rest):
        raise typed.refused("leftover", found=words, example="")
    return Pending()


def risks(typed: Typed) -> Risks:
    """Raises `leftover`."""
    words, span = span_of(typed.rest)
    if words:
        raise typed.refused("leftover", found=words, example="")
    return Risks(span or Span.THIS_WEEK)


def effect_of(typed: Typed) -> EffectOf:
    """Raises `leftover`, `change-missing`."""
    return EffectOf(number_alone(typed))


def show_budget(typed: Typed) -> ShowBudget:
    """Raises `leftover`."""
    if words := without_courtesy(typed.rest):
        raise typed.refused("leftover", found=words, example="")
    return ShowBudget()


_LONGEST = 16
_LENGTH = re.compile(r"[0-9一二两三四五六七八九十几]\s*个?(?:工作日|天|日|周|星期|days?|weeks?)", re.IGNORECASE)


def _department(typed: Typed) -> str:
    """Words that may be a department's name: no code, no length of time, no sentence."""
    words = without_courtesy(typed.rest)
    if code_in(words) or len(words) > _LONGEST or _LENGTH.search(words):
        raise typed.refused("leftover", found=words, example="")
    return words


OVERVIEW = Phrase(
    "总览", "zl", "overview",
    "总览 [部门]", "overview [department]",
    "总览", "overview",
    "整个计划或一个部门现在怎么样：会晚的、待批的、最近变的",
    "how the plan or a department stands: late, waiting, changed",
    read=overview, spells={Overview: lambda asked, say: asked.department}, takes=Takes.NO_ITEM,
    also=("总览 生产部", "overview production"),
)  # fmt: skip
PENDING = Phrase(
    "待批", "dp", "pending",
    "待批", "pending",
    "待批", "pending",
    "谁还没批：等谁、多少张、从什么时候起", "who has not decided yet: how many changes, since when",
    read=pending, spells={Pending: lambda asked, say: ""}, takes=Takes.ANYTHING,
)  # fmt: skip
LATE_ITEMS = Phrase(
    "晚单", "wda", "late",
    "晚单 [部门]", "late [department]",
    "晚单", "late",
    "哪些会晚、哪些已经过期：晚得最多的在前", "what will be late or is overdue, the worst first",
    read=late_items, spells={LateItems: lambda asked, say: asked.department}, takes=Takes.NO_ITEM,
    also=("晚单 销售部", "late sales"),
)  # fmt: skip
RISKS = Phrase(
    "风险", "fx", "risks",
    "风险 [今天|本周|下周]", "risks [today|this week|next week]",
    "风险 本周", "risks this week",
    "这几天有什么会出问题", "what may go wrong in these days",
    read=risks, spells={Risks: lambda asked, say: span_word(asked.span, say)}, takes=Takes.ANYTHING,
)  # fmt: skip
BUDGET = Phrase(
    "预算", "ys", "budget",
    "预算", "budget",
    "预算", "budget",
    "平台本月的调用用了多少、够不够用到月底", "how many of the platform's calls this month has cost",
    read=show_budget, spells={ShowBudget: lambda asked, say: ""}, takes=Takes.ANYTHING,
)  # fmt: skip
EFFECT_OF = Phrase(
    "影响图", "yxt", "effect",
    "影响图 <变更单号>", "effect <change no>",
    "影响图 CR-20261128-001", "effect CR-20261128-001",
    "看一张变更单动了哪些、谁会晚、传到哪里", "what a change request moves, who would be late, and how it spreads",
    read=effect_of, spells={EffectOf: lambda asked, say: this_or(asked.change_no, say)},
)  # fmt: skip
