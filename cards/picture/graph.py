"""The picture before it is drawn: nodes and edges with their words."""

from dataclasses import dataclass
from enum import StrEnum


class Effect(StrEnum):
    """Effect on an item as a colour, beside words of the same meaning. The worst first."""

    LATE = "late"
    """A promise is broken."""
    LATER = "later"
    EARLIER = "earlier"
    CHANGED = "changed"
    """Changed in something else than its dates."""
    UNMOVED = "unmoved"
    """Item the change only went through."""


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
    """Result in a word or two: 晚 3 天."""
    changes: tuple[str, ...] = ()
    """before → after."""
    alarm: str = ""
    """Trouble afterwards."""
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
    """Mark of a node on the way to a late order."""


@dataclass(frozen=True, slots=True)
class Graph:
    """`nodes` begin with the causes; `edges` join their keys. The same impact gives the same graph."""

    title: str
    subtitle: str
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    remark: str = ""
    """Note on parts left out."""
    legend: tuple[str, str, str] = ("", "", "")
    """Meanings of the lines: to a late order, critical, other."""
    cause: str = ""
    """Label of a cause."""
