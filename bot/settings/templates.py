"""The section `templates`, as data: what an order of a kind needs, from its first day to its last payment."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import BeforeValidator, Field, PlainSerializer
from pydantic_core import PydanticCustomError

from bot.settings.kinds import Identifier, ItemType, Section, Text
from planning.generation.explosion import Order, explode
from planning.generation.template import Fault, Stage, Template, Tie
from planning.plan.calendar import calendar_named
from planning.plan.limits import FIRST_DAY, LAST_DAY, MAX_DAYS, MAX_QUANTITY
from planning.plan.link import LagKind, LinkKind
from planning.plan.ratio import Ratio, fraction_of, written

SHIPPED = Path(__file__).with_name("templates.yaml")
_OF_ORDER = re.compile(r"order(?:\s*\*\s*(.+))?")
_TRIED = (Decimal(1), Decimal(1000)), date(2026, 12, 25)
"""Quantities and the delivery of the dry run."""


def _ratio(value: object) -> Ratio:
    text = str(value).strip()
    if fraction := fraction_of(text):
        return fraction
    if not re.fullmatch(r"\d{1,12}(\.\d{1,9})?", text) or not Decimal(text):
        raise PydanticCustomError("ratio", "ratio")
    return Decimal(text)


def _of_order(value: object) -> Ratio:
    found = _OF_ORDER.fullmatch(str(value).strip())
    if not found:
        raise PydanticCustomError("of_order", "of_order")
    return _ratio(found[1] or "1")


_Ratio = Annotated[Any, BeforeValidator(_ratio), PlainSerializer(lambda ratio: ratio and written(ratio))]
"""A number above zero, or a fraction such as `1/3`."""
_OfOrder = Annotated[
    Any, BeforeValidator(_of_order), PlainSerializer(lambda ratio: ratio and f"order * {written(ratio)}")
]
"""`order`, or `order * 2`."""


class StageSettings(Section):
    key: Identifier
    title: Text
    type: ItemType = "task"
    department: str = ""
    duration: Annotated[int | None, Field(ge=0, le=MAX_DAYS)] = None
    """Working days; of a purchase its supplier's lead."""
    quantity: _OfOrder = None
    product: str = ""
    unit: str = ""
    lot: Annotated[Decimal | None, Field(gt=0, le=MAX_QUANTITY)] = None

    def stage(self) -> Stage:
        is_known = self.duration is not None or self.type == "purchase"
        return Stage(
            self.key, self.title, self.type, self.department, self.duration if is_known else 1, self.quantity,
            self.product, self.unit, self.lot,
        )  # fmt: skip


class TieSettings(Section):
    first: Annotated[Identifier, Field(alias="from")]
    then: Annotated[Identifier, Field(alias="to")]
    kind: LinkKind = LinkKind.FS
    lag: Annotated[int, Field(ge=-MAX_DAYS, le=MAX_DAYS)] = 0
    lag_kind: LagKind = LagKind.WORKING
    ratio: _Ratio = None
    scrap: Annotated[Decimal, Field(ge=0, lt=1)] = Decimal(0)

    def tie(self) -> Tie:
        return Tie(self.first, self.then, self.kind, self.lag, self.lag_kind, self.ratio, self.scrap)


class TemplateSettings(Section):
    name: Identifier
    stages: Annotated[tuple[StageSettings, ...], Field(min_length=1, max_length=200)]
    links: Annotated[tuple[TieSettings, ...], Field(max_length=1000)] = ()
    delivery: Identifier = "DL"
    codes: Annotated[str, Field(pattern=r"\{key\}")] = "{order}-{key}"

    def template(self) -> Template:
        stages = tuple(stage.stage() for stage in self.stages)
        return Template(self.name, stages, tuple(link.tie() for link in self.links), self.delivery, self.codes)


def shipped() -> tuple[TemplateSettings, ...]:
    """The three a company begins with."""
    return tuple(TemplateSettings.model_validate(one) for one in yaml.safe_load(SHIPPED.read_text(encoding="utf-8")))


def faults(settings: TemplateSettings) -> Iterator[Fault]:
    """What makes a template unusable: its own faults, else the dry runs that leave what a plan can hold."""
    template = settings.template()
    own = list(template.faults())
    yield from own
    quantities, day = _TRIED
    for quantity in quantities if not own else ():
        if not _holds(template, quantity, day):
            yield Fault("template_too_much", {"quantity": str(quantity)})


def _holds(template: Template, quantity: Decimal, day: date) -> bool:
    order = Order("SO-1", "产品", quantity, day, "件")
    try:
        lines = explode(template, order, lambda stage: calendar_named("china"), {}, day).lines
    except OverflowError:
        return False
    return all(
        FIRST_DAY <= line.start <= line.finish <= LAST_DAY and Fraction(line.quantity or 0) <= MAX_QUANTITY
        for line in lines
    )
