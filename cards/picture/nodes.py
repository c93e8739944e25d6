"""The words in the boxes."""

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal

from cards.faces import ChangeView
from cards.picture.fold import REST
from cards.picture.graph import Effect, Node
from cards.words.dates import day
from planning.plan.impact import Line
from planning.plan.plan import Plan

DATES = ("start", "finish")
Lines = Mapping[str, Sequence[Line]]


class NodeWriter:
    """Boxes for the items of one impact; `lines` are what changes of each, none for what it only went through."""

    def __init__(self, view: ChangeView, plan: Plan, lines: Lines, causes: Collection[str]) -> None:
        self._view, self._plan, self._lines, self._causes = view, plan, lines, causes
        self._words = view.words
        self._late = {late.item: late for late in view.change.impact.late_orders}
        self._colors = {name: number for number, name in enumerate(view.organisation.departments)}

    def node(self, key: str, codes: Sequence[str]) -> Node:
        return self._item(codes[0]) if codes == [key] else self._group(key, codes)

    def _item(self, code: str) -> Node:
        lines, rows = self._lines[code], self._view.rows
        dates = [line for line in lines if line.field in DATES]
        changes = [rows.span(dates)] if dates else []
        department = self._department(code)
        return Node(
            key=code,
            label=code,
            department=self._view.department(department),
            color=self._colors.get(department, -1),
            title=lines[0].title if lines else self._plan.items[code].title if code in self._plan.items else "",
            effect=self._effect(code),
            badge=self._badge(lines),
            changes=(*changes, *(rows.change(line) for line in lines if line.field not in DATES)),
            alarm=self._alarm(code),
            is_cause=code in self._causes,
        )

    def _group(self, key: str, codes: Sequence[str]) -> Node:
        words = self._words
        late = sum(code in self._late for code in codes)
        department = self._department(codes[0])
        return Node(
            key=key,
            label=words("picture.items", n=len(codes)),
            department=words("picture.rest") if key == REST else self._view.department(department),
            color=-1 if key == REST else self._colors.get(department, -1),
            title=words("picture.and-more", codes=words.list(list(codes[:2]))),
            effect=min((self._effect(code) for code in codes), key=list(Effect).index),
            badge=self._range([moved for code in codes if (moved := _days(self._lines[code]))]),
            alarm=words("picture.late-among", n=late) if late else "",
            is_cause=any(code in self._causes for code in codes),
            count=len(codes),
        )

    def _department(self, code: str) -> str:
        if lines := self._lines[code]:
            return lines[0].department
        item = self._plan.items.get(code)
        return item.department if item else ""

    def _effect(self, code: str) -> Effect:
        lines = self._lines[code]
        if code in self._late:
            return Effect.LATE
        if days := _days(lines):
            return Effect.LATER if days > 0 else Effect.EARLIER
        return Effect.CHANGED if lines else Effect.UNMOVED

    def _badge(self, lines: Sequence[Line]) -> str:
        if days := _days(lines):
            return self._words("path.days.later" if days > 0 else "path.days.earlier", n=abs(days))
        for line in lines:
            if line.field == "quantity" and line.before and line.after:
                return f"{Decimal(line.after) - Decimal(line.before):+f}{self._view.rows.unit_of(line.item)}"
            if line.field == "status":
                return self._view.rows.value("status", line.after)
        return ""

    def _range(self, days: Sequence[int]) -> str:
        """晚 1~3 天"""
        if not days:
            return ""
        if min(days) < 0 < max(days):
            return self._words("picture.moved")
        least, most = sorted((abs(min(days)), abs(max(days))))
        if least == most:
            return self._words("path.days.later" if days[0] > 0 else "path.days.earlier", n=least)
        both = self._words("picture.range", least=least, most=most)
        return self._words("picture.later" if days[0] > 0 else "picture.earlier", days=both)

    def _alarm(self, code: str) -> str:
        late = self._late.get(code)
        return self._words("picture.late", n=late.days, due=day(late.due, self._view.today)) if late else ""


def _days(lines: Sequence[Line]) -> int:
    """Days the item moves, of its finish before its start. 0: it stays, or it is new."""
    moved = {line.field: line.days or 0 for line in lines if line.field in DATES}
    return moved.get("finish", moved.get("start", 0))
