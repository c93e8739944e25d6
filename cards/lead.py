"""What stands above a card's buttons: five lines, of which the reader's own items get what the others leave."""

from collections.abc import Sequence
from dataclasses import dataclass

from cards.card import Fact
from cards.lines.item import footnote
from cards.markdown import body
from cards.rows import Row, facts_of
from cards.words import Words
from planning.plan.impact import LateOrder

LINES = 5
"""Lines before the first button: more pushes it off the first screen of a phone."""
NOTES = 2
BUTTONS = 4
LONGEST_REASON = 40
NAMED = 2
"""Late orders that are named."""


@dataclass(frozen=True, slots=True)
class Lead:
    words: Words
    first: str
    """Who, why and until when."""
    notes: Sequence[str] = ()
    """What else has to be known before deciding, the most important first."""
    rows: Sequence[Row] = ()
    late: Sequence[LateOrder] = ()
    aside: Sequence[str] = ()
    """Notes for where there is little room: elsewhere the steps say it."""
    pressed: bool = True
    """It has buttons below; without any nothing is pushed off the screen."""

    @property
    def body(self) -> str:
        top, rows, sign = [*self.notes[:NOTES], self.first], [self._line(row) for row in self._shown], self._sign
        more = self.words("card.more", n=self._hidden) if self._hidden else ""
        below = list(filter(None, [more, self._late]))
        if len(top) + len(rows) + len(below) > LINES:
            below = [self.words.clauses(below)]
        if sign and len(top) + len(rows) + len(below) >= LINES:
            top, sign = [*top[:-1], f"{self.first}。{sign}"], ""
        return body(self.words.locale, "lead", lines=top, rows=[*rows, *below], sign=sign)

    @property
    def summary(self) -> str:
        """The notes and the first line, for where there is little room."""
        told = [*self.notes[:NOTES], *self.aside, self.first, *filter(None, [self._sign])]
        return ("。" if self.words.locale == "zh-CN" else ". ").join(told)

    @property
    def facts(self) -> tuple[Fact, ...]:
        room = LINES - 1 - len(self._late_facts)
        shown = self._shown if len(self.rows) <= room else self._shown[: max(room - 1, 1)]
        told, hidden = facts_of(self.words, shown, self._days), len(self.rows) - len(shown)
        more, items = self.words("card.more.name"), self.words("card.more.items", n=hidden)
        return (*told, *((Fact(more, items),) if hidden else ()), *self._late_facts)

    @property
    def _days(self) -> dict[str, int]:
        return {order.item: order.days for order in self.late}

    @property
    def _shown(self) -> Sequence[Row]:
        """The rows there is room for beside the other lines, of which the count of those left out is one."""
        room = LINES - 1 - len(self.notes[:NOTES]) if self.pressed else LINES
        if self._fits(self.rows, room):
            return self.rows
        kept = self.rows[: max(room - 1, 1)]
        return kept if self._fits(kept, room - 1) else kept[: max(room - 2, 1)]

    def _fits(self, rows: Sequence[Row], room: int) -> bool:
        """True where these and, if it is needed, the line of late orders find room."""
        elsewhere = not self._days.keys() <= {row.item for row in rows}
        return len(rows) + (elsewhere and self.pressed) <= room

    @property
    def _elsewhere(self) -> list[LateOrder]:
        """Late orders that have no row here."""
        here = {row.item for row in self._shown}
        return [order for order in self.late if order.item not in here]

    @property
    def _hidden(self) -> int:
        return len(self.rows) - len(self._shown)

    @property
    def _sign(self) -> str:
        return footnote(self.words, (row.brief for row in self.rows))

    @property
    def _late(self) -> str:
        orders = self._elsewhere
        if not orders:
            return ""
        named = [self.words("card.late.order", item=f"{o.item} {o.title}".strip(), n=o.days) for o in orders[:NAMED]]
        hidden = len(orders) - NAMED
        more = self.words("card.more", n=hidden) if hidden > 0 else ""
        return self.words("card.late", orders=self.words.list(named)) + more

    def _line(self, row: Row) -> str:
        days = self._days.get(row.item)
        mark = self.words("card.late.row", n=days) if days else ""
        return self.words("card.row", item=row.item, title=row.title, change=row.brief, mark=mark)

    @property
    def _late_facts(self) -> tuple[Fact, ...]:
        """A row for each that is named, whose name is cut before its days; the last says how many more there are."""
        orders, name = self._elsewhere, self.words("card.late.name")
        tails = [self.words("card.late.days", n=order.days) for order in orders[:NAMED]]
        if hidden := len(orders) - NAMED if len(orders) > NAMED else 0:
            tails[-1] += self.words("card.more", n=hidden)
        named = zip(orders, tails, strict=False)
        return tuple(Fact(name, f"{order.item} {order.title}".strip(), tail) for order, tail in named)


def shortened(text: str, most: int = LONGEST_REASON) -> str:
    """A reason as far as a card has room for it; the details have the whole."""
    return text if len(text) <= most else f"{text[: most - 1]}…"

