"""What would have become of a request, had nothing been in shadow: as the audit trail keeps it, and as a report counts
it. The trail outlives the settings, so fences are kept by the names people read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from planning.control.shadow import DEPARTMENT, PRODUCT, Shade
from planning.trail.audit import storable

FENCE, REFUSED, ASKED = "fence:", "refused:", "asked:"


class Outcome(StrEnum):
    REFUSED = "refused"
    WAITED = "waited"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Observation:
    places: tuple[str, ...] = ()
    """What in shadow it touched: `department:purchasing`, `product:P-1`."""
    fences: tuple[str, ...] = ()
    """The names of the fences that would have refused it."""
    refused: tuple[str, ...] = ()
    """The codes of other refusals."""
    asked: tuple[str, ...] = ()
    """Who would have been asked besides: departments, `role:…`."""

    @classmethod
    def of(cls, shade: Shade) -> "Observation":
        codes = dict.fromkeys(refusal.code for refusal in shade.refused if "fence" not in refusal.facts)
        return cls(*map(_storable, (shade.places, shade.fences_closed, codes, shade.unasked)))

    @classmethod
    def read(cls, facts: Mapping[str, str]) -> "Observation":
        places = tuple(sorted(name for name in facts if name.startswith((DEPARTMENT, PRODUCT))))
        return cls(places, *(_after(prefix, facts) for prefix in (FENCE, REFUSED, ASKED)))

    def facts(self) -> dict[str, str]:
        """One fact for each, so that no list is cut short."""
        parts = ((FENCE, self.fences), (REFUSED, self.refused), (ASKED, self.asked))
        names = [*self.places, *(prefix + name for prefix, found in parts for name in found)]
        return {**dict.fromkeys(names, "1"), "would": self.outcome.value}

    @property
    def outcome(self) -> Outcome:
        if self.fences or self.refused:
            return Outcome.REFUSED
        return Outcome.WAITED if self.asked else Outcome.SAME

    def and_later(self, other: "Observation") -> "Observation":
        """Seen again, when it was applied: what either time would have been in its way."""
        pairs = (
            (self.places, other.places), (self.fences, other.fences), (self.refused, other.refused),
            (self.asked, other.asked),
        )  # fmt: skip
        return Observation(*(tuple(dict.fromkeys((*mine, *others))) for mine, others in pairs))


def _after(prefix: str, facts: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(sorted(name.removeprefix(prefix) for name in facts if name.startswith(prefix)))


def _storable(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(map(storable, names))
