"""Mistakes of the settings, as lines an operator can act on."""

from collections.abc import Mapping
from dataclasses import dataclass

from cards.words import Words


@dataclass(frozen=True, slots=True)
class Finding:
    """A broken rule: its place, the code of the sentence for it (`settings.<code>`), and the facts."""

    path: tuple[str | int, ...]
    code: str
    facts: Mapping[str, object]

    @classmethod
    def at(cls, *path: str | int, code: str, **facts: object) -> "Finding":
        return cls(path, code, facts)


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake of a settings file. `found` never holds a secret's value. `line` 0: the file as a whole."""

    file: str
    line: int
    key: str
    found: str
    wanted: str
    locale: str = "zh-CN"

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        facts = {"place": place, "key": self.key or "-", "found": self.found, "wanted": self.wanted}
        return Words(self.locale)("settings.mistake", **facts)


class SettingsError(Exception):
    """The settings cannot be used; prints one line per mistake."""

    def __init__(self, mistakes: list[Mistake]) -> None:
        super().__init__(mistakes)
        self.mistakes = mistakes

    def __str__(self) -> str:
        return "\n".join(str(mistake) for mistake in self.mistakes)


def key_path(path: tuple[str | int, ...]) -> str:
    """`("people", 2, "roles")` as people write it: `people[2].roles`."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path).removeprefix(".")
