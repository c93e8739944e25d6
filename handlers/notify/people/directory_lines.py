"""What a directory says otherwise, in lines: short on a card, whole in a message."""

from collections.abc import Iterable, Iterator

from cards.markdown import plain
from handlers.govern.directory import NOT, Preview
from handlers.govern.kept_settings import Entry
from handlers.notify.people.settings_cards import roles_in_words
from handlers.turn import Turn
from planning.people.directory_difference import Shift
from planning.people.organisation import Role

SHORT, WHOLE = 4, 60
"""How many are named in a line."""
OFFERED = 3
"""Departments of the directory with a button of their own."""


class DirectoryLines:
    def __init__(self, turn: Turn, preview: Preview, most: int = SHORT) -> None:
        self._turn, self._preview, self._most = turn, preview, most
        self._people: dict[str, Entry] = {one["id"]: one for one in preview.people}
        self._names = {user: member.name for user, member in preview.directory.members.items()}

    @property
    def headline(self) -> str:
        """How many of what, in one line."""
        words, found = self._turn.words, self._preview.difference
        counts = {
            "new": len(found.new), "found": len(found.found), "left": len(found.left),
            "parted": len(found.parted), "moved": len(found.moved),
            "renamed": len(found.renamed), "back": len(found.back), "namesakes": len(found.namesakes),
            "departments": len(self._preview.new_departments),
        }  # fmt: skip
        told = [words(f"directory.n.{name}", n=n) for name, n in counts.items() if n]
        platform = words(f"{self._preview.platform}.name")
        what = words("directory.and").join(told) or words("directory.same")
        return words("directory.headline", platform=platform, what=what)

    def __iter__(self) -> Iterator[str]:
        found, words = self._preview.difference, self._turn.words
        yield from self._units()
        yield from self._line("new", [self._at(one.name, one.department) for one in found.new])
        yield from self._line("found", [self._with_roles(one, self._entry(one)) for one, _ in found.found])
        withheld = [self._with_roles(one, self._entry(one)) for _, one in found.withheld]
        yield from self._line("withheld", withheld)
        yield from self._line("left", [self._entry(one) for one in found.left])
        yield from self._line("parted", [self._entry(one) for one in found.parted])
        yield from self._line("back", [self._entry(one) for one in found.back])
        yield from self._line("moved", [self._moved(one) for one in found.moved])
        yield from self._line("renamed", [f"{plain(one.was)} → {plain(one.now)}" for one in found.renamed])
        yield from self._line("namesakes", [str(plain(one)) for one in found.namesakes])
        yield from self._line("twins", [self._twin(user, person) for user, person in found.twins])
        yield from self._line(
            "kept", [f"{self._entry(one)}：{words(f'directory.kept.{what}')}" for one, what in found.kept]
        )
        yield from self._line("outside", [self._entry(one) for one in found.outside])
        yield from self._line("missing", [self._entry(one) for one in found.missing])
        yield from self._line("offers", [self._offer(one.department, one.person) for one in self._preview.offers])
        unseen = [str(plain(self._preview.name_of(one))) for one in sorted(self._preview.directory.unseen)]
        yield from self._line("unseen", unseen)
        yield from self._outside()

    def _units(self) -> Iterator[str]:
        preview = self._preview
        named: dict[str, list[str]] = {}
        for unit, department in preview.units.items():
            named.setdefault(department, []).append(str(plain(preview.name_of(unit))))
        told = []
        for department, units in named.items():
            name = str(plain(preview.department_name(department)))
            told.append(name if units == [name] else f"{name}（{self._turn.words.list(units)}）")
        yield from self._line("units", told)
        fresh = [str(plain(name)) for name in preview.new_departments.values()]
        yield from self._line("departments", fresh)
        dropped = [str(plain(preview.name_of(unit))) for unit, one in preview.choice.items() if one == NOT]
        yield from self._line("dropped", dropped)

    def _outside(self) -> Iterator[str]:
        """Departments that are none of the plan's, where the whole directory was read."""
        if self._preview.only is not None:
            return
        outside = [f"{plain(unit.name)}（{n}）" for unit, n in self._preview.outside()]
        yield from self._line("not-ours", outside)

    def _line(self, key: str, told: list[str]) -> Iterator[str]:
        if told:
            shown = self._turn.words.list(told[: self._most])
            if more := len(told) - self._most:
                shown += self._turn.words("directory.more", n=len(told)) if more > 0 else ""
            yield f"- {self._turn.words(f'directory.{key}', who=shown, n=len(told))}"

    def _at(self, name: str, department: str) -> str:
        return f"{plain(name)}（{plain(self._preview.department_name(department))}）"

    def _entry(self, person: str) -> str:
        entry = self._people[person]
        return self._at(entry["name"], entry["department"])

    def _moved(self, shift: Shift) -> str:
        entry, name_of = self._people[shift.person], self._preview.department_name
        told = f"{plain(entry['name'])} {plain(name_of(shift.was))} → {plain(name_of(shift.now))}"
        return self._with_roles(shift.person, told)

    def _with_roles(self, person: str, told: str) -> str:
        """With the roles that go along: whoever approves goes on approving, elsewhere or with another account."""
        roles = [role for role in _roles(self._people[person]) if role != Role.VIEWER]
        if not roles:
            return told
        return told + self._turn.words("directory.with-roles", roles=roles_in_words(self._turn, roles))

    def _twin(self, user: str, person: str) -> str:
        words, entry = self._turn.words, self._people[person]
        other = next(one for one in self._preview.platforms if entry.get(one))
        ours, theirs = words(f"{self._preview.platform}.name"), words(f"{other}.name")
        return f"{plain(self._names[user])}（{ours}）= {self._entry(person)[:-1]}，{theirs}）"

    def _offer(self, department: str, person: str) -> str:
        names = {one: self._names[user] for user, one in self._preview.ids_by_user.items() if user in self._names}
        known = self._people[person]["name"] if person in self._people else names.get(person, person)
        return f"{plain(self._preview.department_name(department))} {plain(known)}"


def _roles(entry: Entry) -> Iterable[str]:
    return [str(role) for role in entry.get("roles") or ()]
