"""The sections `authority` and `masked`: rights to propose changes, and to see columns."""

from collections.abc import Iterator, Sequence
from typing import Annotated

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from bot.settings.approving import known_role
from bot.settings.kinds import Identifier, ItemType, Section, Text
from planning.control.authority import FIELDS, Grant
from planning.control.fences import Scope, Zone
from planning.people.masks import Mask
from planning.people.organisation import Role


def _field(value: str) -> str:
    if value not in FIELDS:
        raise PydanticCustomError("literal_error", "literal_error", {"expected": ", ".join(FIELDS)})
    return value


Holder = Annotated[Identifier, AfterValidator(known_role)]
"""`role:<role>`, `api:<token name>` or `api:*`, or the id of a department or a person, with or without `department:`
or `person:`."""


class GrantSettings(Section):
    """A grant; keys left out do not limit it."""

    who: Holder
    types: tuple[ItemType, ...] = ()
    departments: tuple[Identifier, ...] = ()
    products: tuple[Text, ...] = ()
    fields: tuple[Annotated[str, AfterValidator(_field)], ...] = ()
    zones: tuple[Zone, ...] = ()

    def grant(self) -> Grant:
        return Grant(self.who, Scope(self.types, self.departments, self.products), self.fields, self.zones)


class DeclaringSettings(Section):
    """A grant to declare an emergency; keys left out do not limit it."""

    who: Holder
    types: tuple[ItemType, ...] = ()
    departments: tuple[Identifier, ...] = ()
    products: tuple[Text, ...] = ()

    def grant(self) -> Grant:
        return Grant(self.who, Scope(self.types, self.departments, self.products))


class MaskSettings(Section):
    """`fields`: columns the product does not know, `*` for any characters."""

    fields: Annotated[tuple[Text, ...], Field(min_length=1)]
    roles: tuple[Role, ...] = ()
    departments: tuple[Identifier, ...] = ()

    def mask(self) -> Mask:
        return Mask(self.fields, frozenset(self.roles), self.departments)


def columns(sections: Sequence[MaskSettings]) -> Iterator[tuple[tuple[int, int], str]]:
    """Every masked column with where it stands: section and place in it."""
    for n, section in enumerate(sections):
        for place, column in enumerate(section.fields):
            yield (n, place), column
