"""A file of other words for tables: read with every mistake in it, and written again."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Generic, TypeVar

import yaml

from bot.settings.document import Document, KeyPath
from bot.tables.cells import text_of
from bot.tables.columns import HEADERS, written_for
from bot.tables.names import Names, unit_key
from bot.tables.problem import Problems
from bot.tables.vocabulary import MODES, STATUSES, TYPES, Choices, folded, header_keys
from planning.people.organisation import Organisation
from planning.plan.item import Mode, Status
from planning.plan.wording import Wording

SECTIONS = {"headers": "表头", "units": "单位", "types": "类型", "modes": "方式", "statuses": "状态"}
T = TypeVar("T")
C = TypeVar("C", bound=str)


def read_mapping(path: Path, organisation: Organisation, locale: str) -> Wording:
    """Raises TableError with every mistake, each with its line."""
    problems = Problems(locale)
    document = _document(path, problems)
    reader = _Reader(path.name, document, organisation, problems)
    wording = Wording(
        tuple(reader.headers()),
        tuple(reader.units()),
        tuple(reader.statuses()),
        tuple(reader.types()),
        tuple(reader.modes()),
    )
    if wording == Wording() and not problems:
        problems.add(path.name, "map_empty")
    problems.settle()
    return wording


def write_mapping(wording: Wording) -> str:
    """A file that reads as this wording."""
    statuses: dict[str, object] = {word: str(status) for department, word, status in wording.statuses if not department}
    for department in dict.fromkeys(department for department, _, _ in wording.statuses if department):
        statuses[department] = {word: str(status) for its, word, status in wording.statuses if its == department}
    sections: dict[str, Mapping[str, object]] = {
        "headers": dict(wording.headers),
        "units": dict(wording.units),
        "types": dict(wording.types),
        "modes": {word: str(mode) for word, mode in wording.modes},
        "statuses": statuses,
    }
    kept = {name: section for name, section in sections.items() if section}
    return yaml.safe_dump(kept, allow_unicode=True, sort_keys=False)


def _document(path: Path, problems: Problems) -> Document:
    try:
        document = Document.read(path)
    except FileNotFoundError:
        problems.add(path.name, "no_file")
    except (OSError, UnicodeDecodeError) as error:
        problems.add(path.name, "unreadable", why=getattr(error, "strerror", "") or getattr(error, "reason", ""))
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        why = getattr(error, "problem", None) or type(error).__name__
        problems.add(path.name, "map_yaml", line=mark.line + 1 if mark else 0, why=why)
    else:
        return document
    raise problems.error()


class _Reader:
    """A document's sections as pairs; what is wrong is a problem of its line."""

    def __init__(self, file: str, document: Document, organisation: Organisation, problems: Problems) -> None:
        self._file, self._document, self._problems = file, document, problems
        self._organisation, self._names = organisation, Names(organisation)
        self._sections: dict[str, KeyPath] = {}
        for finding in document.findings:
            self._fail(finding.path, "map_twice", finding.path[-1])
        for path, name, _ in self._pairs(()):
            known = next((one for one, chinese in SECTIONS.items() if name in (one, chinese)), None)
            if known is None:
                self._fail(path, "map_section", name, sections=self._listed(SECTIONS.items()))
            elif self._sections.setdefault(known, path) != path:
                self._fail(path, "map_twice", name)

    def headers(self) -> Iterator[tuple[str, str]]:
        """A word that an export writes for a column means no other."""
        once = _Once[str]()
        for path, word, said in self._words(self._sections.get("headers")):
            column = _column(said)
            if column is None:
                columns = ((one.name, one.chinese) for one in HEADERS.values())
                self._fail(path, "map_column", said, columns=self._listed(columns))
            elif (ours := written_for(word)) and column not in ours:
                self._fail(path, "map_ours", word, means=HEADERS[min(ours)].header(self._problems.locale))
            elif not once.says(header_keys(word)[0], column):
                self._fail(path, "map_twice", word)
            else:
                yield word, column

    def units(self) -> Iterator[tuple[str, str]]:
        """What a word becomes stays as it is: importing what was exported changes nothing."""
        once, pairs = _Once[str](), list(self._words(self._sections.get("units")))
        for path, word, unit in pairs:
            if not once.says(unit_key(word), unit):
                self._fail(path, "map_twice", word)
        for path, word, unit in pairs:
            if (further := once.meanings.get(unit_key(unit), unit)) != unit:
                self._fail(path, "map_chain", unit, to=further)
            yield word, unit

    def statuses(self) -> Iterator[tuple[str, str, Status]]:
        """Words of everybody, and under a department its own."""
        section = self._sections.get("statuses")
        if section is None:
            return
        once = _Once[Status]()
        for path, word, said in self._pairs(section):
            if not isinstance(said, dict):
                yield from self._status("", path, word, said, once)
                continue
            if self._organisation.find_department(word) is None:
                known = "、".join(one.name for one in self._organisation.departments.values())
                self._fail(path, "map_department", word, departments=known or "–")
            for place, own, status in self._pairs(path):
                yield from self._status(word, place, own, status, once)

    def types(self) -> Iterator[tuple[str, str]]:
        """A type may also be a word of the company's own; as with units, it stays as it is."""
        once, pairs = _Once[str](), list(self._words(self._sections.get("types")))
        for path, word, said in pairs:
            ours = TYPES.written_for(word)
            if ours not in (None, _type(said)):
                self._fail(path, "map_ours", word, means=TYPES.written(ours, self._problems.locale))
            elif not once.says(folded(word), _type(said)):
                self._fail(path, "map_twice", word)
        for path, word, said in pairs:
            if (further := once.meanings.get(folded(_type(said)), _type(said))) != _type(said):
                self._fail(path, "map_chain", said, to=further)
            yield word, _type(said)

    def modes(self) -> Iterator[tuple[str, Mode]]:
        section, once = self._sections.get("modes"), _Once[Mode]()
        for path, word, said in self._pairs(section) if section else ():
            if (mode := self._choice(MODES, path, word, said, once)) is not None:
                yield word, mode

    def _status(
        self, department: str, path: KeyPath, word: str, said: object, once: "_Once[Status]"
    ) -> Iterator[tuple[str, str, Status]]:
        status = self._choice(STATUSES, path, word, said, once, self._names.department(department))
        if status is not None:
            yield department, word, status

    def _choice(
        self, choices: Choices[C], path: KeyPath, word: str, said: object, once: "_Once[C]", department: str = ""
    ) -> C | None:
        """None: it cannot mean that, and that is noted."""
        if not self._are_words(path, word, said):
            return None
        choice, ours = choices.meanings.get(folded(str(said))), choices.written_for(word)
        if choice is None:
            self._fail(path, "choice", said, choices=choices.listed(self._problems.locale))
        elif ours is not None and ours != choice:
            self._fail(path, "map_ours", word, means=choices.written(ours, self._problems.locale))
        elif not once.says(f"{department}\n{folded(word)}", choice):
            self._fail(path, "map_twice", word)
        else:
            return choice
        return None

    def _words(self, section: KeyPath | None) -> Iterator[tuple[KeyPath, str, str]]:
        """Each word of a section with its place and what it is to mean."""
        if section is not None:
            for path, word, said in self._pairs(section):
                if self._are_words(path, word, said):
                    yield path, word, text_of(said)

    def _are_words(self, path: KeyPath, word: str, said: object) -> bool:
        fine = bool(header_keys(word)[0]) and isinstance(said, str) and bool(text_of(said))
        if not fine:
            self._fail(path, "map_word", said if isinstance(said, str) else word)
        return fine

    def _pairs(self, section: KeyPath) -> Iterator[tuple[KeyPath, str, object]]:
        values = self._document.at(section)
        if not isinstance(values, dict):
            self._fail(section, "map_pairs")
            return
        for key, value in values.items():
            word = "" if key is None else str(key)
            yield (*section, word), word, value

    def _listed(self, names: Iterable[tuple[str, str]]) -> str:
        """English names, and in Chinese the Chinese ones before them."""
        if self._problems.locale == "en":
            return ", ".join(name for name, _ in names)
        return "、".join(f"{chinese}({name})" for name, chinese in names)

    def _fail(self, path: KeyPath, code: str, found: object = "", **facts: object) -> None:
        line = self._document.line_of(path)
        self._problems.add(self._file, code, line=line, column=str(path[0]) if path else "", found=found, **facts)


class _Once(Generic[T]):
    """Meanings by word."""

    def __init__(self) -> None:
        self.meanings: dict[str, T] = {}

    def says(self, word: str, meaning: T) -> bool:
        """False where the word has another meaning already."""
        return self.meanings.setdefault(word, meaning) == meaning


def _type(word: str) -> str:
    return TYPES.meanings.get(folded(word), word)


def _column(word: str) -> str | None:
    """A column by one of the two names that an export writes."""
    key = folded(word)
    return next((one.name for one in HEADERS.values() if key in (folded(one.name), folded(one.chinese))), None)
