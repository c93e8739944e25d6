"""Which part of a policy is only shown, because what it is about runs in shadow (R68, R85)."""

from dataclasses import replace

from planning.control.fences import Breach
from planning.control.policy import AFFECTED, Policy
from planning.control.rules import Class
from planning.control.shadow import DEPARTMENT, NO_SHADE, Shade, Touched
from planning.people.organisation import Organisation
from planning.people.principal import COORDINATOR
from planning.plan.impact import Impact
from planning.plan.plan import Plan

STAND_IN = str(COORDINATOR)
"""Who is asked in place of a department in shadow, where something enforced may not go without a word."""


def firmed(klass: Class, policy: Policy) -> tuple[Class, Policy]:
    """A change approved beforehand is so outside every fence only: inside one it is an ordinary change."""
    if klass is Class.STANDARD and policy.breaches:
        return Class.NORMAL, replace(policy, approvals=(AFFECTED,))
    return klass, policy


def shaded(
    klass: Class, policy: Policy, plan: Plan, impact: Impact, organisation: Organisation
) -> tuple[Class, Policy]:
    """Class and policy with what is enforced of them; the rest goes into `policy.shade`.

    Takes them as they would be without shadow: `policy.breaches` are all the fences the freshly assessed effect
    touches, `policy.shade.shadow` what is in shadow. `shade.refused` is for who knows the people to fill in.
    """
    shadow = policy.shade.shadow
    plain = replace(policy, shade=NO_SHADE)
    if not shadow:
        return firmed(klass, plain)
    return _Shading(policy, Touched(shadow, plan, impact), impact, organisation).of(klass, plain)


class _Shading:
    """Of one request on one plan."""

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
        """An enforced fence is never passed without a word: what a department in shadow would say, the coordinator
        does."""
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
        """What in shadow it touches, and who there would be asked for another reason."""
        departments = self._organisation.departments
        named = (DEPARTMENT + who for who in unasked if who in departments and self._shadow.hides(who))
        return tuple(dict.fromkeys((*self._touched.places, *named)))
