"""A process template: the stages between an order and its last payment, and how they hang together."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from planning.plan.goods import PURCHASE
from planning.plan.link import LagKind, LinkKind
from planning.plan.ratio import Ratio


@dataclass(frozen=True, slots=True)
class Stage:
    """One item that an order gets. Empty `product` and `unit` are the order's."""

    key: str
    title: str
    type: str
    department: str = ""
    duration: int | None = 1
    """Working days, 0 for a milestone; of a purchase its supplier's lead, None where that is not known."""
    quantity: Ratio | None = None
    """Per piece ordered, where no stage behind it asks for it; None: it has none then."""
    product: str = ""
    unit: str = ""
    lot: Decimal | None = None
    """It is had in multiples of this."""

    @property
    def days(self) -> int:
        return self.duration or 0

    @property
    def has_no_lead(self) -> bool:
        return self.type == PURCHASE and self.duration is None


@dataclass(frozen=True, slots=True)
class Tie:
    """A link between two stages. `ratio` is what one piece of `then` takes of `first`, `scrap` the share of it lost."""

    first: str
    then: str
    kind: LinkKind = LinkKind.FS
    lag: int = 0
    lag_kind: LagKind = LagKind.WORKING
    ratio: Ratio | None = None
    scrap: Decimal = Decimal(0)


class Fault(NamedTuple):
    """What makes a template unusable, by its code, and the facts of it."""

    code: str
    facts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Template:
    """`delivery` is the stage whose end is the day promised: what leads to it is dated back from there, what follows
    it on from there. `pattern` makes an item's code of `{order}` and `{key}`."""

    name: str
    stages: tuple[Stage, ...]
    ties: tuple[Tie, ...] = ()
    delivery: str = "DL"
    pattern: str = "{order}-{key}"

    def stage(self, key: str) -> Stage:
        return self._stages[key]

    def into(self, key: str) -> list[Tie]:
        return [tie for tie in self.ties if tie.then == key]

    def out_of(self, key: str) -> list[Tie]:
        return [tie for tie in self.ties if tie.first == key]

    def code_of(self, key: str, order: str) -> str:
        return self.pattern.replace("{order}", order).replace("{key}", key)

    def in_order(self) -> list[str]:
        """The stages, those before others first; of equals as they are written. Stages of a loop are left out."""
        left = {stage.key: {tie.first for tie in self.into(stage.key)} for stage in self.stages}
        done: list[str] = []
        while ready := next((key for key, before in left.items() if before <= {*done}), None):
            done.append(ready)
            del left[ready]
        return done

    def leading(self) -> set[str]:
        """The stages that lead to the delivery, itself among them."""
        found = {self.delivery}
        for key in reversed(self.in_order()):
            if any(tie.then in found for tie in self.out_of(key)):
                found.add(key)
        return found

    def faults(self) -> Iterator[Fault]:
        """What makes it unusable: `template_twice`, `template_stage`, `template_delivery`, `template_loop`,
        `template_loose`; the later are looked for where the former are not."""
        keys = [stage.key for stage in self.stages]
        for key in dict.fromkeys(key for key in keys if keys.count(key) > 1):
            yield Fault("template_twice", {"stage": key})
        for key in dict.fromkeys(end for tie in self.ties for end in (tie.first, tie.then) if end not in keys):
            yield Fault("template_stage", {"stage": key, "known": ", ".join(keys)})
        if self.delivery not in keys:
            yield Fault("template_delivery", {"stage": self.delivery, "known": ", ".join(keys)})
        if len({*keys}) < len(keys) or self.delivery not in keys or not self._ends_are_known(keys):
            return
        if loop := self.loop():
            yield Fault("template_loop", {"path": " → ".join(loop)})
            return
        leading = self.leading()
        for key in keys:
            if key not in leading and not self.into(key):
                yield Fault("template_loose", {"stage": key, "delivery": self.delivery})

    def loop(self) -> list[str]:
        """A way round through its ties, its first stage again at the end; empty: there is none."""
        looping = [stage.key for stage in self.stages if stage.key not in self.in_order()]
        if not looping:
            return []
        # Behind a loop stages are left too; before each of those left stands another, so going back ends in a loop.
        way = [looping[0]]
        while len({*way}) == len(way):
            way.append(next(tie.first for tie in self.into(way[-1]) if tie.first in looping))
        return way[way.index(way[-1]) :][::-1]

    def _ends_are_known(self, keys: list[str]) -> bool:
        return all(tie.first in keys and tie.then in keys for tie in self.ties)

    @property
    def _stages(self) -> Mapping[str, Stage]:
        return {stage.key: stage for stage in self.stages}
