"""A refusal: why a rule says no, as a code and its facts. The sentence is the catalogue's (`cards/words`)."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Refusal:
    """`code` names a sentence of the catalogue, `facts` fill it. Facts are strings, as people should read them."""

    code: str
    facts: Mapping[str, str] = field(default_factory=dict)


class Refused(Exception):
    """A rule refused; nothing was changed."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code, facts)
        self.refusal = Refusal(code, {name: str(value) for name, value in facts.items()})
