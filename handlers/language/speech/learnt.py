"""What one company's own choices add to the model: the wishes of the sentences of theirs that are most alike.

The shipped model stays as it is; a company's examples speak beside it, the more the more there are of them.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from handlers.language.speech.intent import Intent
from handlers.language.speech.model import Guess, Model, grams
from handlers.language.speech.normal import shape

ENOUGH = 200
"""From so many examples on a company's own speak in full."""
MOST = 2_000
"""The newest ones are learnt from; what is older is forgotten first."""
MOST_OF_ONE = 500
"""So many at most of one person: nobody teaches the others alone."""
_NEIGHBOURS = 8
_ALIKE = 0.3
"""So much alike must a sentence be to speak at all."""
_LOUDEST = 3.0
_FEWEST = 0.5
"""The share of their voice that the first examples have."""


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence and what it led to, codes and names replaced."""

    number: int
    said: str
    meant: Intent | None
    """None: none of what was offered."""
    against: tuple[Intent, ...] = ()
    """Wishes that were offered and not meant."""
    person: str = ""


@dataclass(frozen=True, slots=True)
class Learnt:
    """Ranks what a sentence may want, as the company has chosen before. `mark`: another where there are new choices."""

    mark: int
    count: int
    _says: tuple[Mapping[Intent, float], ...] = ()
    """Of each different sentence: how much speaks for a wish, or against it."""
    _holding: Mapping[str, Sequence[tuple[int, float]]] = field(default_factory=dict)
    """Of each n-gram: sentences that hold it, and its weight there."""

    def votes(self, base: Model, spoken: str) -> dict[Intent, float]:
        """What the nearest examples say of each wish: between -1, never meant, and 1, always, as far as they are
        alike."""
        likeness: dict[int, float] = defaultdict(float)
        for gram, value in _values(base, spoken).items():
            for place, weight in self._holding.get(gram, ()):
                likeness[place] += value * weight
        nearest = sorted(likeness.items(), key=lambda one: -one[1])[:_NEIGHBOURS]
        votes: dict[Intent, float] = defaultdict(float)
        total = 0.0
        for place, alike in nearest:
            if alike < _ALIKE:
                break
            total += alike**2
            for intent, share in self._says[place].items():
                votes[intent] += alike**2 * share
        best = nearest[0][1] if nearest else 0.0
        return {intent: best * vote / total for intent, vote in votes.items()} if total else {}


    def heeded(self, votes: Mapping[Intent, float], ranked: Sequence[Guess]) -> list[Guess]:
        """What may be wanted, likeliest first, with these votes."""
        if not votes:
            return list(ranked)
        voice = _LOUDEST * min(1.0, max(_FEWEST, self.count / ENOUGH))
        louder = (replace(one, score=one.score + voice * votes.get(one.intent, 0.0)) for one in ranked)
        return sorted(louder, key=lambda guess: guess.score, reverse=True)


NOTHING = Learnt(0, 0)


def learn(base: Model, examples: Iterable[Example], mark: int = 0) -> Learnt:
    """Learn from the newest examples. What was chosen in different ways for the same words speaks for each by its
    share: one who contradicts the others changes little, and whoever says it again and again counts once."""
    newest = sorted(examples, key=lambda one: -one.number)
    kept, of_one = list[Example](), Counter[str]()
    for one in newest:
        of_one[one.person] += 1
        if of_one[one.person] <= MOST_OF_ONE and len(kept) < MOST:
            kept.append(one)
    by_words: dict[str, dict[str, Example]] = defaultdict(dict)
    for one in kept:
        by_words[base.plain(one.said)].setdefault(one.person, one)
    holding: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for place, spoken in enumerate(by_words):
        for gram, value in _values(base, spoken).items():
            holding[gram].append((place, value))
    return Learnt(mark, len(kept), tuple(_said_by(people) for people in by_words.values()), holding)


def _said_by(people: Mapping[str, Example]) -> dict[Intent, float]:
    says: dict[Intent, float] = defaultdict(float)
    for one in people.values():
        if one.meant:
            says[one.meant] += 1 / len(people)
        for intent in one.against:
            says[intent] -= 1 / len(people)
    return dict(says)


def _values(base: Model, spoken: str) -> dict[str, float]:
    """N-grams of the words, each by how often it stands there and how rare it is; of length one. Those the shipped
    model does not know are the rarest."""
    found = Counter(grams(shape(spoken)))
    rarest = max(base.rarity, default=1.0)
    values = {
        gram: (1 + math.log(count)) * (base.rarity[base.places[gram]] if gram in base.places else rarest)
        for gram, count in found.items()
        if len(gram) > 1
    }
    length = math.sqrt(sum(value * value for value in values.values())) or 1.0
    return {gram: value / length for gram, value in values.items()}
