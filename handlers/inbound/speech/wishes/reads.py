"""Questions that a sentence may ask of the plan and of all that is open."""

import re
from collections.abc import Iterator
from datetime import timedelta

from handlers.inbound.speech.heard import Heard
from handlers.inbound.speech.items import items_of
from handlers.inbound.speech.wishes.periods import span_of
from handlers.inbound.speech.wishes.spelling import Wanted
from handlers.language import (
    NOW,
    Compare,
    Digest,
    LateItems,
    NameBaseline,
    Pending,
    QueryPlan,
    Risks,
    ShowBaselines,
    ShowConflicts,
    Span,
    Todo,
)
from handlers.language.commands.exceptions import ShowExceptions
from handlers.language.commands.pictures import ShowBoard, ShowGantt
from handlers.language.commands.readiness import ShowReadiness, When
from handlers.language.commands.reads import HELP
from handlers.language.commands.reporting import ShowDepartmentProgress, ShowProgress
from handlers.language.speech.days import period_in

_LISTS = re.compile(r"哪些|列|看看|有哪|几个|清单|历史|list|which|show")
_BY_DEPARTMENT = re.compile("各部门|每个部门|哪个部门|按部门|部门|by department|each department")
_LATE = re.compile(r"[晚误]|逾期|超期|拖|延误|\b(?:late|overdue|delayed)\b")
_WAITING = re.compile(r"[批签审卡压等]|\b(?:pending|waiting)\b")
_RISKY = re.compile(r"风险|出事|岔子|出问题|悬|\brisk")


def looks(heard: Heard) -> Iterator[Wanted]:
    items = items_of(heard, or_this=False, as_said=True)
    span = span_of(heard)
    if items and (heard.codes or not heard.departments):
        yield from (QueryPlan(item) for item in items)
    elif heard.departments:
        yield from (QueryPlan(department.name, span) for department in heard.departments)
    else:
        yield QueryPlan("", span)


def shows_progress(heard: Heard) -> Iterator[Wanted]:
    """How far an item is; what is on, where none is named."""
    items = items_of(heard, or_this=False)
    if not heard.codes and _BY_DEPARTMENT.search(heard.spoken):
        yield from _progress_of_departments(heard)
    yield from (ShowProgress(item) for item in items if "-" in item)
    if not items:
        yield from _progress_of_departments(heard)
    yield from looks(heard)


def _progress_of_departments(heard: Heard) -> Iterator[Wanted]:
    span = span_of(heard)
    for name in [department.name for department in heard.departments] or [""]:
        yield ShowDepartmentProgress(name, span)


def shows_board(heard: Heard) -> Iterator[Wanted]:
    for department in heard.departments[:1]:
        yield ShowBoard(department.name)
    yield ShowBoard()


def shows_gantt(heard: Heard) -> Iterator[Wanted]:
    for item in items_of(heard, or_this=False)[:2]:
        yield ShowGantt(item)
    for department in heard.departments[:1]:
        yield ShowGantt(department.name)
    yield ShowGantt()


def shows_readiness(heard: Heard) -> Iterator[Wanted]:
    when = _when(heard)
    asked = [ShowReadiness(item) for item in items_of(heard, or_this=False)[:2]]
    asked += [ShowReadiness(department.name) for department in heard.departments[:1]]
    asked.insert(1 if when else len(asked), ShowReadiness(when=when))
    yield from (one for one in asked)


def _when(heard: Heard) -> When | None:
    tomorrow = heard.today + timedelta(days=1)
    if period_in(heard.spoken, heard.days, heard.today) == (tomorrow, tomorrow):
        return When.TOMORROW
    span = span_of(heard)
    return When(span.value) if span else None


def shows_exceptions(heard: Heard) -> Iterator[Wanted]:
    yield from (ShowExceptions(item) for item in items_of(heard, or_this=False)[:2])
    yield from (ShowExceptions(department.name) for department in heard.departments[:1])
    yield ShowExceptions()


def shows_todo(heard: Heard) -> Iterator[Wanted]:
    yield Todo()


def shows_digest(heard: Heard) -> Iterator[Wanted]:
    yield from (Digest(department=department.name) for department in heard.departments)
    yield Digest()


def shows_overview(heard: Heard) -> Iterator[Wanted]:
    """The whole, or of it what will be late, who has not decided, what may go wrong: as they ask."""
    places = [department.name for department in heard.departments[:1]]
    if _LATE.search(heard.spoken):
        yield from (LateItems(place) for place in places or [""])
    if _WAITING.search(heard.spoken):
        yield Pending()
    if _RISKY.search(heard.spoken):
        yield Risks(span_of(heard) or Span.THIS_WEEK)
    yield from _overall(heard)


def _overall(heard: Heard) -> Iterator[Wanted]:
    name = next((name for name in ("总览", "早会") if name in heard.turn.vocabulary.by_name), "")
    yield from (f"{name} {department.name}" for department in heard.departments)
    yield name


def baselines(heard: Heard) -> Iterator[Wanted]:
    if name := heard.name():
        yield NameBaseline(name)
    if _LISTS.search(heard.spoken):
        yield ShowBaselines()
    yield "基线 <名称>"


def compares(heard: Heard) -> Iterator[Wanted]:
    departments = tuple(department.name for department in heard.departments[:1])
    name = heard.name()
    yield Compare((name, NOW, *departments) if name else departments)
    yield Compare()


def shows_conflicts(heard: Heard) -> Iterator[Wanted]:
    yield ShowConflicts()


def helps(heard: Heard) -> Iterator[Wanted]:
    yield HELP.zh
