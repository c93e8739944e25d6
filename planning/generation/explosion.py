"""The explosion of an order by a template: what it needs, how much of it, and when.

Per level the gross need is the parent's quantity times the ratio over what scrap leaves, rounded up; the net need is
that less what is free and comes in time; and it is had in whole lots. Dates go back from the day promised with lags
and calendars.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from planning.generation.template import Stage, Template, Tie
from planning.plan.calendar import WorkCalendar
from planning.plan.link import Drives, Link
from planning.schedule.lag import Gap, gap_of
from planning.schedule.ledger import NONE, rounded_up

CalendarOf = Callable[[Stage], WorkCalendar]


@dataclass(frozen=True, slots=True)
class Order:
    """The order that is exploded; `day` is the day promised."""

    code: str
    product: str
    quantity: Decimal
    day: date
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Supply:
    """Goods nobody has a claim on, that come `on` a day; None: they lie in stock."""

    amount: Decimal
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One item of the order: `gross` is needed, `taken` of it is free, the rest in whole lots is its `quantity`."""

    stage: Stage
    start: date
    finish: date
    gross: Decimal | None = None
    taken: Decimal = NONE
    quantity: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Explosion:
    """`lines` in the order of the work; `covered` are stages that what is free makes needless."""

    lines: tuple[Line, ...]
    covered: tuple[str, ...]
    earliest: date
    """The first day the delivery could be on, were all begun today."""

    @property
    def first(self) -> Line:
        """The line that begins first."""
        return min(self.lines, key=lambda line: line.start)

    def without_lead(self) -> tuple[str, ...]:
        """The purchases whose lead nobody gave; they count as had at once."""
        return tuple(line.stage.key for line in self.lines if line.stage.has_no_lead)


def explode(
    template: Template, order: Order, calendar_of: CalendarOf, free: Mapping[str, Iterable[Supply]], today: date
) -> Explosion:
    """The order's lines by a template without faults. `free`: supplies by product. OverflowError, where dates or
    quantities leave every calendar."""
    worked = _Explosion(template, order, calendar_of, free)
    worked.go_back()
    worked.go_on()
    lines = tuple(worked.lines[key] for key in template.in_order() if key in worked.lines)
    return Explosion(lines, tuple(worked.covered), worked.earliest(today))


class _Explosion:
    def __init__(
        self, template: Template, order: Order, calendar_of: CalendarOf, free: Mapping[str, Iterable[Supply]]
    ) -> None:
        self._template = template
        self._order = order
        self._calendar = {stage.key: calendar_of(stage) for stage in template.stages}
        self._free = {product: list(supplies) for product, supplies in free.items()}
        self._position: dict[str, int] = {}
        self.lines: dict[str, Line] = {}
        self.covered: list[str] = []

    def go_back(self) -> None:
        """From the delivery to everything that leads to it: those behind first, as they say when and how much."""
        template = self._template
        leading = template.leading()
        for key in reversed(template.in_order()):
            if key not in leading:
                continue
            stage = template.stage(key)
            behind = [tie for tie in template.out_of(key) if tie.then in self.lines]
            if key == template.delivery:
                day = self._calendar[key].start_of(self._order.day, stage.days)
                self._place(stage, self._calendar[key].position(day), self._own(stage))
            elif not behind:
                self.covered.append(key)
            else:
                latest = min(self._position[tie.then] - self._gap(tie, is_backward=True) for tie in behind)
                self._place(stage, latest, self._asked(stage, behind), is_netted=True)

    def go_on(self) -> None:
        """To what follows: as soon as those before allow."""
        leading = self._template.leading()
        for key in self._template.in_order():
            before = [tie for tie in self._template.into(key) if tie.first in self.lines]
            if key not in leading and before:
                stage = self._template.stage(key)
                soonest = max(self._position[tie.first] + self._gap(tie) for tie in before)
                self._place(stage, soonest, self._own(stage))

    def earliest(self, today: date) -> date:
        """The delivery's last day, were every stage that leads to it begun as soon as it can be."""
        begun: dict[str, int] = {}
        leading = self._template.leading()
        for key in self._template.in_order():
            if key in leading and key in self.lines:
                before = [begun[tie.first] + self._gap(tie) for tie in self._template.into(key) if tie.first in begun]
                begun[key] = max([self._calendar[key].position(today), *before])
        return self._finish(self._template.stage(self._template.delivery), begun[self._template.delivery])

    def _place(self, stage: Stage, position: int, gross: Decimal | None, *, is_netted: bool = False) -> None:
        start = self._calendar[stage.key].day(position)
        line = Line(stage, start, self._finish(stage, position), gross, quantity=gross)
        if is_netted and gross is not None:
            taken = self._take(stage.product or self._order.product, gross, line.finish)
            if taken == gross:
                self.covered.append(stage.key)
                return
            line = replace(line, taken=taken, quantity=_in_lots(gross - taken, stage.lot))
        self._position[stage.key] = position
        self.lines[stage.key] = line

    def _finish(self, stage: Stage, position: int) -> date:
        return self._calendar[stage.key].day(position + max(stage.days - 1, 0))

    def _own(self, stage: Stage) -> Decimal | None:
        """What the order itself asks of a stage."""
        if stage.quantity is None:
            return None
        exact = Fraction(self._order.quantity) * Fraction(stage.quantity)
        return rounded_up(exact, exact, self._order.quantity, self._unit(stage))

    def _asked(self, stage: Stage, behind: Iterable[Tie]) -> Decimal | None:
        """What the stages behind ask of it; what the order does, where none of them says."""
        asks = [
            self._needed(stage, tie, quantity)
            for tie in behind
            if tie.ratio is not None and (quantity := self.lines[tie.then].quantity) is not None
        ]
        return sum(asks, NONE) if asks else self._own(stage)

    def _needed(self, stage: Stage, tie: Tie, quantity: Decimal) -> Decimal:
        net = Fraction(quantity) * Fraction(tie.ratio or 0)
        return rounded_up(net / (1 - Fraction(tie.scrap)), net, quantity, self._unit(stage))

    def _take(self, product: str, wanted: Decimal, day: date) -> Decimal:
        """Take what is free of it by that day, the last on which it may come; no more than is wanted."""
        taken = NONE
        supplies = self._free.get(product, [])
        for n, supply in enumerate(supplies):
            if supply.on is None or supply.on <= day:
                amount = max(min(supply.amount, wanted - taken), NONE)
                supplies[n] = replace(supply, amount=supply.amount - amount)
                taken += amount
        return taken

    def _unit(self, stage: Stage) -> str:
        return stage.unit or self._order.unit

    def _gap(self, tie: Tie, *, is_backward: bool = False) -> Gap:
        ends = self._calendar[tie.first], self._calendar[tie.then]
        spans = self._template.stage(tie.first).days, self._template.stage(tie.then).days
        drives = Drives.PREDECESSOR if is_backward else Drives.SUCCESSOR
        link = Link(tie.first, tie.then, tie.kind, tie.lag, tie.lag_kind, drives)
        return gap_of(link, tie.lag, ends, spans, ends[0] if is_backward else ends[1], is_backward)


def _in_lots(quantity: Decimal, lot: Decimal | None) -> Decimal:
    if not lot:
        return quantity
    lots, rest = divmod(quantity, lot)
    return (lots + 1 if rest else lots) * lot
