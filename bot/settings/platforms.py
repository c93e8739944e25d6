"""The settings of a list of platforms: the general keys, a section for each, and what each calls people and chats."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any

from pydantic import AfterValidator, create_model
from pydantic_core import PydanticCustomError

from bot.channels.common.platform import Platform, Way
from bot.settings.model import DepartmentSettings, PersonSettings, Settings


@cache
def settings_of(platforms: tuple[Platform[Any], ...]) -> type[Settings]:
    ways = [way for platform in platforms for way in platform.ways]
    names: dict[str, Any] = {platform.name: (str, "") for platform in platforms}
    person: Any = create_model("PersonSettings", __base__=PersonSettings, **names)
    department: Any = create_model(
        "DepartmentSettings", __base__=DepartmentSettings, conversation=(_conversation(ways) | None, None)
    )
    sections: dict[str, Any] = {platform.name: (platform.section | None, None) for platform in platforms}
    made = create_model(
        "Settings",
        __base__=Settings,
        departments=(tuple[department, ...], ()),
        people=(tuple[person, ...], ()),
        **sections,
    )
    made.platforms = platforms
    return made


def _conversation(ways: list[Way]) -> Any:
    """`prefix:target`, with a prefix that one of the ways has."""
    known = re.compile(rf"({'|'.join(re.escape(way.prefix) for way in ways)}):\S+")

    def checked(value: str) -> str:
        if not known.fullmatch(value):
            raise PydanticCustomError("conversation", "conversation", _examples(ways))
        return value

    return Annotated[str, AfterValidator(checked)]


def _examples(ways: list[Way]) -> dict[str, object]:
    chinese, english = ([f"{way.prefix}:{way.target[column]}" for way in ways] for column in (0, 1))
    return {"forms": InBoth(listed(chinese, "、", " 或 "), listed(english, ", ", " or "))}


@dataclass(frozen=True, slots=True)
class InBoth:
    """A fact that each language says in its way: `{fact:zh}`, `{fact:en}`."""

    chinese: str
    english: str

    def __format__(self, language: str) -> str:
        return self.english if language == "en" else self.chinese


def listed(names: Sequence[str], between: str, last: str) -> str:
    """Names as "A, B or C"."""
    return last.join(filter(None, (between.join(names[:-1]), *names[-1:])))
