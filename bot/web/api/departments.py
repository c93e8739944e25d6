"""Departments named in operations: by id or by name, as in import files."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from bot.web.api.operations import AnyWish, operation_of
from bot.web.platform.errors import invalid
from handlers.turn import Turn
from planning.plan.operation import Op, Operation
from planning.plan.plan import Plan


def operations_of(wishes: Sequence[AnyWish], turn: Turn, plan: Plan) -> tuple[Operation, ...]:
    """The operations with departments' ids. Raises a Problem that names each department nobody knows."""
    names = _Names(turn, plan)
    operations = tuple(names.resolved(f"operations[{n}]", operation_of(wish)) for n, wish in enumerate(wishes))
    if names.wrong:
        raise invalid(turn.words, *names.wrong)
    return operations


class _Names:
    """Departments are those of the settings, and those the plan uses already."""

    def __init__(self, turn: Turn, plan: Plan) -> None:
        self._turn, self._plan = turn, plan
        self.wrong: list[tuple[str, str]] = []

    def resolved(self, at: str, operation: Operation) -> Operation:
        match operation.op, operation.to:
            case Op.REASSIGN, str(word):
                return replace(operation, to=self._id(f"{at}.to", word))
            case Op.ADD, Mapping() as cells:
                return replace(operation, to={**cells, **dict(self._ids(f"{at}.to", cells))})
            case _:
                return operation

    def _ids(self, at: str, cells: Mapping[str, str]) -> Iterator[tuple[str, str]]:
        if word := cells.get("department"):
            yield "department", self._id(f"{at}.department", word)
        if words := cells.get("also_informs"):
            yield "also_informs", "|".join(self._id(f"{at}.also_informs", word) for word in words.split("|"))

    def _id(self, at: str, word: str) -> str:
        known = self._turn.organisation.find_department(word)
        if known:
            return known.id
        if all(word != item.department for item in self._plan.items.values()):
            names = [department.name for department in self._turn.organisation.departments.values()]
            facts = {"department": word, "departments": self._turn.words.list(names)}
            self.wrong.append((at, self._turn.words("invalid.department", **facts)))
        return word
