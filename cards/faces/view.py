"""View of a change request for its cards: names, dates and effects in words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from cards.action import Action, Verb
from cards.card import Tone
from cards.faces.steps import StepsView
from cards.lead import shortened
from cards.lines.compared import against
from cards.lines.governed import fence_lines, governed
from cards.lines.landed import landed
from cards.lines.standing import at_once_or_not, held_line, restored_or_not, standing
from cards.rows import RowWriter, unitless
from cards.words.dates import day
from planning.change.change import Change, ChangeState
from planning.change.compensation import given_back, left_of
from planning.change.contested_fields import summed_up
from planning.plan.operation import Op, Operation
from planning.plan.timetable import Horizon

SEEN = 8
"""Characters of a hash: enough to tell one effect of a request from another."""
_TYPED = {Op.SET_QUANTITY: "quantity", Op.REASSIGN: "department"}
"""Fields whose value somebody types; of everything else the finish says most."""
END_TONES = {
    ChangeState.APPLIED: Tone.SUCCESS,
    ChangeState.REJECTED: Tone.DANGER,
    ChangeState.FAILED: Tone.DANGER,
}


@dataclass(frozen=True, kw_only=True)
class ChangeView(StepsView):
    titles: Mapping[str, str] = field(default_factory=dict)
    """Item code → title, for items that are in operations but not in the impact's lines."""
    unit_of: Callable[[str], str] = unitless
    """Unit of an item's quantity."""
    horizon: Horizon | None = None
    """Horizon up to which the plan's dates can be relied on."""
    taken_back_by: Change | None = None
    """The change that took it back."""
    instead_of: Change | None = None
    """The one request whose place it takes."""

    @property
    def rows(self) -> RowWriter:
        typed = {op.item: _TYPED[op.op] for op in self.change.operations if op.op in _TYPED}
        return RowWriter(self.words, self.today, self.organisation, self.horizon, self.unit_of, typed)

    @property
    def title_line(self) -> str:
        """The request as a card's title: the change first, so that a cut takes the item's name alone."""
        if not self.change.operations:
            return self.headline
        first, *more = summed_up(self.change.operations)
        if no := self.change.reverts:
            return self.words("op.what.of", what=self.words("op.what.reverts", no=no), title=self.title(first))
        code = "op.what.of-more" if more else "op.what.of"
        return self.words(code, what=self._what(first), n=len(more), title=self.title(first))

    @property
    def headline(self) -> str:
        """The request in one line of a sentence."""
        if no := self.change.reverts:
            code = "op.reverts" if self.change.operations else "op.reverts-nothing"
            return self.words(code, no=no, headline=self._wish)
        return self._wish

    @property
    def _wish(self) -> str:
        if not self.change.operations:
            return self.words("op.recount")
        first, *more = summed_up(self.change.operations)
        return self._operation(first) + (self.words("card.more", n=len(more)) if more else "")

    @property
    def reason(self) -> str:
        return self.change.reason or self.words("card.no-reason")

    @property
    def effect(self) -> str:
        """The whole effect in a line: items, departments, lateness, shortage."""
        impact, parts = self.change.impact, [self.reach]
        if impact.late_orders:
            worst = max(late.days for late in impact.late_orders)
            parts.append(self.words("card.effect.late", n=len(impact.late_orders), days=worst))
        else:
            parts.append(self.words("card.effect.on-time"))
        if short := [s for s in impact.shortages if s.after > 0]:
            parts.append(self.words("card.effect.short", n=len(short)))
        return "，".join(parts) if self.words.locale == "zh-CN" else ", ".join(parts)

    @property
    def reach(self) -> str:
        """How many items and departments it moves."""
        impact = self.change.impact
        items = len({line.item for line in impact.lines})
        return self.words("card.effect.some", items=items, departments=len(impact.departments))

    def first_line(self, code: str) -> str:
        """Who, why, and until when; the reason as far as there is room."""
        facts = {"proposer": self.proposer, "reason": shortened(self.reason), "reach": self.reach}
        return self.words(f"card.first.{code}", deadline=self.at(self.change.expires_at), **facts)

    @property
    def compared(self) -> list[str]:
        """Line on what it changes against the request in whose place it is decided; none: there is no such one."""
        if self.instead_of is None or not (self.change.state.is_deciding or self.change.state is ChangeState.DRAFT):
            return []
        return [against(self.instead_of, self.change, self.words, self.today)]

    @property
    def remarks(self) -> list[str]:
        """Freeze, class and rule, fences, then the first three remarks of the rules."""
        remarks = [self.words.refusal(remark) for remark in self.change.impact.exceptions[:3]]
        return [*self.days_off, *filter(None, [self.held]), *self.governed, *self.at_once, *remarks]

    @property
    def days_off(self) -> list[str]:
        """Of a draft: typed dates on which nobody works, and where they moved to."""
        moved = [(operation.to, landed(operation, self.change.impact.lines)) for operation in self.change.operations]
        return [
            self.words("card.day-off", date=self._with_weekday(wanted), landed=self._with_weekday(became))
            for wanted, became in moved
            if isinstance(wanted, date) and became not in (None, wanted) and self.change.state is ChangeState.DRAFT
        ]

    def _with_weekday(self, on: date | None) -> str:
        return f"{day(on, self.today)} {self.words(f'value.weekday.{on.weekday()}')}" if on else ""

    @property
    def at_once(self) -> list[str]:
        """Note on a draft in effect as soon as it is submitted; empty: it is decided first."""
        asked = self.change.policy.asks(self.change.impact, self.organisation)
        return at_once_or_not(self.change, self.words, bool(asked))

    @property
    def held(self) -> str:
        """Freeze that holds it; empty: none."""
        return held_line(self.change, self.words, self.hours)

    @property
    def left(self) -> list[str]:
        """Rest a compensating change could not restore, with reasons."""
        return [self.words.refusal(left) for left in left_of(self.change)]

    @property
    def given_back(self) -> str:
        """Extent to which the plan was restored; empty: the change was not taken back."""
        return restored_or_not(self.taken_back_by, self.words) if self.taken_back_by else ""

    def standing(self, asked: bool = False) -> str:
        """State of an emergency, or of a change taken back; empty otherwise."""
        return standing(self.change, self.words, self.at(self.change.expires_at), self.taken_back_by, asked)

    @property
    def taken_back(self) -> str:
        """Change that took it back, in a line; empty: none."""
        return self.standing() if self.change.state is ChangeState.REVERTED else ""

    @property
    def governed(self) -> list[str]:
        """Class and rule, and the fences; none where there are none."""
        return governed(self.change, self.organisation, self.words, self.today)

    @property
    def fenced(self) -> list[str]:
        """The fences alone."""
        return fence_lines(self.change, self.organisation, self.words, self.today)

    @property
    def status(self) -> str:
        """State of the request, for everyone."""
        change = self.change
        facts: dict[str, Any] = {"no": change.no}
        match change.state:
            case ChangeState.IN_APPROVAL if change.returned and not change.required:
                return self.words("status.returned", departments=self.departments(change.returned), **facts)
            case ChangeState.IN_APPROVAL:
                waiting = change.required or change.waiting
                return self.words("status.waiting", departments=self.first_departments(waiting), **facts)
            case ChangeState.ON_HOLD:
                return self.words("held.status", **facts)
            case ChangeState.APPLIED:
                return self.words("status.applied", revision=change.applied_revision, **facts)
            case ChangeState.REJECTED:
                return self.words("status.rejected", name=self.rejecter(), **facts)
            case ChangeState.SUPERSEDED:
                return self.words("status.superseded", by_no=change.superseded_by, **facts)
            case ChangeState.REVERTED if self.taken_back_by is not None:
                return self.words(f"status.reverted-{given_back(self.taken_back_by).value}", **facts)
            case ChangeState.FAILED if change.reverts and not change.steps:
                unrestored = left_of(change) != []
                return self.words("status.unrestored" if unrestored else "status.as-it-was", **facts)
            case ChangeState.WITHDRAWN if change.submitted_at is None:
                return self.words("status.discarded", **facts)
            case ChangeState.DRAFT:
                return self.words("status.refused" if change.impact.refused else "status.preview", **facts)
            case _:
                return self.words(f"status.{change.state.value}", **facts)

    @property
    def tone(self) -> Tone:
        if self.change.state.is_deciding:
            return Tone.WARN if self.change.impact.late_orders else Tone.INFO
        return END_TONES.get(self.change.state, Tone.MUTED)

    def deciding(self, card_id: str, verb: Verb, choice: str = "") -> Action:
        """Action of a button that decides, bound to the effect shown."""
        return Action(card_id, verb, choice, seen=self.change.impact.hash[:SEEN])

    def _operation(self, operation: Operation) -> str:
        title = self.title(operation)
        if operation.op is Op.SHIFT and isinstance(operation.to, int):
            later = operation.to > 0
            code = "op.shift-later" if later else "op.shift-earlier"
            return self.words(code, title=title, n=abs(operation.to))
        return self.words(f"op.{operation.op.value}", title=title, to=self._wanted(operation))

    def _what(self, operation: Operation) -> str:
        if operation.op is Op.SHIFT and isinstance(operation.to, int):
            code = "op.what.shift-later" if operation.to > 0 else "op.what.shift-earlier"
            return self.words(code, n=abs(operation.to))
        return self.words(f"op.what.{operation.op.value}", to=self._wanted(operation))

    def title(self, operation: Operation) -> str:
        """The item by number and name."""
        known = next((line.title for line in self.change.impact.lines if line.item == operation.item), "")
        return f"{operation.item} {known or self.titles.get(operation.item, '')}".strip()

    def _wanted(self, operation: Operation) -> str:
        if isinstance(operation.to, date):
            return day(landed(operation, self.change.impact.lines) or operation.to, self.today)
        if operation.op is Op.SET_QUANTITY:
            return f"{operation.to}{self.unit_of(operation.item)}"
        if operation.op is Op.REASSIGN:
            return self.organisation.department_name(str(operation.to))
        if operation.op is Op.SPLIT and isinstance(operation.to, Mapping):
            return self._parts(operation.item, operation.to)
        return str(operation.to)

    def _parts(self, item: str, to: Mapping[str, str]) -> str:
        days = {name: day(date.fromisoformat(to[name]), self.today) for name in ("finish", "start")}
        return self.words("op.split.parts", first=f"{to['first']}{self.unit_of(item)}", rest=to["rest"], **days)
