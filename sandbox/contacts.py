"""The directory of the simulated company: departments in a tree, people in one or several of them."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from sandbox.directory import account
from sandbox.world import Platform, World

TOP = 1


@dataclass(slots=True)
class Unit:
    """A department; `parent` 0: the company itself."""

    id: int
    name: str
    parent: int = TOP
    leaders: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Employee:
    user: str
    name: str
    units: list[int]
    number: str = ""
    title: str = ""
    mobile: str = ""


@dataclass(slots=True)
class Contacts:
    """Changed by tests as a company changes: someone joins, moves, leaves, is called otherwise."""

    units: dict[int, Unit] = field(default_factory=dict)
    employees: dict[str, Employee] = field(default_factory=dict)
    scope: set[int] | None = None
    """Departments that the app may look into, with what is below them; None: all."""
    permissions: set[str] = field(default_factory=set)
    """DingTalk: what the console has granted."""
    encrypted: dict[str, str] = field(default_factory=dict)
    """WeCom: open_userids, and who stands behind them."""

    @classmethod
    def of_world(cls, world: World, platform: Platform) -> "Contacts":
        """A department of the top for each that people of the world are in."""
        found = cls({TOP: Unit(TOP, "公司", 0)})
        ids: dict[str, int] = {}
        for person in world.people.values():
            user = account(person, platform)
            if person.corp != "home" or not user:
                continue
            name = person.department
            if name and name not in ids:
                ids[name] = TOP + 1 + len(ids)
                found.units[ids[name]] = Unit(ids[name], name)
            found.employees[user] = Employee(user, person.name, [ids.get(name, TOP)], title=person.title)
        return found

    def children(self, unit: int) -> list[Unit]:
        return [one for one in self.units.values() if one.parent == unit]

    def people(self, unit: int) -> list[Employee]:
        """Those in this very department, not in what is below it."""
        return [one for one in self.employees.values() if unit in one.units]

    def sees(self, unit: int) -> bool:
        return self.scope is None or any(one in self.scope for one in self.above(unit))

    def leads_to(self, unit: int) -> bool:
        """Check whether it is seen, or something below it."""
        return self.sees(unit) or any(unit in self.above(one) for one in self.scope or ())

    def above(self, unit: int) -> Iterator[int]:
        while unit in self.units:
            yield unit
            unit = self.units[unit].parent
