"""A command as typed: its verb, what follows, and the reason, before anybody has read the arguments."""

from dataclasses import dataclass
from datetime import date
from typing import Self

from handlers.language.clean import folded, head_of, split_reason
from handlers.language.verbs import CommandSpec, verb_of
from planning.refusal import Refused


@dataclass(frozen=True, slots=True)
class Typed:
    """`name` is the verb as typed; `rest` the arguments in plain characters, `raw` as typed; `today` the local date."""

    spec: CommandSpec
    name: str
    rest: str
    reason: str
    today: date
    raw: str = ""

    @classmethod
    def of(cls, text: str, today: date) -> Self | None:
        """None when the text does not start with a command. Raises `command-too-long`."""
        verb = verb_of(folded(text))
        if verb is None:
            return None
        spec, name, end = verb
        head, reason = split_reason(text[end:])
        return cls(spec, name, head_of(head), reason, today, " ".join(head.split()))

    @property
    def is_english(self) -> bool:
        return self.name.isascii() and self.name.lower() != self.spec.pinyin

    def example(self, rest: str) -> str:
        """The command written right with these arguments; a reason still to be given stands as a placeholder."""
        return right_form(self.name, rest, self.reason, self.spec.needs_reason, self.is_english)

    def refused(self, code: str, *, example: str, found: str = "") -> Refused:
        """A refusal that shows what was not understood (or the whole command) and the right form in the same words."""
        whole = f"{self.name} {self.rest}".strip()
        return Refused(code, found=found or whole, example=self.example(example), command=self.spec.zh)


def right_form(name: str, rest: str, reason: str, needs_reason: bool, is_english: bool) -> str:
    words = f"{name} {rest}".strip()
    if not needs_reason:
        return words
    return f"{words} because {reason or '<reason>'}" if is_english else f"{words} 因为 {reason or '<原因>'}"
