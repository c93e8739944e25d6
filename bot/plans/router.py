"""Which plan an event is of: by its conversation, by the card that was pressed, or by the person who speaks.

All of it stands in the settings or in the event itself, so an event that is delivered twice comes to the same plan.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Generic, Protocol, TypeVar

from handlers.events import Clicked, Said
from handlers.turn import Environment
from planning.people.organisation import Person

_BEHIND = r"(?:[\s,，:：、]+|$)"
"""What stands between a plan's name and a command."""


class OfPlan(Protocol):
    @property
    def id(self) -> str: ...

    @property
    def environment(self) -> Environment: ...


P = TypeVar("P", bound=OfPlan)


@dataclass(frozen=True)
class PlanRouter(Generic[P]):
    plans: Sequence[P]

    def of_words(self, event: Said) -> tuple[P, Said]:
        """The plan, and the words without its name in front. One-to-one, whoever takes part in several plans speaks to
        that of their own department, unless they begin with another's name or answer what came from it."""
        if (owner := self._of_conversation(event.conversation)) is not None:
            rest = _without_name(event.text, owner)
            return owner, event if rest is None else replace(event, text=rest)
        theirs = self._of_person(event.conversation, event.user_id)
        for plan in theirs:
            if (rest := _without_name(event.text, plan)) is not None:
                return plan, replace(event, text=rest)
        quoted = next((plan for plan in theirs if _is_quoted(plan, event)), None)
        return quoted or next(iter(theirs), self.plans[0]), event

    def of_click(self, event: Clicked) -> P:
        """Cards carry their plan's id in front of theirs; one that is made up is as good as its conversation."""
        return self.of_card(event.wire_id) or self._of_place(event.conversation, event.user_id)

    def of_card(self, card_id: str) -> P | None:
        known = (plan for plan in self.plans if re.fullmatch(rf"{re.escape(plan.id)}-[0-9a-f]{{16}}(-v\d+)?", card_id))
        return next(known, None)

    def _of_place(self, conversation: str, user_id: str) -> P:
        owner = self._of_conversation(conversation)
        return owner or next(iter(self._of_person(conversation, user_id)), self.plans[0])

    def _of_conversation(self, conversation: str) -> P | None:
        """The plan one of whose departments hears there."""
        heard = (plan for plan in self.plans if plan.environment.organisation.department_in(conversation))
        return next(heard, None)

    def _of_person(self, conversation: str, user_id: str) -> list[P]:
        """The plans they take part in, that of their own department first."""
        found = [(plan, plan.environment.person_in(conversation, user_id)) for plan in self.plans]
        theirs = [(plan, person) for plan, person in found if person is not None]
        return [plan for plan, person in sorted(theirs, key=lambda one: not _is_home(*one))]


def _is_quoted(plan: OfPlan, event: Said) -> bool:
    mark = plan.environment.plan_mark
    return bool(mark) and event.quoted.startswith(mark)


def _is_home(plan: OfPlan, person: Person) -> bool:
    return person.department in plan.environment.organisation.departments


def _without_name(text: str, plan: OfPlan) -> str | None:
    """The text behind the plan's name or id; None: it does not begin so."""
    names = sorted(filter(None, (plan.environment.plan_name, plan.id)), key=len, reverse=True)
    called = _any(names)
    found = re.match(rf"\s*(?:@\S+\s+)?(?:[【\[](?:{called})[】\]]\s*|(?:{called}){_BEHIND})", text, re.IGNORECASE)
    return text[found.end() :] if found else None


def _any(names: Iterable[str]) -> str:
    return "|".join(map(re.escape, names))
