"""A row as another system says it, and what a mapping makes of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from planning.neighbours.canonical import Value, row_hash


@dataclass(frozen=True, slots=True)
class Row:
    key: str
    """What the source knows it by."""
    fields: Mapping[str, Any]
    """Native names and values as JSON has them, only those the mapping names."""
    version: str = ""
    """The source's stamp as the text it sent; empty: it has none, and the hash stands for it."""
    author: str = ""
    as_of: datetime | None = None
    """The source's time of this row, where it is the row's own; None: the pull's."""

    @property
    def hash(self) -> str:
        return row_hash(self.fields)


class Trouble(StrEnum):
    """Reasons for which a value is held back."""

    UNKNOWN_WORD = "unknown_word"
    NOT_A_NUMBER = "not_a_number"
    NOT_A_DATE = "not_a_date"
    NOT_A_FLAG = "not_a_flag"
    BELOW_MIN = "below_min"
    TOO_FAR = "too_far"
    MISSING = "missing"
    """A part of the item's code is not there."""
    NO_BINDING = "no_binding"


@dataclass(frozen=True, slots=True)
class Held:
    """A value that waits in quarantine, with the name of its canonical field."""

    field: str
    value: str
    trouble: Trouble


@dataclass(frozen=True, slots=True)
class Facts:
    """What a row says in our terms."""

    key: str
    code: str
    """The item's; empty: it could not be made."""
    type: str
    values: Mapping[str, Value]
    held: tuple[Held, ...] = ()
    is_selected: bool = True
    """False: the mapping's `only` leaves it out; it is kept and not mapped."""
    waits: frozenset[str] = field(default_factory=frozenset)
    """Fields that go through only together with one that is held."""
