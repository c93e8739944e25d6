"""The types of a CEL syntax tree, by the rules of CEL: nothing is converted, both sides are of one kind.

A dry run over sample facts would miss much of this. It never sees a misspelt fact or a wrong kind behind `||`, behind
`&&`, or in a branch no sample takes. cel-python answers without complaint where a truth is compared with a text, a
value is sought in a text or in an empty list, `1 < days < 3` compares a truth with a number, or something is divided
by 0.0. And a dry run allows macros and regular expressions, whose cost nothing bounds. Each of these
is shown in `tests/planning/control/test_rules.py`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lark import Token, Tree

NUMBERS = ("int", "double")
METHODS = ("startsWith", "endsWith", "contains")
MOST_NODES = 200
WRAPPERS = frozenset((
    "expr", "conditionalor", "conditionaland", "relation", "addition", "multiplication", "unary", "member", "primary",
    "paren_expr",
))  # fmt: skip
_LITERALS = {
    "INT_LIT": "int", "FLOAT_LIT": "double", "BOOL_LIT": "bool", "STRING_LIT": "string", "MLSTRING_LIT": "string",
}  # fmt: skip
BIGGEST = 2**63 - 1
"""The biggest whole number, by the rules of CEL."""


class BadCondition(ValueError):
    """A text that is no condition; `code` and `facts` say why, for the catalogue."""

    def __init__(self, code: str, **facts: str) -> None:
        super().__init__(code, facts)
        self.code, self.facts = code, facts


Node = Tree[Token]


@dataclass(frozen=True, slots=True)
class Compared:
    """A fact beside a value somebody typed: with `==`, `!=` or `in`."""

    fact: str
    value: str
    """As it was typed, in its quotes."""


def bare(node: Node, wrappers: frozenset[str] = WRAPPERS) -> Node:
    """The node inside those that only wrap another."""
    while node.data in wrappers and len(node.children) == 1 and isinstance(node.children[0], Tree):
        node = node.children[0]
    return node


class Checker:
    """A walk over one tree; `types` are the facts: `item.type` → `string`, `proposer.roles` → `list(string)`."""

    def __init__(self, types: Mapping[str, str], text: str) -> None:
        self._types, self._text = types, text
        self._nodes = 0
        self.facts: dict[str, None] = {}
        """The facts that stand in the text, in its order."""
        self.compared: list[Compared] = []
        """Facts beside typed values, in the order of the text."""
        self.divisors: list[str] = []
        """Divisors without a fact in them."""

    def type_of(self, wrapped: Node) -> str:
        """The type of a node. Raises BadCondition for an unknown fact, sides of two kinds, and all no rule needs."""
        self._nodes += 1
        if self._nodes > MOST_NODES:
            raise BadCondition("condition-too-long")
        node = bare(wrapped)
        match str(node.data):
            case "literal":
                return self._literal(node)
            case "ident" | "member_dot":
                return self._fact(node)
            case "expr":
                return self._choice(node)
            case "conditionalor" | "conditionaland":
                for side in _trees(node):
                    self._want(side, "bool")
                return "bool"
            case "unary":
                return self._unary(node)
            case "relation":
                return self._relation(node)
            case "addition" | "multiplication":
                return self._arithmetic(node)
            case "list_lit":
                return self._list(node)
            case "member_dot_arg":
                return self._method(node)
        raise self._not_allowed(node)

    def _literal(self, node: Node) -> str:
        token = node.children[0]
        kind = _LITERALS.get(token.type) if isinstance(token, Token) else None
        if kind is None:
            raise self._not_allowed(node)
        if kind == "int" and abs(int(str(token), 16 if "0x" in str(token) else 10)) > BIGGEST:
            raise BadCondition("condition-too-big", part=self._typed(node))
        return kind

    def _fact(self, node: Node) -> str:
        name = self._name(node)
        if name not in self._types:
            raise BadCondition("condition-unknown", name=name, known="、".join(sorted(self._types)))
        self.facts[name] = None
        return self._types[name]

    def _name(self, node: Node) -> str:
        first, *rest = node.children
        if node.data == "member_dot" and isinstance(first, Tree):
            return f"{self._name(bare(first))}.{rest[0]}"
        if node.data != "ident":
            raise self._not_allowed(node)
        return str(first)

    def _choice(self, node: Node) -> str:
        condition, yes, no = _trees(node)
        self._want(condition, "bool")
        kind = self.type_of(yes)
        self._want(no, kind)
        return kind

    def _unary(self, node: Node) -> str:
        operator, operand = _trees(node)
        if operator.data == "unary_not":
            return self._want(operand, "bool")
        return self._number(operand)

    def _relation(self, node: Node) -> str:
        """Compare two sides of one kind; the operator's node holds the left one."""
        operator, right = _trees(node)
        left = _trees(operator)[0]
        kind = self.type_of(left)
        if operator.data == "relation_in":
            self._want(right, f"list({kind})")
        else:
            self._want(right, kind)
        if operator.data in ("relation_in", "relation_eq", "relation_ne"):
            self.compared += self._compared(left, right)
        else:
            if kind not in (*NUMBERS, "string"):
                raise self._not_allowed(node)
        return "bool"

    def _compared(self, left: Node, right: Node) -> Iterator[Compared]:
        """Facts of either side: in `'planner' in proposer.roles` and `'shift' == op` it stands on the right."""
        one, other = bare(left), bare(right)
        for fact, values in ((one, other), (other, one)):
            if fact.data in ("ident", "member_dot"):
                yield from (Compared(self._name(fact), self._typed(value)) for value in _literals(values))

    def _arithmetic(self, node: Node) -> str:
        operator, right = _trees(node)
        kind = self._number(_trees(operator)[0])
        if operator.data in ("multiplication_div", "multiplication_mod") and not names_facts(right):
            self.divisors.append(self._typed(right))
        return self._want(right, kind)

    def _list(self, node: Node) -> str:
        entries = _trees(_trees(node)[0]) if node.children else []
        kinds = {self.type_of(entry) for entry in entries}
        if len(kinds) != 1:
            raise BadCondition("condition-list", found=self._typed(node))
        return f"list({kinds.pop()})"

    def _method(self, node: Node) -> str:
        subject, name, *arguments = node.children
        if not isinstance(subject, Tree) or str(name) not in METHODS or len(arguments) != 1:
            raise self._not_allowed(node)
        self._want(subject, "string")
        entries = _trees(arguments[0]) if isinstance(arguments[0], Tree) else []
        if len(entries) != 1:
            raise self._not_allowed(node)
        self._want(entries[0], "string")
        return "bool"

    def _want(self, node: Node, kind: str) -> str:
        found = self.type_of(node)
        if found != kind:
            raise BadCondition("condition-type", part=self._typed(node), found=found, wanted=kind)
        return kind

    def _number(self, node: Node) -> str:
        found = self.type_of(node)
        if found not in NUMBERS:
            raise BadCondition("condition-type", part=self._typed(node), found=found, wanted="int")
        return found

    def _not_allowed(self, node: Node) -> BadCondition:
        return BadCondition("condition-not-allowed", part=self._typed(node))

    def _typed(self, node: Node) -> str:
        return self._text[node.meta.start_pos : node.meta.end_pos]


def names_facts(node: Node) -> bool:
    return any(True for _ in node.find_data("ident"))


def _literals(node: Node) -> Iterator[Node]:
    """The value itself, or those of a list."""
    if node.data == "literal":
        yield node
    elif node.data == "list_lit" and node.children:
        yield from (entry for entry in map(bare, _trees(_trees(node)[0])) if entry.data == "literal")


def _trees(node: Node) -> list[Node]:
    return [child for child in node.children if isinstance(child, Tree)]
