"""The picture before it is drawn: nodes and edges with their words."""

from dataclasses import dataclass
from enum import StrEnum


class Effect(StrEnum):
    """How an item fares: a colour that always stands beside words of the same meaning. The worst first."""

    LATE = "late"
    """A promise is broken."""
    LATER = "later"
    EARLIER = "earlier"
    CHANGED = "changed"
    """In something else than its dates."""
    UNMOVED = "unmoved"
    """The change went through it."""


@dataclass(frozen=True, slots=True)
class Node:
    """An item, or several of one department that are drawn as one."""

    key: str
    label: str
    """An item's code, or how many items these are."""
    department: str
    """Its name; empty: nobody's."""
    color: int
    """The department's number in the company; -1: no department."""
    title: str
    effect: Effect
    badge: str = ""
    """What it comes to in a word or two: 晚 3 天."""
    changes: tuple[str, ...] = ()
    """before → after."""
    alarm: str = ""
    """What is wrong afterwards."""
    is_cause: bool = False
    count: int = 1


@dataclass(frozen=True, slots=True)
class Edge:
    """The change went from `source` to `target` (critical), or could have: they are linked and both changed."""

    source: str
    target: str
    label: str = ""
    """The lag, the kind of link, the slack that took days up; empty: one directly after the other."""
    is_critical: bool = False
    is_late: bool = False
    """On the way to an order that is late."""


@dataclass(frozen=True, slots=True)
class Graph:
    """`nodes` begin with the causes; `edges` join their keys. The same impact gives the same graph."""

    title: str
    subtitle: str
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    remark: str = ""
    """What the picture leaves out."""
    legend: tuple[str, str, str] = ("", "", "")
    """What the lines mean: to a late order, critical, other."""
    cause: str = ""
    """What stands on a cause."""
