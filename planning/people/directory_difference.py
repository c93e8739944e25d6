"""What a platform's directory says otherwise than the people we know: who is new, has left, moved, is called otherwise.

It is a merge of three: what the directory said when it was applied last, what it says now, and what is kept. What
somebody changed by hand stays as it is. Nobody is taken for somebody else by their name alone, and nobody gets a role.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from planning.people.directory import Directory, Member

MOST_LEFT = 20
"""Of more people who are missing at once, the directory is rather not shown as it was: nobody of them has left."""


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody who is kept already."""

    id: str
    name: str
    department: str
    user: str = ""
    """What the platform calls them; empty: they are not on it."""
    elsewhere: bool = False
    """Another platform knows them."""
    active: bool = True
    number: str = ""
    """Employee number, as another platform's directory told it, else what that platform calls them."""
    takes_two: bool = False
    """They hold what it takes two admins to give: no account becomes theirs by a name."""


@dataclass(frozen=True, slots=True)
class Told:
    """What the directory said of somebody when it was applied last."""

    name: str
    department: str
    """The plan's, empty: none of it."""
    present: bool = True


@dataclass(frozen=True, slots=True)
class Newcomer:
    user: str
    name: str
    department: str
    number: str = ""
    """Employee number, else what the platform calls them: many companies use the one for the other."""


@dataclass(frozen=True, slots=True)
class Shift:
    """Somebody has another department, or name; `was` and `now` are ids of departments, or names."""

    person: str
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class Difference:
    """Each in the order of their names or ids: equal directories make equal ones."""

    new: tuple[Newcomer, ...] = ()
    found: tuple[tuple[str, str], ...] = ()
    """People without any account and who they are on the platform: name and department were unique on both sides."""
    withheld: tuple[tuple[str, str], ...] = ()
    """What the platform calls somebody new, and who they would have been, but for what only two admins give."""
    moved: tuple[Shift, ...] = ()
    renamed: tuple[Shift, ...] = ()
    left: tuple[str, ...] = ()
    parted: tuple[str, ...] = ()
    """Those who are gone from this platform and are on another one still: they lose the account here, nothing else."""
    back: tuple[str, ...] = ()
    """Those who had left and are there again."""
    outside: tuple[str, ...] = ()
    """Those whose department is none of the plan's any more; nothing is done about them."""
    kept: tuple[tuple[str, str], ...] = ()
    """People and what of them was changed by hand, and differs: `name`, `department` or `active`."""
    missing: tuple[str, ...] = ()
    """Those who are not shown, and of whom nobody can tell whether they left."""
    namesakes: tuple[str, ...] = ()
    """Names of which there would be several, one of them new."""
    twins: tuple[tuple[str, str], ...] = ()
    """What the platform calls somebody, and the id of who may be the same person on another one."""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to be done."""
        return not (self.new or self.found or self.moved or self.renamed or self.left or self.parted or self.back)


@dataclass(frozen=True, slots=True)
class View:
    """Everything that a difference comes from."""

    directory: Directory
    departments: Mapping[str, str]
    """The plan's departments by those of the directory that are theirs."""
    people: tuple[Known, ...] = ()
    told: Mapping[str, Told] = field(default_factory=dict)
    """By what the platform calls them."""
    only: frozenset[str] | None = None
    """Whom it is about, by what the platform calls them; None: everybody."""

    def user_of(self, person: Known) -> str:
        """The plain id, where an encrypted one is kept."""
        return self.directory.plain.get(person.user, person.user)

    def department_of(self, member: Member, stays: str = "") -> str:
        """The plan's department of somebody, by the nearest one above each of theirs; empty: none. Of several that
        of `stays`, where it is among them."""
        found = [department for unit in member.units if (department := self._nearest(unit))]
        return stays if stays in found else next(iter(found), "")

    def _nearest(self, unit: str) -> str:
        return next((self.departments[one] for one in self.directory.above(unit) if one in self.departments), "")


