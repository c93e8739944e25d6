"""Ids of departments and persons, from the names people write."""

import re

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
