"""Shadow mode at work: a request decided as if all were enforced, decided as it is, and the difference as it is kept.

Deciding twice and comparing is not all of it. Where a change touches items in shadow and others, the real decision is
neither the plain one nor a part of it: fences hold item by item, an enforced fence that names somebody in shadow asks
the coordinator instead, and a department is left out only where all of its lines are in shadow.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from planning.control.fences import Breach
from planning.control.policy import AFFECTED, Policy
from planning.control.rules import Class
from planning.control.shadow import DEPARTMENT, NO_SHADE, PRODUCT, Shade, Touched
from planning.people.organisation import Organisation
from planning.people.principal import COORDINATOR
from planning.plan.impact import Impact
from planning.plan.plan import Plan
from planning.trail.audit import storable

STAND_IN = str(COORDINATOR)
"""The stand-in for a department in shadow, where something enforced may not go without a word."""


def firmed(klass: Class, policy: Policy) -> tuple[Class, Policy]:
    """Class and policy inside fences: a change approved beforehand is so outside all of them only."""
    if klass is Class.STANDARD and policy.breaches:
        return Class.NORMAL, replace(policy, approvals=(AFFECTED,))
    return klass, policy


def shaded(
    klass: Class, policy: Policy, plan: Plan, impact: Impact, organisation: Organisation
) -> tuple[Class, Policy]:
    """Split class and policy into the enforced part and, in `policy.shade`, the part that is only shown.

    Takes them as they would be without shadow: `policy.breaches` are all the fences the freshly assessed effect
    touches, `policy.shade.shadow` the shadow. The caller, who knows the people, fills in `shade.refused`.
    """
    shadow = policy.shade.shadow
    plain = replace(policy, shade=NO_SHADE)
    if not shadow:
        return firmed(klass, plain)
    return _Shading(policy, Touched(shadow, plan, impact), impact, organisation).of(klass, plain)


class _Shading:
    """The split of one request on one plan."""

    def __init__(self, policy: Policy, touched: Touched, impact: Impact, organisation: Organisation) -> None:
        self._shadow, self._touched = policy.shade.shadow, touched
        self._impact, self._organisation = impact, organisation
        self._is_all = touched.is_all()

    def of(self, klass: Class, plain: Policy) -> tuple[Class, Policy]:
        would = firmed(klass, plain)[1].asks(self._impact, self._organisation)
        shown = tuple(breach for breach in plain.breaches if self._touched.holds(breach.item))
        enforced = tuple(self._passable(breach) for breach in plain.breaches if not self._touched.holds(breach.item))
        klass, real = firmed(klass, replace(plain, breaches=enforced))
        wanted = real.asks(self._impact, self._organisation)
        asked = [who for who in wanted if not self._is_unasked(who, real)]
        if self._required(real, wanted) and not self._required(real, asked) and not self._is_all:
            real, asked = replace(real, approvals=(*real.approvals, STAND_IN)), [*asked, STAND_IN]
        unasked = tuple(who for who in dict.fromkeys((*would, *wanted)) if who not in asked)
        shade = Shade(self._shadow, self._places(unasked), unasked, shown)
        return klass, replace(real, shade=shade)

    def _required(self, policy: Policy, asked: list[str]) -> list[str]:
        touched = policy.touched(self._impact, self._organisation)
        return [who for who in asked if not policy.terms_of(who, who in touched).optional]

    def _passable(self, breach: Breach) -> Breach:
        """An enforced fence, never passed without a word: the coordinator speaks for a department in shadow."""
        instead = (STAND_IN if self._shadow.hides(who) else who for who in breach.approvals)
        return replace(breach, approvals=tuple(dict.fromkeys(instead)))

    def _is_unasked(self, who: str, real: Policy) -> bool:
        if who in real.special:
            return False
        if self._shadow.hides(who) or self._is_all:
            return True
        if who in real.approvals:
            return False
        return self._touched.holds_all_of(who) or (not who and self._touched.holds_every_item())

    def _places(self, unasked: tuple[str, ...]) -> tuple[str, ...]:
        """Places in shadow it touches, and departments there that would be asked for another reason."""
        departments = self._organisation.departments
        named = (DEPARTMENT + who for who in unasked if who in departments and self._shadow.hides(who))
        return tuple(dict.fromkeys((*self._touched.places, *named)))


FENCE, REFUSED, ASKED = "fence:", "refused:", "asked:"


class Outcome(StrEnum):
    REFUSED = "refused"
    WAITED = "waited"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Observation:
    """The fate of a request had nothing been in shadow, as the audit trail keeps it and a report counts it.

    The trail outlives the settings, so fences are kept by the names people read.
    """

    places: tuple[str, ...] = ()
    """Places in shadow it touched: `department:purchasing`, `product:P-1`."""
    fences: tuple[str, ...] = ()
    """The names of the fences that would have refused it."""
    refused: tuple[str, ...] = ()
    """The codes of other refusals."""
    asked: tuple[str, ...] = ()
    """Departments and `role:…` that would have been asked besides."""

    @classmethod
    def of(cls, shade: Shade) -> "Observation":
        codes = dict.fromkeys(refusal.code for refusal in shade.refused if "fence" not in refusal.facts)
        return cls(*map(_storable, (shade.places, shade.fences_closed, codes, shade.unasked)))

    @classmethod
    def read(cls, facts: Mapping[str, str]) -> "Observation":
        places = tuple(sorted(name for name in facts if name.startswith((DEPARTMENT, PRODUCT))))
        return cls(places, *(_after(prefix, facts) for prefix in (FENCE, REFUSED, ASKED)))

    def facts(self) -> dict[str, str]:
        """A fact for each, so that no list is cut short."""
        parts = ((FENCE, self.fences), (REFUSED, self.refused), (ASKED, self.asked))
        names = [*self.places, *(prefix + name for prefix, found in parts for name in found)]
        return {**dict.fromkeys(names, "1"), "would": self.outcome.value}

    @property
    def outcome(self) -> Outcome:
        if self.fences or self.refused:
            return Outcome.REFUSED
        return Outcome.WAITED if self.asked else Outcome.SAME

    def and_later(self, other: "Observation") -> "Observation":
        """Both observations of a request, at submission and application, in one."""
        pairs = (
            (self.places, other.places), (self.fences, other.fences), (self.refused, other.refused),
            (self.asked, other.asked),
        )  # fmt: skip
        return Observation(*(tuple(dict.fromkeys((*mine, *others))) for mine, others in pairs))


def _after(prefix: str, facts: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(sorted(name.removeprefix(prefix) for name in facts if name.startswith(prefix)))


def _storable(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(map(storable, names))
