"""A platform's directory beside the settings: whose departments are whose, what would change, and the documents that
say so."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from handlers.govern.kept_settings import Entry, free_id, is_active, roles_of
from planning.people.directory import Directory, Unit
from planning.people.directory_difference import Difference, Known, Told, View, difference
from planning.people.organisation import TWO_ADMINS, Role
from planning.trail.chain import digest
from storage.control.directories import ToldMember

NOT = "-"
"""Stands for the department of what is none of the plan's."""
Choice = Mapping[str, str]
"""Departments of the directory that somebody chose: the id of the plan's whose they are, empty for one of their own,
or NOT."""


def packed(choice: Choice) -> str:
    return ";".join(f"{unit}={department}" for unit, department in choice.items())


def unpacked(text: str) -> dict[str, str]:
    parts = (part.partition("=") for part in text.split(";") if part)
    return {unit: department for unit, _, department in parts}


def bare(name: str) -> str:
    return name.strip().removesuffix("部")


@dataclass(frozen=True)
class Offer:
    """Somebody who leads a department of the directory, and manages none of the plan's yet."""

    department: str
    person: str


@dataclass(frozen=True)
class Preview:
    """What applying a directory would do. The entries are those of the newest settings."""

    platform: str
    directory: Directory
    departments: tuple[Entry, ...]
    people: tuple[Entry, ...]
    told: Mapping[str, ToldMember]
    numbers: Mapping[str, str]
    """Employee numbers of people, as another platform's directory told them."""
    choice: Choice
    platforms: tuple[str, ...]
    """Names of all platforms."""
    only: frozenset[str] | None = None

    @cached_property
    def units(self) -> Mapping[str, str]:
        """The plan's departments by those of the directory that are theirs: as kept, as chosen, and where there is just
        one of the same name."""
        kept = {unit: one["id"] for one in self.departments for unit in self._units_of(one)}
        found = kept | {unit: one for unit, one in self._by_name() if one not in kept.values()}
        for unit, department in self.choice.items():
            found.pop(unit, None)
            if department != NOT:
                found[unit] = department or self._own(unit)
        return found

    @cached_property
    def new_departments(self) -> Mapping[str, str]:
        """Names of the plan's new departments by their ids."""
        known = {one["id"] for one in self.departments}
        taken = {bare(one["name"]) for one in self.departments}
        made = dict[str, str]()
        for unit, department in self.units.items():
            if department in known:
                continue
            name = self.name_of(unit)
            if bare(name) in taken:
                name = f"{self.name_of(self.directory.units[unit].parent)}·{name}"
            made[department] = name if bare(name) not in taken else f"{name} {unit}"
            taken.add(bare(made[department]))
        return made

    @cached_property
    def view(self) -> View:
        told = {user: Told(one.name, one.department, one.present) for user, one in self.told.items()}
        return View(self.directory, self.units, tuple(self._known()), told, self.only)

    @cached_property
    def difference(self) -> Difference:
        return difference(self.view)

    @cached_property
    def offers(self) -> tuple[Offer, ...]:
        """Leaders for departments without a manager who is there."""
        here = {one["id"] for one in self.people if is_active(one) and one["id"] not in self.difference.left}
        managed = {one["id"] for one in self.departments if one.get("manager") in here}
        ids = self.ids_by_user
        found = dict[str, str]()
        for unit, department in self.units.items():
            for leader in self._unit(unit).leaders:
                if department not in managed and leader in ids:
                    found.setdefault(department, ids[leader])
        return tuple(Offer(department, person) for department, person in found.items())

    @cached_property
    def ids_by_user(self) -> Mapping[str, str]:
        """Everybody who is there afterwards, by what the platform calls them."""
        ids = {
            self.directory.plain.get(user, user): one["id"]
            for one in self.people
            if is_active(one) and (user := one.get(self.platform))
        }
        ids |= {user: person for person, user in self.difference.found}
        taken = {one["id"] for one in self.people}
        for newcomer in self.difference.new:
            ids[newcomer.user] = free_id(newcomer.user, self.platform, taken)
            taken.add(ids[newcomer.user])
        return ids

    @property
    def seen(self) -> str:
        """Tells whether it is what somebody was shown."""
        return digest(self.platform, repr(self.difference), sorted(self.units.items()), len(self.offers))[:16]

    @property
    def changes_nothing(self) -> bool:
        kept = {unit: one["id"] for one in self.departments for unit in self._units_of(one)}
        return self.difference.is_empty and kept == dict(self.units)

    def outside(self) -> list[tuple[Unit, int]]:
        """Departments of the directory that are none of the plan's, nor below one, with how many people are in each;
        largest first."""
        counts = Counter(unit for member in self.directory.members.values() for unit in member.units)
        within = self.units
        found = [
            (unit, counts[unit.id])
            for unit in self.directory.units.values()
            if unit.name and counts[unit.id] and not any(one in within for one in self.directory.above(unit.id))
        ]
        return sorted(found, key=lambda pair: (-pair[1], pair[0].name, pair[0].id))

    def find_units(self, name: str) -> list[Unit]:
        """Those of this id or name, with or without the closing 部."""
        units = self.directory.units
        if name in units:
            return [units[name]]
        return [one for one in units.values() if one.name and bare(one.name) == bare(name)]

    def name_of(self, unit: str) -> str:
        return self._unit(unit).name or unit

    def department_name(self, department: str) -> str:
        known = next((one["name"] for one in self.departments if one["id"] == department), "")
        return str(known or self.new_departments.get(department, department))

    def documents(self, *, managers: bool, besides: frozenset[str]) -> tuple[list[Entry], list[Entry]]:
        """Departments and people as they are afterwards. `managers`: with the offered ones; `besides`: people who left
        but are left as they are."""
        return self._departments(managers), self._people(besides)

    def members_told(self, besides: frozenset[str]) -> Iterator[ToldMember]:
        """What the directory says now of everybody who is kept, for the next difference."""
        ids, gone = self.ids_by_user, {*self.difference.left, *self.difference.parted} - besides
        now = {one["id"]: one["department"] for one in self._people(besides)}
        for user, member in self.directory.members.items():
            if user in ids and (self.only is None or user in self.only):
                department = self.view.department_of(member, now[ids[user]])
                yield ToldMember(user, ids[user], member.name, department, member.number, True)
        for one in self.view.people:
            user = self.view.user_of(one)
            if one.id in gone:
                yield ToldMember(user, one.id, one.name, one.department, one.number, False)

    def _departments(self, managers: bool) -> list[Entry]:
        made = [{"id": id, "name": name} for id, name in self.new_departments.items()]
        entries: list[Entry] = [{**one} for one in (*self.departments, *made)]
        offered = {one.department: one.person for one in self.offers} if managers else {}
        for entry in entries:
            others = [unit for unit in entry.get("directory") or () if not unit.startswith(f"{self.platform}:")]
            ours = [f"{self.platform}:{unit}" for unit, one in self.units.items() if one == entry["id"]]
            entry.pop("directory", None)
            if others or ours:
                entry["directory"] = [*others, *ours]
            if entry["id"] in offered:
                entry["manager"] = offered[entry["id"]]
        return entries

    def _people(self, besides: frozenset[str]) -> list[Entry]:
        found, ids = self.difference, self.ids_by_user
        users, left = dict(found.found), {*found.left} - besides
        names = {one.person: one.now for one in found.renamed}
        departments = {one.person: one.now for one in found.moved}
        entries = list[Entry]()
        for one in self.people:
            entry, id = {**one}, one["id"]
            if id in users:
                entry[self.platform] = users[id]
            if id in names:
                entry["name"] = names[id]
            if id in departments:
                entry["department"] = departments[id]
            if id in left:
                entry["active"] = False
            if id in found.parted:
                entry.pop(self.platform, None)
            if id in found.back:
                entry |= self._back(entry)
                entry.pop("active", None)
            entries.append(entry)
        for newcomer in found.new:
            begun = {"id": ids[newcomer.user], "name": newcomer.name, "department": newcomer.department}
            entries.append({**begun, "roles": [Role.VIEWER.value], self.platform: newcomer.user})
        return entries

    def _back(self, entry: Entry) -> Entry:
        """Whoever comes back begins as everybody does."""
        member = self.directory.members[self.directory.plain.get(entry[self.platform], entry[self.platform])]
        department = self.view.department_of(member)
        return {"name": member.name, "department": department, "roles": [Role.VIEWER.value]}

    def _known(self) -> Iterator[Known]:
        for one in self.people:
            accounts = {name: one[name] for name in self.platforms if one.get(name)}
            user = accounts.pop(self.platform, "")
            number = self.numbers.get(one["id"], "") or next(iter(accounts.values()), "")
            yield Known(
                one["id"], one["name"], one["department"], user, bool(accounts), is_active(one), number,
                takes_two=bool({*roles_of(one)} & TWO_ADMINS),
            )  # fmt: skip

    def _units_of(self, entry: Entry) -> list[str]:
        prefix = f"{self.platform}:"
        return [unit.removeprefix(prefix) for unit in entry.get("directory") or () if unit.startswith(prefix)]

    def _by_name(self) -> Iterator[tuple[str, str]]:
        """Departments of the directory and of the plan of whose name there is one on each side."""
        theirs = Counter(bare(unit.name) for unit in self.directory.units.values())
        ours = {bare(one["name"]): one["id"] for one in self.departments}
        for unit in self.directory.units.values():
            if unit.name and theirs[bare(unit.name)] == 1 and bare(unit.name) in ours:
                yield unit.id, ours[bare(unit.name)]

    def _own(self, unit: str) -> str:
        """The plan's department of the same name, else a new one."""
        name = bare(self.name_of(unit))
        same = next((one["id"] for one in self.departments if bare(one["name"]) == name), "")
        return str(same or f"{self.platform}-{unit}")

    def _unit(self, unit: str) -> Unit:
        return self.directory.units.get(unit) or Unit(unit)
