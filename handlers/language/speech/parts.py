"""Parts of a sentence that are words of its own, found character by character: what it is about, and the reason."""

from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

AROUND = 3
"""Characters on either side that are looked at."""
_SIZES = (1, 2, 3)


@dataclass(frozen=True, slots=True)
class Parts:
    places: Mapping[str, int]
    weights: Mapping[str, "array[int]"]
    """Of each part: of each neighbourhood, in steps of `steps`."""
    steps: Mapping[str, float]
    bias: Mapping[str, float]

    def find(self, part: str, spoken: str, eager: float) -> tuple[int, int] | None:
        """Where the part stands in the plain words: the run of characters that speaks most for it; `eager`: so little
        must speak for a character."""
        weights, step, bias = self.weights[part], self.steps[part], self.bias[part]
        scores = [
            bias + step * sum(weights[place] for near in around if (place := self.places.get(near)) is not None) + eager
            for around in neighbourhoods(spoken)
        ]
        return _best_run(scores)


def neighbourhoods(spoken: str) -> Iterator[list[str]]:
    """What stands around each character, with its distance."""
    padded = f"{'^' * AROUND}{spoken}{'$' * AROUND}"
    for at in range(AROUND, len(padded) - AROUND):
        yield [
            f"{off}{padded[at + off : at + off + size]}"
            for size in _SIZES
            for off in range(-AROUND, AROUND - size + 2)
        ]


def _best_run(scores: Sequence[float]) -> tuple[int, int] | None:
    best, found, total, start = 0.0, None, 0.0, 0
    for at, score in enumerate(scores):
        if total <= 0:
            total, start = 0.0, at
        total += score
        if total > best:
            best, found = total, (start, at + 1)
    return found
