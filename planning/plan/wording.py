"""Wording of a company's tables: what their headers, units, types, modes and status words mean."""

from dataclasses import dataclass

from planning.plan.item import Mode, Status


@dataclass(frozen=True, slots=True)
class Wording:
    """Pairs of a word and its meaning, in the order they were given."""

    headers: tuple[tuple[str, str], ...] = ()
    """A header and the column it means, by the contract's name; of two in one table the first counts."""
    units: tuple[tuple[str, str], ...] = ()
    statuses: tuple[tuple[str, str, Status], ...] = ()
    """The department whose word it is (id or name; empty: everybody's), the word, the status."""
    types: tuple[tuple[str, str], ...] = ()
    modes: tuple[tuple[str, Mode], ...] = ()


PLAIN = Wording()
"""The program's own words alone."""
