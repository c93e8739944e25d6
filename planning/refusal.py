"""A refusal by a rule, as a code and its facts. The sentence is the catalogue's (`cards/words`)."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Refusal:
    """The sentence `code` of the catalogue, filled by `facts`: strings, as people should read them."""

    code: str
    facts: Mapping[str, str] = field(default_factory=dict)


class Refused(Exception):
    """Raised by a rule that refuses; nothing was changed."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code, facts)
        self.refusal = Refusal(code, {name: str(value) for name, value in facts.items()})
