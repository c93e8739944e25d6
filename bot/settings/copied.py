"""Values of the example that still stand in somebody's settings: ids and addresses of nobody."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from bot.channels.common.platform import Platform
from bot.settings.document import VARIABLE, Document, KeyPath

EXAMPLE = Path(__file__).parents[2] / "config.example.yaml"
SHORTEST = 6
"""Characters below which two may say the same by chance."""
NOBODYS = ("endpoint", "websocket_url", "monthly_calls", "name")
"""Keys of a platform's section whose values are everybody's."""


def copied(values: Any, platforms: tuple[Platform[Any], ...], example: Path = EXAMPLE) -> list[KeyPath]:
    """Where they stand. Nothing where there is no example beside the program."""
    if not isinstance(values, Mapping) or not example.is_file():
        return []
    names = [platform.name for platform in platforms]
    theirs = {value for _, value in _own(Document.read(example).values, names)}
    return [path for path, value in _own(values, names) if value in theirs]


def _own(values: Any, names: list[str]) -> Iterator[tuple[KeyPath, str]]:
    """What only one company can mean: ids on the platforms, conversations, the address of the pages."""
    for path, value in _leaves(values, ()):
        if not isinstance(value, str) or len(value) < SHORTEST or VARIABLE.fullmatch(value):
            continue
        last = path[-1]
        of_platform = path[0] in names and last not in NOBODYS and not value.isdecimal()
        of_person = path[0] == "people" and last in names
        of_group = path[0] == "departments" and last == "conversation"
        if of_platform or of_person or of_group or path == ("server", "public_url"):
            yield path, value


def _leaves(value: Any, path: KeyPath) -> Iterator[tuple[KeyPath, Any]]:
    if isinstance(value, Mapping):
        for name, part in value.items():
            yield from _leaves(part, (*path, name))
    elif isinstance(value, list):
        for n, part in enumerate(value):
            yield from _leaves(part, (*path, n))
    elif path:
        yield path, value
