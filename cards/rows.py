"""Lines of an impact as people read them: one row an item, and the first rows as parts of a card."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from cards.card import Fact
from cards.lines.item import footnote, marked
from cards.words import Words
from cards.words.dates import day
from planning.people.organisation import Organisation
from planning.plan.impact import Line
from planning.plan.timetable import Horizon

T = TypeVar("T")
SHOWN = 5
"""Rows where the whole effect is told; the rest is counted."""
_YEAR = re.compile(r"^\d{4}-(?=\d\d-\d\d)")


def unitless(item: str) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Row:
    item: str
    title: str
    department: str
    label: str
    """What `short` tells, in two characters: 完成, 数量…"""
    text: str
    """12-03~12-06 → 12-05~12-08（+2天）"""
    brief: str
    """完成 12-06 → 12-08（+2天）"""
    short: str
    """12-06→12-08"""
    shift: str = ""
    """+2天"""
    path: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RowWriter:
    words: Words
    today: date
    organisation: Organisation
    horizon: Horizon | None = None
    """Horizon beyond which dates carry the sign of the provisional; None: no date does."""
    unit_of: Callable[[str], str] = unitless
    """Unit of an item's quantity."""
    typed: Mapping[str, str] = field(default_factory=dict)
    """Item code → field somebody typed a value for: that is told first, and else the finish."""

    def rows(self, lines: Iterable[Line]) -> list[Row]:
        """Rows, one an item, in the order of first mention; start and finish become one span."""
        by_item: dict[str, list[Line]] = {}
        for line in lines:
            by_item.setdefault(line.item, []).append(line)
        return [self._row(group) for group in by_item.values()]

    def value(self, field: str, stored: str) -> str:
        """A line's before or after, as people write it."""
        if not stored:
            return "—"
        if field in ("start", "finish"):
            return day(date.fromisoformat(stored), self.today)
        if field == "department":
            return self.organisation.department_name(stored)
        code = f"value.{field}.{stored}"
        return self.words(code) if self.words.knows(code) else stored

    def shift(self, days: int | None) -> str:
        """+2天, or nothing where nothing moved."""
        if not days:
            return ""
        return self.words("value.days.later" if days > 0 else "value.days.earlier", n=abs(days))

    def span(self, lines: Sequence[Line]) -> str:
        """12-03~12-06 → 12-05~12-08, of the dates of one item that change."""
        before = "~".join(dict.fromkeys(self._dated(line, line.before) for line in lines))
        after = "~".join(dict.fromkeys(self._dated(line, line.after) for line in lines))
        names = "" if len(lines) > 1 else self.words(f"value.field.{lines[0].field}") + " "
        return f"{names}{before} → {after}"

    def note(self, rows: Iterable[Row]) -> str:
        """Footnote to the sign on these rows; empty: none has it."""
        return footnote(self.words, (text for row in rows for text in (row.text, row.short)))

    def change(self, line: Line) -> str:
        """数量 5000 → 8000"""
        before, after = self.value(line.field, line.before), self._measured(line)
        return f"{self.words(f'value.field.{line.field}')} {before} → {after}"

    def _row(self, lines: list[Line]) -> Row:
        dates = [line for line in lines if line.field in ("start", "finish")]
        rest = [line for line in lines if line not in dates]
        parts = [self.span(dates) + self._in_brackets(dates[-1].days)] if dates else []
        parts += [self.change(line) + self._in_brackets(_days_of(line)) for line in rest]
        first = self._foremost(dates, rest)
        told = [first, *(line for line in rest if line is not first and line.field != "duration")]
        return Row(
            first.item,
            first.title,
            first.department,
            self.words(f"value.field.{first.field}"),
            self.words.clauses(parts),
            self.words.clauses(self._told(line) for line in told),
            f"{_brief(self._dated(first, first.before))}→{_brief(self._measured(first))}",
            self.shift(first.days),
            max((line.path for line in lines), key=len),
        )

    def _foremost(self, dates: list[Line], rest: list[Line]) -> Line:
        """Line that says most in little room: the field somebody typed, else the finish."""
        wanted = self.typed.get(rest[0].item if rest else dates[0].item)
        typed = [line for line in [*dates, *rest] if line.field == wanted]
        return (typed or dates[-1:] or rest)[0]

    def _told(self, line: Line) -> str:
        if line.field in ("start", "finish"):
            return self.span([line]) + self._in_brackets(line.days)
        return self.change(line)

    def _dated(self, line: Line, stored: str) -> str:
        told = self.value(line.field, stored)
        if self.horizon is None or not stored or line.field not in ("start", "finish"):
            return told
        return marked(told, self.horizon.is_provisional(line.item, line.department, date.fromisoformat(stored)))

    def _measured(self, line: Line) -> str:
        """After, with the unit of a quantity: 5000 → 8000件."""
        after = self._dated(line, line.after)
        return f"{after}{self.unit_of(line.item)}" if line.field == "quantity" and line.after else after

    def _in_brackets(self, days: int | None) -> str:
        return f"（{self.shift(days)}）" if days else ""


def _brief(value: str) -> str:
    """Drop the year: in twenty characters the days moved matter more."""
    return _YEAR.sub("", value)


def _days_of(line: Line) -> int | None:
    return line.days if line.field == "duration" else None


def shown_rows(words: Words, rows: Sequence[T], most: int = SHOWN) -> tuple[list[T], str]:
    """The first ones, and how many more there are in words (empty: none)."""
    hidden = len(rows) - most
    return list(rows[:most]), words("card.more", n=hidden) if hidden > 0 else ""


def facts_of(words: Words, rows: Sequence[Row], late: Mapping[str, int]) -> tuple[Fact, ...]:
    """Facts of the same rows, a few characters each; `late`: days by which an order among them is late."""
    return tuple(Fact(_name(words, row, late), f"{row.item} {row.title}".strip(), row.short) for row in rows)


def _name(words: Words, row: Row, late: Mapping[str, int]) -> str:
    """What there is to say in the five characters before the dates: late, moved so far, or else of what they are."""
    return words("card.late.mark", n=late[row.item]) if row.item in late else row.shift or row.label
