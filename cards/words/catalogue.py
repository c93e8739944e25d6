"""Look up a sentence and fill it, in the language of the installation."""

from dataclasses import dataclass

from cards.words.dates import day, moment
from cards.words.sentences import SENTENCES
from planning.change.change import PREVIEW
from planning.refusal import Refusal

LOCALES = ("zh-CN", "en")

__all__ = ["LOCALES", "Words", "day", "moment"]


@dataclass(frozen=True, slots=True)
class Words:
    """Look-up in one language: `words("key", name=…)`; an unknown key is a programming mistake and raises."""

    locale: str = "zh-CN"

    def __call__(self, key: str, /, **facts: object) -> str:
        return SENTENCES[key][LOCALES.index(self.locale)].format_map(_Facts(self._named(facts)))

    def _named(self, facts: dict[str, object]) -> dict[str, object]:
        """A preview has no number that people could use."""
        no = facts.get("no")
        return facts | {"no": self("value.preview")} if isinstance(no, str) and no.startswith(PREVIEW) else facts

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


class _Facts(dict[str, object]):
    """A fact that was not given shows its name rather than break a sentence on its way to a person."""

    def __missing__(self, name: str) -> str:
        return f"{{{name}}}"
