"""基线 and 对比: naming the plan as it stands, and two of its states side by side."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from handlers.language.vocabulary import Command, Phrase, Say, Takes, Typed, spaced
from planning.plan.revision import BaselineKind

NOW = "now"
"""The plan as it stands, where a revision could be named."""


@dataclass(frozen=True, slots=True)
class NameBaseline(Command):
    """Name the plan as it stands."""

    name: str
    kind: BaselineKind = BaselineKind.PROMISE


@dataclass(frozen=True, slots=True)
class ShowBaselines(Command):
    """The baselines there are."""


@dataclass(frozen=True, slots=True)
class Compare(Command):
    """`words` are one or two revisions (digits, a baseline's name, NOW), then a department as typed; each may be left
    out."""

    words: tuple[str, ...] = ()


LONGEST_NAME = 30
KIND_WORDS: Mapping[BaselineKind, str] = {
    BaselineKind.PROMISE: "承诺",
    BaselineKind.WEEKLY: "周",
    BaselineKind.MONTHLY: "月",
    BaselineKind.IMPORT: "",
}
"""Written form of each kind; nobody but an import makes one of its kind."""
_KINDS = {
    **{word: kind for kind, word in KIND_WORDS.items() if word},
    **{kind.value: kind for kind in (BaselineKind.PROMISE, BaselineKind.WEEKLY, BaselineKind.MONTHLY)},
    "每周": BaselineKind.WEEKLY, "周计划": BaselineKind.WEEKLY, "每月": BaselineKind.MONTHLY,
    "月度": BaselineKind.MONTHLY, "月计划": BaselineKind.MONTHLY,
}  # fmt: skip
_AND = r"(?:到|至|和|与|跟|同|比|vs|to|and|with)"
_REVISION = r"(?:第[0-9]+版?|(?:revision|rev|r|v|版本)?[0-9]+版?)"
_PRESENT = r"(?:(?:现在|当前|目前|今天)(?:的?计划)?|最新版?(?:计划)?|now|current|today)"
_SPREAD = re.compile(r"(第|revision|rev|版本)\s+(?=[0-9])|(?<=[0-9])\s+(?=版)", re.IGNORECASE)
"""`第 3 版`, `revision 3`: pieces of one word."""
_ONE = rf"(?:{_REVISION}|{_PRESENT})"
_POINTS = re.compile(rf"{_AND}?{_ONE}(?:{_AND}{_ONE})*(?:相?比)?", re.IGNORECASE)
_POINT = re.compile(rf"(?P<now>{_PRESENT})|(?P<revision>[0-9]+)", re.IGNORECASE)
_UP_TO_NOW = re.compile(rf"(?P<name>.+){_AND}{_PRESENT}", re.IGNORECASE)
_ASIDE = re.compile(rf"{_AND}|的|相比|基线|计划|baseline|the", re.IGNORECASE)


def baselines(typed: Typed) -> NameBaseline | ShowBaselines:
    """`基线 十二月 承诺`; a name of several words is joined to one. Raises `baseline-name` for one that means a
    revision, and for a long one."""
    words = typed.rest.split()
    kind = _KINDS.get(words[-1].lower()) if len(words) > 1 else None
    name = "-".join(words[:-1] if kind else words)
    if not name:
        return ShowBaselines()
    if len(name) > LONGEST_NAME or not _is_name(name):
        raise typed.refused("baseline-name", found=name, example=f"计划{name[:8]}")
    return NameBaseline(name, kind or BaselineKind.PROMISE)


def compare(typed: Typed) -> Compare:
    """Read a comparison: anything is understood; what it names is looked up in the plan's history."""
    told = _SPREAD.sub(lambda found: found[0].strip(), typed.rest)
    return Compare(tuple(word for piece in told.split() for word in _meant(piece)))


def _is_name(word: str) -> bool:
    return list(_meant(word)) == [word] and word != NOW and not word.isdecimal()


def _meant(piece: str) -> Iterator[str]:
    """Revisions as digits, the present as NOW, a name as it is; what only joins them is dropped."""
    if _POINTS.fullmatch(piece):
        for point in _POINT.finditer(piece):
            yield NOW if point["now"] else str(int(point["revision"]))
    elif name := _UP_TO_NOW.fullmatch(piece):
        yield from (name["name"], NOW)
    elif not _ASIDE.fullmatch(piece):
        yield piece


def _spell_name(command: NameBaseline, say: Say) -> str:
    kind = KIND_WORDS[command.kind]
    return spaced(command.name, kind and say(kind, command.kind.value))


def _spell_compare(command: Compare, say: Say) -> str:
    return spaced(*(say("现在", "now") if word == NOW else word for word in command.words))


BASELINES = Phrase(
    "基线", "jx", "baseline",
    "基线 [名称] [承诺|周|月]", "baseline [name] [promise|weekly|monthly]",
    "基线 十二月 承诺", "baseline December promise",
    "给现在的计划起个名，以后拿来对比；不写名称就列出已有的",
    "names the plan as it stands, to compare with later; without a name: lists them",
    read=baselines,
    spells={NameBaseline: _spell_name, ShowBaselines: lambda _, say: ""},
    takes=Takes.ANYTHING,
    also=("基线", "baseline"),
)  # fmt: skip
COMPARE = Phrase(
    "对比", "dbi", "compare",
    "对比 [版本|基线] [版本|基线|现在] [部门]", "compare [revision|baseline] [revision|baseline|now] [department]",
    "对比 1 现在", "compare 1 now",
    "看两版计划差在哪：各部门差几项、净差几天、哪些晚交", "what differs between two revisions, by department",
    read=compare, spells={Compare: _spell_compare}, takes=Takes.ANYTHING,
    also=("对比 十二月 生产部", "compare December production"),
)  # fmt: skip
