"""A condition as a tree of its comparisons, for telling it in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import celpy
from lark import Token

from planning.control.condition_types import Node, bare

_ENVIRONMENT = celpy.Environment()
_SIGNS = {
    "relation_lt": "<", "relation_le": "<=", "relation_gt": ">", "relation_ge": ">=",
    "relation_eq": "==", "relation_ne": "!=", "relation_in": "in",
}  # fmt: skip
_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


@dataclass(frozen=True, slots=True)
class Compared:
    """A fact beside a value, or with `in` beside several: `days <= 1`."""

    fact: str
    sign: str
    """<, <=, >, >=, ==, !=, in, has (of a list), startsWith, endsWith or contains."""
    values: tuple[str | int | float, ...]


@dataclass(frozen=True, slots=True)
class AllOf:
    parts: tuple["Reading", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    parts: tuple["Reading", ...]


@dataclass(frozen=True, slots=True)
class Not:
    part: "Reading"


@dataclass(frozen=True, slots=True)
class Formula:
    """Something that is computed: no simple comparison says it."""

    text: str


Reading = Compared | AllOf | AnyOf | Not | Formula


def reading(text: str) -> Reading:
    """The tree of a condition that was checked before (`Condition.of`)."""
    return _read(_ENVIRONMENT.compile(text), text)


def _read(wrapped: Node, text: str) -> Reading:
    node = bare(wrapped)
    sides = _trees(node)
    match str(node.data):
        case "conditionaland":
            return AllOf(_joined(AllOf, sides, text))
        case "conditionalor":
            return AnyOf(_joined(AnyOf, sides, text))
        case "unary" if sides[0].data == "unary_not":
            return Not(_read(sides[1], text))
        case "relation":
            return _relation(sides, text) or _formula(node, text)
        case "member_dot_arg":
            return _method(node) or _formula(node, text)
    return _formula(node, text)


def _joined(kind: type[AllOf | AnyOf], sides: Sequence[Node], text: str) -> tuple[Reading, ...]:
    """Both sides, flat: a && b && c is one list."""
    found: list[Reading] = []
    for side in sides:
        read = _read(side, text)
        found += read.parts if isinstance(read, kind) else [read]
    return tuple(found)


def _relation(sides: Sequence[Node], text: str) -> Reading | None:
    operator, right = sides
    sign, left = _SIGNS[str(operator.data)], _trees(operator)[0]
    fact, values = _fact(left), _values(right)
    if fact and values is not None:
        return Compared(fact, sign, values)
    fact, values = _fact(right), _values(left)
    if fact and values is not None:
        return Compared(fact, "has" if sign == "in" else _TURNED.get(sign, sign), values)
    return None


def _method(node: Node) -> Reading | None:
    subject, name, *arguments = node.children
    fact = _fact(subject) if not isinstance(subject, Token) else ""
    values = _values(_trees(arguments[0])[0]) if arguments and not isinstance(arguments[0], Token) else None
    return Compared(fact, str(name), values) if fact and values is not None else None


def _fact(wrapped: Node) -> str:
    node = bare(wrapped)
    if node.data == "ident":
        return str(node.children[0])
    if node.data == "member_dot":
        first, name = node.children
        section = _fact(first) if not isinstance(first, Token) else ""
        return f"{section}.{name}" if section else ""
    return ""


def _values(wrapped: Node) -> tuple[str | int | float, ...] | None:
    """The value of a literal, a negative number or a list of them; None: it has facts."""
    node = bare(wrapped)
    if any(True for _ in node.find_data("ident")) or node.data not in ("literal", "unary", "list_lit"):
        return None
    literals = _trees(_trees(node)[0]) if node.data == "list_lit" else [node]
    return tuple(map(_plain, literals))


def _plain(literal: Node) -> str | int | float:
    """A value of CEL as one of Python's."""
    value: Any = _ENVIRONMENT.program(literal).evaluate({})
    return str(value) if isinstance(value, str) else float(value) if isinstance(value, float) else int(value)


def _formula(node: Node, text: str) -> Formula:
    return Formula(text[node.meta.start_pos : node.meta.end_pos])


def _trees(node: Node) -> list[Node]:
    return [child for child in node.children if not isinstance(child, Token)]
