"""A linear model over character n-grams and concepts that ranks what a sentence may want; made by `make speech`.

It only proposes: whatever it ranks first is a button, never a deed.
"""

import gzip
import json
import math
from array import array
from base64 import b64decode
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from handlers.language.speech.concepts import concepts_in
from handlers.language.speech.intent import Intent
from handlers.language.speech.normal import plain, shape
from handlers.language.speech.parts import Parts

FILE = "model.json.gz"
VERSION = 2
LONGEST_GRAM = 3
_PAIR = 2
LONGEST_HEARD = 200
"""Characters of a sentence that are looked at."""


@dataclass(frozen=True, slots=True)
class Guess:
    intent: Intent
    score: float
    """Above nought: rather this than anything else."""


@dataclass(frozen=True, slots=True)
class Model:
    simplified: Mapping[int, int]
    intents: tuple[Intent, ...]
    rarity: tuple[float, ...]
    """Of each n-gram: what a rare one says counts for more."""
    places: Mapping[str, int]
    weights: "array[int]"
    """Of each n-gram for each intent, row by row, in steps of `steps`."""
    steps: tuple[float, ...]
    bias: tuple[float, ...]
    parts: Parts

    def plain(self, text: str) -> str:
        return plain(text[:LONGEST_HEARD], self.simplified)

    def rank(self, spoken: str) -> list[Guess]:
        """What the plain words may want, likeliest first."""
        width, sums = len(self.intents), [0.0] * len(self.intents)
        for place, value in self._values(shape(spoken)):
            row = self.weights[place * width : (place + 1) * width]
            sums = [total + value * weight for total, weight in zip(sums, row, strict=True)]
        scores = map(lambda total, step, bias: total * step + bias, sums, self.steps, self.bias)
        guesses = map(Guess, self.intents, scores)
        return sorted(guesses, key=lambda guess: guess.score, reverse=True)

    def strange(self, spoken: str) -> float:
        """Share of the pairs of characters in the plain words that stood in no sentence it was trained on."""
        pairs = [gram for gram in grams(shape(spoken)) if len(gram) == _PAIR]
        return sum(gram not in self.places for gram in pairs) / len(pairs) if pairs else 1.0

    def _values(self, marked: str) -> list[tuple[int, float]]:
        """The known n-grams of the sentence, each by how often it stands there and how rare it is; of length one."""
        found = Counter(place for gram in features(marked) if (place := self.places.get(gram)) is not None)
        values = [(place, (1 + math.log(count)) * self.rarity[place]) for place, count in found.items()]
        length = math.sqrt(sum(value * value for _, value in values)) or 1.0
        return [(place, value / length) for place, value in values]


def features(shaped: str) -> Iterator[str]:
    """What the model looks at: runs of characters, and what is spoken of."""
    yield from grams(shaped)
    yield from concepts_in(shaped)


def grams(marked: str) -> Iterator[str]:
    for size in range(1, LONGEST_GRAM + 1):
        for start in range(len(marked) - size + 1):
            yield marked[start : start + size]


@cache
def load() -> Model:
    """The model of this version of the product, read once."""
    return unpacked(files("handlers.language.speech").joinpath(FILE).read_bytes())


def unpacked(packed: bytes) -> Model:
    read = json.loads(gzip.decompress(packed))
    if read["version"] != VERSION:
        raise ValueError(f"{FILE} has version {read['version']}, not {VERSION}: make speech")
    return Model(
        simplified=str.maketrans(*read["simplified"]),
        intents=tuple(map(Intent, read["intents"])),
        rarity=tuple(read["rarity"]),
        places={gram: place for place, gram in enumerate(read["grams"])},
        weights=_steps(read["weights"]),
        steps=tuple(read["steps"]),
        bias=tuple(read["bias"]),
        parts=Parts(
            places={near: place for place, near in enumerate(read["parts"]["around"])},
            weights={part: _steps(coded) for part, coded in read["parts"]["weights"].items()},
            steps=read["parts"]["steps"],
            bias=read["parts"]["bias"],
        ),
    )


def _steps(coded: str) -> "array[int]":
    return array("b", b64decode(coded))
