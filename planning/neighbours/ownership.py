"""Ownership: of each field of an item type exactly one source, who may propose, and where ours is written to."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import combinations

PLAN = "plan"
"""Our own: owner of whatever no line names."""
ANY = "*"


class Standing(StrEnum):
    """What a source is to a field."""

    OWNER = "owner"
    PROPOSER = "proposer"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Ownership:
    type: str
    name: str
    """A canonical name, or ANY."""
    owner: str = PLAN
    where: Mapping[str, str] = field(default_factory=dict)
    """Values that the item must have, `department: 外协`."""
    propose: frozenset[str] = frozenset()
    push_to: frozenset[str] = frozenset()

    def standing(self, source: str) -> Standing:
        if source == self.owner:
            return Standing.OWNER
        return Standing.PROPOSER if source in self.propose else Standing.OTHER

    @property
    def _place(self) -> tuple[int, bool]:
        return len(self.where), self.name != ANY


def ownership_of(lines: Iterable[Ownership], type: str, name: str, item: Mapping[str, str]) -> Ownership:
    """The line that counts: the one with more `where`, then a named field before ANY."""
    fitting = (
        line for line in lines
        if line.type == type and line.name in (name, ANY) and line.where.items() <= item.items()
    )  # fmt: skip
    return max(fitting, key=lambda line: line._place, default=Ownership(type, name))


class Fault(StrEnum):
    TWICE = "twice"
    UNKNOWN_SOURCE = "unknown_source"
    OWNER_PROPOSES = "owner_proposes"
    OWNER_PUSHED_TO = "owner_pushed_to"
    READ_ONLY = "read_only"
    """Pushed to a source whose mapping does not write the field."""


@dataclass(frozen=True, slots=True)
class Contradiction:
    fault: Fault
    line: int
    source: str = ""
    other: int | None = None


def contradictions(
    lines: Collection[Ownership], sources: Collection[str], written: Collection[tuple[str, str, str]]
) -> Iterator[Contradiction]:
    """What does not add up in the lines. `written`: source, type and field that a mapping has a `write` for."""
    for n, line in enumerate(lines):
        for source in sorted({line.owner, *line.propose, *line.push_to} - {PLAN, *sources}):
            yield Contradiction(Fault.UNKNOWN_SOURCE, n, source)
        if line.owner in line.propose:
            yield Contradiction(Fault.OWNER_PROPOSES, n, line.owner)
        if line.owner in line.push_to:
            yield Contradiction(Fault.OWNER_PUSHED_TO, n, line.owner)
        for source in sorted(line.push_to.intersection(sources)):
            if line.name != ANY and (source, line.type, line.name) not in written:
                yield Contradiction(Fault.READ_ONLY, n, source)
    for (m, one), (n, other) in combinations(enumerate(lines), 2):
        if (one.type, one.name, dict(one.where)) == (other.type, other.name, dict(other.where)):
            yield Contradiction(Fault.TWICE, n, other=m)
