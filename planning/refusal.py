"""A refusal by a rule, as a code and its facts. The sentence is the catalogue's (`cards/words`)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


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

    def __init__(self, code: str, *, offers: Any = (), **facts: object) -> None:
        """`offers`: the next steps, strings; Any, so that facts can be handed on as a mapping of anything."""
        super().__init__(code, facts)
        self.refusal = Refusal(code, {name: str(value) for name, value in facts.items()}, tuple(offers))
