"""The five stories people know from their own company (R86), as data: the chat page's examples and the tests' plots."""

from dataclasses import dataclass
from importlib.resources import files

import yaml


@dataclass(frozen=True, slots=True)
class Story:
    """What `person` types in the group of `department`, and the item it begins with."""

    id: str
    title: str
    tells: str
    person: str
    department: str
    command: str
    item: str


def load_stories() -> tuple[Story, ...]:
    text = files("bot.company").joinpath("stories.yaml").read_text(encoding="utf-8")
    return tuple(Story(**entry) for entry in yaml.safe_load(text))
