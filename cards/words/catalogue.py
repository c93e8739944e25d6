"""Look up a sentence and fill it, in the language of the installation."""

from collections.abc import Iterable
from dataclasses import dataclass

from cards.words.dates import day, moment
from cards.words.sentences import SENTENCES
from planning.change.change import is_preview
from planning.refusal import Refusal

LOCALES = ("zh-CN", "en")
_NUMBERS = ("no", "subject")
"""Facts of a sentence that may be a request's number."""

__all__ = ["LOCALES", "Words", "day", "moment"]


@dataclass(frozen=True, slots=True)
class Words:
    """Look-up in one language: `words("key", name=…)`; an unknown key is a programming mistake and raises."""

    locale: str = "zh-CN"

    def __call__(self, key: str, /, **facts: object) -> str:
        return SENTENCES[key][LOCALES.index(self.locale)].format_map(_Facts(self._named(facts)))

    def number(self, no: str) -> str:
        """Number of a change request; a preview has none that people could use."""
        return self("value.preview") if is_preview(no) else no

    def _named(self, facts: dict[str, object]) -> dict[str, object]:
        return facts | {name: self.number(no) for name, no in facts.items() if name in _NUMBERS and isinstance(no, str)}

    def refusal(self, refusal: Refusal) -> str:
        """The sentence of a refused wish, with words where the rules know only values."""
        facts = dict(refusal.facts)
        for fact in ("status", "state"):
            if self.knows(value := f"value.{fact}.{facts.get(fact)}"):
                facts[f"{fact}_name"] = self(value)
        return self(f"refusal.{refusal.code}", **facts)

    def knows(self, key: str) -> bool:
        return key in SENTENCES

    def list(self, words: "tuple[str, ...] | list[str]") -> str:
        """A, B and C joined as people write it."""
        return ("、" if self.locale == "zh-CN" else ", ").join(words)

    def clauses(self, said: Iterable[str]) -> str:
        """Parts of a sentence that may have commas of their own, one behind the other."""
        return ("；" if self.locale == "zh-CN" else "; ").join(said)


class _Facts(dict[str, object]):
    """A fact that was not given shows its name rather than break a sentence on its way to a person."""

    def __missing__(self, name: str) -> str:
        return f"{{{name}}}"
