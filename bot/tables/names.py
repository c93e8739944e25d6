"""Ids of departments and persons, and names of calendars, from the words people write."""

import re
from collections.abc import Collection

from bot.tables.row import Row
from bot.tables.vocabulary import CALENDARS, folded
from planning.people.organisation import Organisation

SEPARATORS = re.compile(r"[|｜,，、;；/]+")


class Names:
    """Names of a company; an unknown word is kept as it is: the plan may come before the settings."""

    def __init__(self, organisation: Organisation) -> None:
        self._organisation = organisation
        self._departments: dict[str, str] = {}
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

    def departments(self, words: str) -> tuple[str, ...]:
        """A list such as `生产|采购` as ids, each once."""
        parts = (part.strip() for part in SEPARATORS.split(words))
        return tuple(dict.fromkeys(self.department(part) for part in parts if part))

    def person(self, word: str) -> str:
        """The person's id, by id or by a name that only one person has."""
        return self._people.get(word, word)

    def department_calendars(self) -> dict[str, str]:
        return {d.id: d.calendar for d in self._organisation.departments.values() if d.calendar}


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
