"""Problems of a table, as lines its author can act on."""

from dataclasses import dataclass

from cards.words import Words

CAP = 50
"""Most problems listed; further ones are counted."""


@dataclass(frozen=True, slots=True)
class Problem:
    """`line` as a spreadsheet counts it, 0: the file as a whole. `column` as the file's header has it."""

    file: str
    line: int
    column: str
    wanted: str
    found: str = ""
    locale: str = "zh-CN"

    def __str__(self) -> str:
        key = "table.problem" if self.found else "table.problem_bare"
        place = f"{self.file}:{self.line}" if self.line else self.file
        where = f"{place}: {self.column}" if self.column else place
        return Words(self.locale)(key, where=where, found=self.found, wanted=self.wanted)


class TableError(Exception):
    """A table cannot be used, and nothing of it was; prints one line per problem and "+N" for those not listed."""

    def __init__(self, problems: list[Problem], more: int = 0, locale: str = "zh-CN") -> None:
        super().__init__(problems, more)
        self.problems = problems
        self.more = more
        self.locale = locale

    def __str__(self) -> str:
        lines = [str(problem) for problem in self.problems]
        if self.more:
            lines.append(Words(self.locale)("table.more", count=self.more))
        return "\n".join(lines)


class Problems:
    """Collects problems while a table is read."""

    def __init__(self, locale: str) -> None:
        self.locale = locale
        self._listed: list[Problem] = []
        self._count = 0

    def add(
        self, file: str, code: str, /, *, line: int = 0, column: str = "", found: object = "", **facts: object
    ) -> None:
        self._count += 1
        if len(self._listed) < CAP:
            wanted = Words(self.locale)(f"table.{code}", **facts)
            self._listed.append(Problem(file, line, column, wanted, _shown(found), self.locale))

    def __bool__(self) -> bool:
        return self._count > 0

    def error(self) -> TableError:
        return TableError(self._listed, self._count - len(self._listed), self.locale)

    def told(self, most: int) -> tuple[str, ...]:
        """One line for each, at most so many, and one for how many more."""
        lines = [str(problem) for problem in self._listed[:most]]
        more = self._count - len(lines)
        return (*lines, Words(self.locale)("table.more_rows", count=more)) if more else tuple(lines)

    def settle(self) -> None:
        """Raise TableError if there was any problem."""
        if self:
            raise self.error()


def _shown(found: object) -> str:
    text = "".join(char if char.isprintable() else " " for char in str(found))
    return text if len(text) <= 60 else text[:60] + "…"
