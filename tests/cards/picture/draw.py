"""Change requests to draw: what is wanted of a small plan, as its cards would see it."""

import xml.etree.ElementTree as ET
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from cards.faces import ChangeView
from cards.picture import Graph, Node, picture_of, svg_of
from cards.words import Words
from planning.change.change import Change
from planning.change.deadline import OFFICE_HOURS
from planning.change.escalation import CHINA
from planning.people.organisation import Department, Organisation
from planning.plan.hours import WorkingHours
from planning.plan.impact import Impact
from planning.plan.operation import Operation
from planning.plan.plan import Plan
from tests.planning.build import effect

NO = "CR-20261130-001"
NOW = datetime(2026, 11, 30, 2, tzinfo=UTC)
SHANGHAI = ZoneInfo("Asia/Shanghai")
SVG = "{http://www.w3.org/2000/svg}"
NAMES = {"sales": "销售部", "production": "生产部", "purchasing": "采购部"}
ORGANISATION = Organisation({id_: Department(id_, name) for id_, name in NAMES.items()}, {})


def view_of(plan: Plan, *operations: Operation, impact: Impact | None = None, locale: str = "zh-CN") -> ChangeView:
    impact = impact or effect(plan, *operations)
    change = Change(plan.id, NO, "li.na", operations, impact, plan.revision, NOW)
    return ChangeView(
        change=change, organisation=ORGANISATION, words=Words(locale), zone=SHANGHAI, now=NOW,
        hours=WorkingHours(OFFICE_HOURS, CHINA, SHANGHAI),
    )  # fmt: skip


def graph_of(plan: Plan, *operations: Operation, locale: str = "zh-CN") -> Graph:
    return picture_of(view_of(plan, *operations, locale=locale), plan)


def node(graph: Graph, key: str) -> Node:
    return next(node for node in graph.nodes if node.key == key)


def drawn(graph: Graph) -> ET.Element:
    """The SVG, read by a strict XML parser."""
    return ET.fromstring(svg_of(graph))


def texts(root: ET.Element, kind: str = "") -> list[str]:
    """What is written in the picture, or only in texts of one class."""
    return [text.text or "" for text in root.iter(f"{SVG}text") if kind in (text.get("class", ""), "")]
