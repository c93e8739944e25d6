"""A settings file as typed: its values with their lines, and its mistakes of form."""

import re
from collections.abc import Mapping
from pathlib import Path

import yaml

from bot.settings.mistake import Finding

KeyPath = tuple[str | int, ...]
VARIABLE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")
MARKED = re.compile("\ue000([A-Za-z0-9_]+)\ue001")
"""`${NAME}` while YAML reads the file: its own braces would end an unquoted value inside `{…}`."""


class _Typed(yaml.SafeLoader):
    """Loader that leaves every scalar the text typed, and an empty one None: the model knows its type.

    YAML's own guesses harm here: a user id 0123 would become 83, the time 18:30 would become 1110, a name `no` false.
    """

    def construct_scalar(self, node: yaml.ScalarNode | yaml.MappingNode) -> str:
        return MARKED.sub(r"${\1}", str(super().construct_scalar(node)))


_KEPT = ("tag:yaml.org,2002:null", "tag:yaml.org,2002:merge")
_Typed.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag in _KEPT]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


class Document:
    """`values` as typed, `line_of(path)`, and `findings`: duplicate keys."""

    def __init__(self, text: str) -> None:
        """Raises yaml.YAMLError when the text is not YAML."""
        self.lines: dict[KeyPath, int] = {}
        self.findings: list[Finding] = []
        loader = _Typed(VARIABLE.sub("\ue000\\1\ue001", text))
        try:
            node = loader.get_single_node()
            if node is not None:
                self._note(node, ())
            self.values: object = loader.construct_document(node) if node is not None else {}
        finally:
            loader.dispose()

    @classmethod
    def read(cls, path: Path) -> "Document":
        """Raises OSError, UnicodeDecodeError or yaml.YAMLError."""
        return cls(path.read_text(encoding="utf-8-sig"))

    def line_of(self, path: KeyPath) -> int:
        """The line of a key, or of the nearest section around it."""
        while path not in self.lines and path:
            path = path[:-1]
        return self.lines.get(path, 0)

    def at(self, path: KeyPath) -> object:
        """Value typed at a key path; None: nothing."""
        return value_at(self.values, path)

    def _note(self, node: yaml.Node, path: KeyPath) -> None:
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                place = (*path, str(key.value))
                if place in self.lines:
                    self.findings.append(Finding.at(*place, code="duplicate_key", name=key.value))
                self.lines[place] = key.start_mark.line + 1
                self._note(value, place)
        elif isinstance(node, yaml.SequenceNode):
            for n, entry in enumerate(node.value):
                self.lines[(*path, n)] = entry.start_mark.line + 1
                self._note(entry, (*path, n))


def value_at(value: object, path: KeyPath) -> object:
    """The part of a value at a key path; None: nothing."""
    for part in path:
        if isinstance(value, dict):
            value = value.get(part)
        elif isinstance(value, list) and isinstance(part, int) and part < len(value):
            value = value[part]
        else:
            return None
    return value


def filled(value: object, environ: Mapping[str, str], missing: list[Finding], path: KeyPath = ()) -> object:
    """The values with every `${NAME}` replaced by that environment variable; empty keys are dropped.

    What a variable holds is never read as YAML. A variable that is not set is noted in `missing`.
    """
    if isinstance(value, dict):
        parts = {str(key): filled(part, environ, missing, (*path, str(key))) for key, part in value.items()}
        return {key: part for key, part in parts.items() if part is not None}
    if isinstance(value, list):
        return [filled(part, environ, missing, (*path, n)) for n, part in enumerate(value)]
    if not isinstance(value, str):
        return value
    for name in dict.fromkeys(VARIABLE.findall(value)):
        if name not in environ:
            missing.append(Finding.at(*path, code="environment", name=name))
    return VARIABLE.sub(lambda match: environ.get(match[1], match[0]), value)
