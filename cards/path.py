"""Path of causes of a moved line, in words: 「MO-2442 晚 3 天完成 → MO-2432 要等它做完，余量抵掉 1 天，晚 2 天 → …」"""

from collections.abc import Hashable, Sequence
from itertools import groupby

from cards.rows import RowWriter
from cards.words import Words
from planning.plan.impact import Line
from planning.plan.link import LagKind, LinkKind
from planning.schedule.cause_steps import Passing, Step

MOST_NAMES = 5
MOST_SENTENCES = 7
RUNS = ("FS", "need", "quantity")
"""Reasons told once for several items in a row without a lag."""


def explain(line: Line, passing: Passing, writer: RowWriter) -> list[str]:
    """Clauses for the cause, then for each item or run of items that passed the change on. Empty for a direct change:
    there is nothing to explain.
    """
    cause, *steps = passing.steps(line)
    if not steps:
        return []
    keys = [_likeness(number, step) for number, step in enumerate(steps)]
    runs = groupby(zip(keys, steps, strict=True), key=lambda pair: pair[0])
    told = [_follow([step for _, step in run], writer) for _, run in runs]
    return _shortened([_first(cause, writer), *told], writer.words)


def in_one(clauses: Sequence[str]) -> str:
    return " → ".join(clauses)


def _likeness(number: int, step: Step) -> Hashable:
    """Key of a step; neighbours with the same one are told together."""
    repeats = _kind(step) in RUNS and not step.absorbed and (step.link is None or step.link.lag == 0)
    return (_kind(step), step.days) if repeats else number


def _kind(step: Step) -> str:
    if step.field == "quantity":
        return "quantity"
    if step.released:
        return "released"
    if step.backwards:
        return "need"
    return step.link.kind.value if step.link else "unknown"


def _first(step: Step, writer: RowWriter) -> str:
    words = writer.words
    if step.field in ("start", "finish") and step.days:
        direction = "later" if step.days > 0 else "earlier"
        return words(f"path.{step.field}.{direction}", item=step.item, n=abs(step.days))
    if not step.field:
        return step.item
    return words("path.other", item=step.item, field=words(f"value.field.{step.field}"), **_values(step, writer))


def _follow(run: Sequence[Step], writer: RowWriter) -> str:
    words, step = writer.words, run[0]
    items = _names([one.item for one in run], words)
    why = words(f"path.run.{_kind(step)}", items=items) if len(run) > 1 else _reason(step, items, words)
    comma = "，" if words.locale == "zh-CN" else ", "
    return comma.join([why, *_outcome(run, writer)])


def _reason(step: Step, items: str, words: Words) -> str:
    kind = _kind(step)
    if kind not in (*LinkKind, "need") or step.link is None:
        return words(f"path.{kind}", items=items)
    lag = step.link.lag
    when = "at-once" if lag == 0 else "after" if lag > 0 else "before"
    unit = "calendar" if step.link.lag_kind is LagKind.CALENDAR else "working"
    return words(f"path.{kind}.{when}", items=items, lag=words(f"path.lag.{unit}", n=abs(lag)))


def _outcome(run: Sequence[Step], writer: RowWriter) -> list[str]:
    words, step = writer.words, run[0]
    parts = [words("path.absorbed", n=step.absorbed)] if step.absorbed else []
    if step.field == "quantity" and len(run) == 1:
        parts.append(words("path.change", **_values(step, writer)))
    if step.days:
        days = words("path.days.later" if step.days > 0 else "path.days.earlier", n=abs(step.days))
        parts.append(words("path.each", days=days) if len(run) > 1 else days)
    return parts


def _values(step: Step, writer: RowWriter) -> dict[str, str]:
    return {"before": writer.value(step.field, step.before), "after": writer.value(step.field, step.after)}


def _names(items: Sequence[str], words: Words) -> str:
    if len(items) <= MOST_NAMES:
        return words.list(list(items))
    return words("path.many", first=words.list(list(items[:2])), last=items[-1], n=len(items))


def _shortened(clauses: list[str], words: Words) -> list[str]:
    hidden = len(clauses) - MOST_SENTENCES
    if hidden <= 0:
        return clauses
    keep = (MOST_SENTENCES - 1) // 2
    return [*clauses[:keep], words("path.between", n=hidden + 1), *clauses[keep + hidden + 1 :]]
