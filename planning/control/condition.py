"""A condition in CEL, compiled and type-checked before it is ever used.

Only facts, literals, lists, comparisons, `in`, arithmetic, `&&`, `||`, `!`, `? :` and three string functions are
understood. No macro and no regular expression, so that a condition costs what it is long, and it is not
longer than MOST characters. Nothing is ever given to Python's `eval`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import celpy
from celpy.adapter import json_to_cel
from celpy.celparser import CELParseError
from celpy.evaluation import CELEvalError

from planning.control.condition_types import WRAPPERS, BadCondition, Checker, Node, bare, names_facts

MOST = 500
DEEPEST = 120
"""Levels of the syntax tree; a pair of brackets takes ten, and evaluating goes down one by one."""
_ENVIRONMENT = celpy.Environment()
_JOINT = WRAPPERS - {"paren_expr"}


@dataclass(frozen=True, slots=True)
class Part:
    """One of the conditions that have to hold together, as it was written, and its outcome (None: not known, a fact it
    needs is not there)."""

    text: str
    holds: bool | None
    facts: tuple[str, ...] = ()
    """The facts it speaks of."""


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    runner: celpy.Runner
    facts: tuple[str, ...]


class Condition:
    """A checked condition: `Condition.of("item.type == 'purchase' && days > 0", TYPES)`."""

    def __init__(self, text: str, pieces: tuple[_Piece, ...], words: tuple[tuple[str, str], ...]) -> None:
        self.text = text
        self.words = words
        """Facts with the values they are compared with, as text, for a check against the values there are."""
        self._pieces = pieces

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Condition) and self.text == other.text

    def __hash__(self) -> int:
        return hash(self.text)

    def __repr__(self) -> str:
        return f"Condition({self.text!r})"

    @classmethod
    def of(cls, text: str, types: Mapping[str, str]) -> "Condition":
        """Compile a condition over these facts: `item.type` → `string`. Raises BadCondition."""
        if len(text) > MOST:
            raise BadCondition("condition-too-long")
        try:
            tree = _ENVIRONMENT.compile(text)
        except CELParseError as error:
            raise BadCondition("condition-syntax", column=str(getattr(error, "column", None) or 1)) from None
        if _depth(tree) > DEEPEST:
            raise BadCondition("condition-too-long")
        checker = Checker(types, text)
        kind = checker.type_of(tree)
        if kind != "bool":
            raise BadCondition("condition-type", part=text, found=kind, wanted="bool")
        for divisor in checker.divisors:
            if not _value(divisor):
                raise BadCondition("condition-zero", part=divisor)
        words = tuple((one.fact, str(_value(one.value))) for one in checker.compared)
        return cls(text, tuple(_piece(piece, types) for piece in _holding(tree, text)), words)

    def parts(self, facts: Mapping[str, Any]) -> tuple[Part, ...]:
        """Every condition that has to hold, with its outcome. `facts` by name, in sections: `{"item": {…}, …}`."""
        activation = {name: json_to_cel(value) for name, value in facts.items()}
        return tuple(Part(one.text, _outcome(one.runner, activation), one.facts) for one in self._pieces)


def _piece(text: str, types: Mapping[str, str]) -> _Piece:
    checker = Checker(types, text)
    checker.type_of(_ENVIRONMENT.compile(text))
    return _Piece(text, _runner(text), tuple(checker.facts))


def _runner(piece: str) -> celpy.Runner:
    return _ENVIRONMENT.program(_ENVIRONMENT.compile(piece))


def _value(text: str) -> Any:
    """The value of a text without facts; None: it has none."""
    try:
        return _runner(text).evaluate({})
    except CELEvalError:
        return None


def _holding(tree: Node, text: str) -> Iterator[str]:
    """The conjuncts. Raises BadCondition("condition-never") for one that is false whatever the facts are."""
    for piece in _conjuncts(tree, text):
        if not names_facts(_ENVIRONMENT.compile(piece)) and not _value(piece):
            raise BadCondition("condition-never", part=piece)
        yield piece


def _outcome(runner: celpy.Runner, activation: dict[str, Any]) -> bool | None:
    try:
        return bool(runner.evaluate(activation))
    except CELEvalError:
        return None


def _depth(tree: Node) -> int:
    deepest, waiting = 0, [(tree, 1)]
    while waiting:
        node, depth = waiting.pop()
        deepest = max(deepest, depth)
        waiting += [(child, depth + 1) for child in node.children if not isinstance(child, str)]
    return deepest


def _conjuncts(tree: Node, text: str) -> Iterator[str]:
    """The conditions joined by && at the top, as they were typed."""
    node = bare(tree, _JOINT)
    sides = [child for child in node.children if not isinstance(child, str)]
    if node.data == "conditionaland" and len(sides) == 2:
        for side in sides:
            yield from _conjuncts(side, text)
    else:
        yield text[node.meta.start_pos : node.meta.end_pos]
