"""A refusal by a rule, as a code and its facts. The sentence is the catalogue's (`cards/words`)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Refusal:
    """The sentence `code` of the catalogue, filled by `facts`: strings, as people should read them."""

    code: str
    facts: Mapping[str, str] = field(default_factory=dict)
    offers: tuple[str, ...] = ()
    """Next steps as whole commands, likeliest first. Where somebody is answered in a chat each becomes a button, if it
    is understood and permitted to them."""


class Refused(Exception):
    """Raised by a rule that refuses; nothing was changed."""

    def __init__(self, code: str, *, offers: Iterable[str] = (), **facts: object) -> None:
        super().__init__(code, facts)
        self.refusal = Refusal(code, {name: str(value) for name, value in facts.items()}, tuple(offers))
