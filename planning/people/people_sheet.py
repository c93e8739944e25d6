"""People from a sheet beside those who are kept: who is new, who gets an account or a role that they lack.

Nobody is moved or taken out by a sheet, and nobody is taken for somebody else by their name alone.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from planning.people.organisation import Role

OF_ADMINS = frozenset({Role.COORDINATOR, Role.ADMIN})
"""Roles that no sheet gives: an admin does in the chat, with a second one."""


@dataclass(frozen=True, slots=True)
class SheetRow:
    line: int
    name: str
    department: str
    """An id."""
    roles: tuple[Role, ...] = ()
    accounts: Mapping[str, str] = field(default_factory=dict)
    """By platform, what a telephone number led to."""

    @property
    def given(self) -> tuple[Role, ...]:
        return tuple(role for role in self.roles if role not in OF_ADMINS) or (Role.VIEWER,)


@dataclass(frozen=True, slots=True)
class KeptPerson:
    id: str
    name: str
    department: str
    roles: tuple[Role, ...] = ()
    accounts: Mapping[str, str] = field(default_factory=dict)
    active: bool = True


@dataclass(frozen=True, slots=True)
class Gets:
    """What somebody who is kept gets."""

    person: str
    roles: tuple[Role, ...] = ()
    accounts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Compared:
    new: tuple[SheetRow, ...] = ()
    gets: tuple[Gets, ...] = ()
    same: int = 0
    doubtful: tuple[SheetRow, ...] = ()
    """Rows that might be several people: nothing is done about them."""
    asked_of_admins: tuple[tuple[SheetRow, Role], ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.new or self.gets)


def compare(rows: Sequence[SheetRow], people: Iterable[KeptPerson]) -> Compared:
    """A row is somebody by an account, else by name and department where both are unique on both sides."""
    people = [*people]
    by_account = {account: one for one in people for account in one.accounts.items()}
    by_place = defaultdict[tuple[str, str], list[KeptPerson]](list)
    for person in people:
        by_place[person.name, person.department].append(person)
    times = Counter((row.name, row.department) for row in rows)
    new, gets, doubtful, same = list[SheetRow](), list[Gets](), list[SheetRow](), 0
    for row in rows:
        known = [*{one.id: one for account in row.accounts.items() if (one := by_account.get(account))}.values()]
        if not known:
            known = by_place[row.name, row.department]
            if known and times[row.name, row.department] > 1:
                doubtful.append(row)
                continue
        if len(known) > 1 or (known and not known[0].active) or _contradicts(row, known):
            doubtful.append(row)
        elif not known:
            new.append(row)
        elif (got := _gets(row, known[0])).roles or got.accounts:
            gets.append(got)
        else:
            same += 1
    asked = [(row, role) for row in rows if row not in doubtful for role in row.roles if role in OF_ADMINS]
    held = {(one.name, one.department): one.roles for one in people}
    asked = [(row, role) for row, role in asked if role not in held.get((row.name, row.department), ())]
    return Compared(tuple(new), tuple(gets), same, tuple(doubtful), tuple(asked))


def _contradicts(row: SheetRow, known: Sequence[KeptPerson]) -> bool:
    """Their number leads to another account than the one that is kept."""
    return any(one.accounts.get(name, user) != user for one in known for name, user in row.accounts.items())


def _gets(row: SheetRow, person: KeptPerson) -> Gets:
    roles = tuple(role for role in row.roles if role not in OF_ADMINS and role not in person.roles)
    accounts = {name: user for name, user in row.accounts.items() if name not in person.accounts}
    return Gets(person.id, roles, accounts)
