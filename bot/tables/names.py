"""Ids of departments and persons, names of calendars, units, types, modes and statuses, from the words people write."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping

from bot.tables.row import Row
from bot.tables.vocabulary import CALENDARS, TYPES, folded
from planning.people.organisation import Organisation
from planning.plan.item import Mode, Status
from planning.plan.wording import PLAIN, Wording

SEPARATORS = re.compile(r"[|｜,，、;；/]+")


class Names:
    """Names of a company; an unknown word is kept as it is: the plan may come before the settings."""

    def __init__(self, organisation: Organisation, wording: Wording = PLAIN) -> None:
        self._organisation = organisation
        self._departments: dict[str, str] = {}
        self._units = {unit_key(word): unit for word, unit in wording.units}
        self._types = {folded(word): type_ for word, type_ in wording.types}
        self.modes: Mapping[str, Mode] = {folded(word): mode for word, mode in wording.modes}
        """The company's own words for modes, folded."""
        self._statuses: dict[str, dict[str, Status]] = {"": {}}
        for department, word, status in wording.statuses:
            self._statuses.setdefault(self.department(department), {})[folded(word)] = status
        people: dict[str, list[str]] = {}
        for person in organisation.people.values():
            people.setdefault(person.name, []).append(person.id)
        self._people = {name: ids[0] for name, ids in people.items() if len(ids) == 1}

    def department(self, word: str) -> str:
        """The department's id, by id or name, with or without the closing 部."""
        if word not in self._departments:
            known = self._organisation.find_department(word) if word else None
            self._departments[word] = known.id if known else word
        return self._departments[word]

    def departments(self, lines: Iterable[str]) -> tuple[str, ...]:
        """Lists such as `生产|采购` as ids, each once."""
        parts = (part.strip() for line in lines for part in SEPARATORS.split(line))
        return tuple(dict.fromkeys(self.department(part) for part in parts if part))

    def person(self, word: str) -> str:
        """The person's id, by id or by a name that only one person has."""
        return self._people.get(word, word)

    def unit(self, word: str) -> str:
        """The unit that the company's word means."""
        return self._units.get(unit_key(word), word)

    def type(self, word: str) -> str:
        """The type that the company's word or one of the usual ones means; any other is a type of its own."""
        return self._types.get(folded(word)) or TYPES.meanings.get(folded(word), word)

    def statuses(self, department: str) -> Mapping[str, Status]:
        """The company's own words for statuses in a department, folded; its own come before everybody's."""
        everybody, its = self._statuses[""], self._statuses.get(department, {})
        return everybody | its if its else everybody

    def department_calendars(self) -> dict[str, str]:
        return {d.id: d.calendar for d in self._organisation.departments.values() if d.calendar}


def unit_key(word: str) -> str:
    """Fold a unit: case, width, blanks around it."""
    return unicodedata.normalize("NFKC", word).strip().casefold()


def calendar_in(row: Row, own: Collection[str]) -> str:
    """The calendar of a row's cell, in the words for a common one or by the name of one of the company's `own`; empty:
    none, or none there is, and that is noted."""
    word = row.text("calendar")
    if not word:
        return ""
    found = CALENDARS.meanings.get(folded(word)) or next((name for name in own if folded(name) == folded(word)), "")
    if not found:
        row.fail("calendar", "calendar_unknown", known="、".join((CALENDARS.listed(row.problems.locale), *own)))
    return found
