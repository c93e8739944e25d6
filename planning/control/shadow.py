"""Shadow mode: parts of the plan that are observed and not yet enforced, by department or product line.

A change there is shown to everybody it would concern; nobody there is asked, and its fences refuse nothing.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from planning.control.fences import Breach
from planning.plan.impact import Impact
from planning.plan.item import Item
from planning.plan.plan import Plan
from planning.refusal import Refusal

DEPARTMENT, PRODUCT = "department:", "product:"


@dataclass(frozen=True, slots=True)
class Shadow:
    """The settings' shadow; empty: everything is enforced. An item is in it with its department or product line."""

    departments: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    everything: bool = False

    def __bool__(self) -> bool:
        return bool(self.everything or self.departments or self.products)

    def hides(self, department: str) -> bool:
        """True for a department that is only shown what it would be asked; nobody's items ("") when everything is."""
        return self.everything or department in self.departments

    def holds(self, item: Item) -> bool:
        return self.hides(item.department) or (bool(item.product) and item.product in self.products)

    def places_of(self, item: Item) -> Iterator[str]:
        """The settings that put the item in shadow: `department:purchasing`, `product:P-1`."""
        if self.hides(item.department):
            yield DEPARTMENT + item.department
        if item.product and (self.everything or item.product in self.products):
            yield PRODUCT + item.product


ENFORCED = Shadow()


@dataclass(frozen=True, slots=True)
class Shade:
    """The part of one change request that is shown and not enforced, and the shadow it keeps, whatever the settings say
    later (edge case 11)."""

    shadow: Shadow = ENFORCED
    places: tuple[str, ...] = ()
    """Places in shadow it touches, as `Shadow.places_of` writes them."""
    unasked: tuple[str, ...] = ()
    """Departments and `role:…` that would be asked."""
    breaches: tuple[Breach, ...] = ()
    """Fences that would hold it."""
    refused: tuple[Refusal, ...] = ()
    """Reasons it would be refused for."""

    @property
    def fences_closed(self) -> tuple[str, ...]:
        """The names of the fences that would refuse it."""
        return tuple(dict.fromkeys(refusal.facts["fence"] for refusal in self.refused if "fence" in refusal.facts))


NO_SHADE = Shade()


class Touched:
    """The items a freshly assessed effect changes, and which of them are in shadow.

    On whichever side of the change an item is enforced, it is: what goes over to an enforced department is asked for.
    """

    def __init__(self, shadow: Shadow, plan: Plan, impact: Impact) -> None:
        codes = dict.fromkeys((*impact.changed, *(line.item for line in impact.lines)))
        self._impact, self._shadow = impact, shadow
        self._sides = {code: _sides(code, plan, impact) for code in codes}
        self._held = {code for code, sides in self._sides.items() if sides and all(map(shadow.holds, sides))}

    @property
    def places(self) -> tuple[str, ...]:
        """Places in shadow that are touched, each once, in the order of the lines."""
        held = (side for code, sides in self._sides.items() if code in self._held for side in sides)
        return tuple(dict.fromkeys(place for side in held for place in self._shadow.places_of(side)))

    def holds(self, code: str) -> bool:
        return code in self._held

    def is_all(self) -> bool:
        """True where no item and no department it touches is enforced."""
        enforced = (who for who in self._impact.departments if not self._shadow.hides(who))
        return self._shadow.everything or (self.holds_every_item() and all(map(self.holds_all_of, enforced)))

    def holds_every_item(self) -> bool:
        return bool(self._sides) and len(self._held) == len(self._sides)

    def holds_all_of(self, department: str) -> bool:
        """True for a department with lines, all of them of items in shadow. One without is asked for the slack of an
        item nobody moves: that is not known here."""
        lines = self._impact.lines_of(department)
        return bool(lines) and all(self.holds(line.item) for line in lines)


def enforced(found: Iterable[Breach], shadow: Shadow, plan: Plan, impact: Impact) -> tuple[Breach, ...]:
    """The fences a freshly assessed effect touches that are not only shown."""
    touched = Touched(shadow, plan, impact)
    return tuple(breach for breach in found if not touched.holds(breach.item))


def _sides(code: str, plan: Plan, impact: Impact) -> tuple[Item, ...]:
    return tuple(item for item in (plan.items.get(code), impact.changed.get(code)) if item is not None)