def difference(view: View) -> Difference:
    by_user = {view.user_of(one): one for one in view.people if one.user}
    shown = {user: member for user, member in view.directory.members.items() if _is_meant(view, user)}
    strangers = [_newcomer(view, member) for user, member in sorted(shown.items()) if user not in by_user]
    wanted = [one for one in strangers if one.department]
    same = [(one.user, person) for one, person in _found(view, wanted)]
    found = {user: person.id for user, person in same if not person.takes_two}
    new = tuple(one for one in wanted if one.user not in found)
    changes = _Changes(view)
    for user, person in sorted(by_user.items(), key=lambda pair: pair[1].id):
        if user in shown:
            changes.of_member(person, shown[user])
        elif _is_meant(view, user):
            changes.of_missing(person, user)
    left, parted, missing = changes.left, changes.parted, changes.missing
    if len(left) + len(parted) > MOST_LEFT:
        left, parted, missing = [], [], sorted([*missing, *left, *parted])
    return Difference(
        new,
        tuple((person, user) for user, person in sorted(found.items(), key=lambda pair: pair[1])),
        tuple((user, person.id) for user, person in same if person.takes_two),
        tuple(changes.moved), tuple(changes.renamed), tuple(left), tuple(parted), tuple(changes.back),
        tuple(changes.outside), tuple(changes.kept), tuple(missing), _namesakes(view, new), tuple(_twins(view, new)),
    )  # fmt: skip


def gone_from_sight(view: View) -> list[str]:
    """Those whom a whole directory does not show, by what the platform calls them: to be asked for one by one. Empty,
    too, where there are more than can have left at once."""
    users = [view.user_of(one) for one in view.people if one.user and one.active]
    missing = [one for one in users if one not in view.directory.members and one not in view.directory.gone]
    return missing if len(missing) <= MOST_LEFT else []


def _is_meant(view: View, user: str) -> bool:
    return view.only is None or user in view.only


def _newcomer(view: View, member: Member) -> Newcomer:
    return Newcomer(member.user, member.name, view.department_of(member), member.number or member.user)


class _Changes:
    """What is otherwise of those who are kept."""

    def __init__(self, view: View) -> None:
        self._view = view
        self.moved, self.renamed = list[Shift](), list[Shift]()
        self.left, self.parted, self.back = list[str](), list[str](), list[str]()
        self.outside, self.missing = list[str](), list[str]()
        self.kept: list[tuple[str, str]] = []

    def of_member(self, person: Known, member: Member) -> None:
        before = self._view.told.get(member.user)
        department = self._view.department_of(member, person.department)
        if not person.active:
            if before is None or before.present or not department:
                self.kept.append((person.id, "active"))
            else:
                self.back.append(person.id)
            return
        if member.name != person.name:
            if before and before.name == person.name:
                self.renamed.append(Shift(person.id, person.name, member.name))
            else:
                self.kept.append((person.id, "name"))
        if not department:
            if before and before.department:
                self.outside.append(person.id)
        elif department != person.department:
            if before and before.department == person.department:
                self.moved.append(Shift(person.id, person.department, department))
            else:
                self.kept.append((person.id, "department"))

    def of_missing(self, person: Known, user: str) -> None:
        if not person.active:
            return
        before = self._view.told.get(user)
        if before and not before.present:
            self.kept.append((person.id, "active"))
        elif user in self._view.directory.gone:
            (self.parted if person.elsewhere else self.left).append(person.id)
        else:
            self.missing.append(person.id)


def _found(view: View, wanted: Iterable[Newcomer]) -> Iterator[tuple[Newcomer, Known]]:
    """Strangers, and who of those without any account they are."""
    ours = defaultdict[tuple[str, str], list[Known]](list)
    for person in view.people:
        if person.active:
            ours[person.name, person.department].append(person)
    theirs = Counter((one.name, one.department) for one in wanted)
    for one in wanted:
        same = ours[one.name, one.department]
        if len(same) == 1 and theirs[one.name, one.department] == 1 and not (same[0].user or same[0].elsewhere):
            yield one, same[0]


def _namesakes(view: View, new: Iterable[Newcomer]) -> tuple[str, ...]:
    names = Counter(one.name for one in view.people if one.active)
    names.update(one.name for one in new)
    return tuple(sorted({one.name for one in new if names[one.name] > 1}))


def _twins(view: View, new: Iterable[Newcomer]) -> Iterator[tuple[str, str]]:
    """New people who may be known from another platform: by their employee number, else by name and department, each
    of which is unique on both sides. They are proposed; who they are they say themselves."""
    elsewhere = [one for one in view.people if one.active and one.elsewhere and not one.user]
    new = [*new]
    numbers, places = Counter(one.number for one in new), Counter((one.name, one.department) for one in new)
    by_number, by_place = defaultdict[str, list[str]](list), defaultdict[tuple[str, str], list[str]](list)
    for person in elsewhere:
        by_number[person.number].append(person.id)
        by_place[person.name, person.department].append(person.id)
    for one in new:
        same = by_number[one.number] if one.number and numbers[one.number] == 1 else []
        if len(same) != 1 and places[one.name, one.department] == 1:
            same = by_place[one.name, one.department]
        if len(same) == 1:
            yield one.user, same[0]
