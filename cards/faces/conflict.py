"""The card of a conflict: two requests for the same, side by side, and those who settle it."""

from dataclasses import dataclass

from cards.action import Action, Verb
from cards.card import Button, Card, Fact, Style, Tone
from cards.faces.details import folded
from cards.faces.view import ChangeView
from cards.markdown import body
from cards.rows import Row
from planning.change.change import Change, ChangeState
from planning.change.conflict import MERGE, MOOT, Conflict, can_give_way, lateness, less_late
from planning.change.contested_fields import Contested, Field, merged
from planning.plan.impact import Line

MINE, THEIRS = "mine", "theirs"
"""Choices of a proposer's button; the others are the requests' numbers and MERGE."""
_FIELDS = {
    Field.DATES: ("start", "finish", "duration"),
    Field.QUANTITY: ("quantity",),
    Field.OWNER: ("department",),
    Field.MODE: ("mode",),
    Field.LINK: ("link",),
    Field.ITEM: ("status",),
}
_BETWEEN = {"zh-CN": "；", "en": "; "}
_SHOWN = 2
"""Contested fields that are told one by one."""


@dataclass(frozen=True, slots=True)
class ConflictView:
    conflict: Conflict
    older: ChangeView
    newer: ChangeView
    arbiters: tuple[str, ...]
    """Person ids."""
    draft: ChangeView | None = None
    """The request both were merged into."""
    together: ChangeView | None = None
    """Effect of both in one."""
    unheard: tuple[str, ...] = ()
    """The requests nobody can speak for now."""

    @property
    def is_open(self) -> bool:
        return self.conflict.is_open

    @property
    def can_merge(self) -> bool:
        """Tell whether a merge differs from the newer one alone, and neither is in the plan already."""
        older, newer = self.older.change, self.newer.change
        if not (can_give_way(older.state) and can_give_way(newer.state)):
            return False
        return merged(older.operations, newer.operations) != tuple(newer.operations)

    @property
    def is_tied(self) -> bool:
        """An arbiter has to say."""
        return self.conflict.is_tied(self.unheard)

    @property
    def outcome_together(self) -> str:
        """12-07~12-11 → 12-15~12-21（+6天）; empty: both in one would lead to nothing that can be told."""
        return self.wants(self.together) if self.together else ""

    @property
    def sums(self) -> str:
        """单独 +2天、+4天，合并 +6天; empty: they cannot be merged, or nothing of it is a move."""
        if self.together is None:
            return ""
        first, second, both = (self._moves(one) for one in (self.older, self.newer, self.together))
        words = self.newer.words
        return words("conflict.sums", first=first, second=second, both=both) if first and second and both else ""

    def _moves(self, view: ChangeView) -> str:
        """Days by which the first contested item moves."""
        where = self.conflict.fields[0]
        lines = _lines(view, where) if where.field is Field.DATES else []
        return view.rows.shift(max((line.days or 0 for line in lines), key=abs, default=0))

    @property
    def contested(self) -> str:
        """MO-1 日期、MO-1 数量"""
        words, shown = self.newer.words, self.conflict.fields[:_SHOWN]
        told = [f"{where.item} {words(f'conflict.contested.{where.field.value}')}" for where in shown]
        more = len(self.conflict.fields) - len(shown)
        return words.list(told) + (words("card.more", n=more) if more else "")

    @property
    def pair(self) -> str:
        older, newer = self.short(self.conflict.older), self.short(self.conflict.newer)
        return self.newer.words("conflict.pair", older=older, newer=newer)

    @property
    def pair_in_full(self) -> str:
        return self.newer.words("conflict.pair", older=self.conflict.older, newer=self.conflict.newer)

    @property
    def names(self) -> str:
        """Arbiters when the two do not agree; empty: nobody but them."""
        view, acting = self.newer, self.newer.deputies.acting
        return view.words.list([view.present(person, acting(person) or person) for person in self.arbiters])

    def view(self, no: str) -> ChangeView:
        return self.newer if no == self.conflict.newer else self.older

    def short(self, no: str) -> str:
        """Number cut to what tells the two apart, for ten characters of room."""
        day, _, number = no.removeprefix("CR-").rpartition("-")
        same = self.conflict.other(no).rpartition("-")[2] == number
        return f"{day[4:]}-{number}" if same else number

    def wants(self, view: ChangeView, *, short: bool = False) -> str:
        """One request's effect on the fields: 12-07~12-11 → 12-09~12-15（+2天）."""
        rows = [row for where in self.conflict.fields[:_SHOWN] for row in _rows(view, where)]
        told = dict.fromkeys(f"{row.item} {f'{row.short} {row.shift}' if short else row.text}".strip() for row in rows)
        return _BETWEEN[view.words.locale].join(told) or view.headline

    @property
    def note(self) -> str:
        """Footnote to the sign on its dates; empty: none has it."""
        rows = [row for one in (self.older, self.newer) for where in self.conflict.fields for row in _rows(one, where)]
        return self.newer.rows.note(rows)

    def stances(self) -> list[str]:
        """Stances of the two proposers."""
        words = self.newer.words
        said = []
        for no in (self.conflict.older, self.conflict.newer):
            wanted, name = self.conflict.stances.get(no, ""), self.view(no).proposer
            code = "none" if not wanted else "merge" if wanted == MERGE else "mine" if wanted == no else "theirs"
            said.append(words(f"conflict.stance.{code}", name=name))
        return said

    def advice(self, *, short: bool = False) -> str:
        older, newer = self.older.change, self.newer.change
        (orders, days), (other_orders, other_days) = lateness(older), lateness(newer)
        better = less_late(older, newer)
        told = self.short(better) if short and better else better
        facts = {"no": told, "n": abs(orders - other_orders), "days": abs(days - other_days)}
        code = "advice-none" if not facts["no"] else "advice" if facts["n"] else "advice-days"
        return self.newer.words(f"conflict.{code}", orders=orders, **facts)

    def until(self) -> str:
        """Arbiters without an agreement, and the fate of the two until then."""
        words = self.newer.words
        return (words("conflict.arbiter", names=self.names) if self.arbiters else "") + self.otherwise()

    def until_in_short(self) -> str:
        """Arbiters, and when the first of the two expires."""
        both = (self.older.change, self.newer.change)
        running = [change for change in both if change.state is not ChangeState.ON_HOLD]
        if not running or any(change.state is ChangeState.PROVISIONAL for change in both):
            return self.until()
        first = min(running, key=lambda change: change.expires_at or self.newer.now)
        words = self.newer.words
        names = words("conflict.arbiter", names=self.names) if self.arbiters else ""
        return names + words("conflict.until-in-short", no=self.short(first.no), at=self.newer.at(first.expires_at))

    def otherwise(self) -> str:
        """Fate of the two until somebody settles the conflict."""
        both = (self.older.change, self.newer.change)
        running = [change for change in both if change.state is not ChangeState.ON_HOLD]
        if not running:
            return self.newer.words("conflict.until-held")
        for change in both:
            if change.state is ChangeState.PROVISIONAL:
                return self._until("-in-effect", change)
        if len(running) == 1:
            return self._until("-one-held", running[0])
        first, second = sorted(both, key=lambda change: change.expires_at or self.newer.now)
        together = self.newer.at(first.expires_at) == self.newer.at(second.expires_at)
        return self._until("" if together else "-first", first)

    def _until(self, how: str, change: Change) -> str:
        facts = {"no": change.no, "other": self.conflict.other(change.no), "at": self.newer.at(change.expires_at)}
        return self.newer.words(f"conflict.until{how}", **facts)

    def outcome(self) -> str:
        """Outcome; empty while it is open."""
        conflict, words = self.conflict, self.newer.words
        by = {"name": self.newer.organisation.name_of(conflict.settled_by), "at": self.newer.at(conflict.settled_at)}
        if conflict.is_open:
            return ""
        if conflict.settled == MOOT:
            return self._moot()
        if self.draft is not None:
            draft = self.draft.change
            code = "draft" if draft.state is ChangeState.DRAFT else "done" if draft.submitted_at else "dropped"
            return words(f"conflict.merged-{code}", no=draft.no, who=self.draft.proposer, **by)
        other = conflict.other(conflict.settled)
        code = "stands-reverted" if self.view(other).change.state is ChangeState.REVERTED else "stands"
        return words(f"conflict.{code}", no=conflict.settled, other=other, **by)

    def _moot(self) -> str:
        words, both = self.newer.words, sorted((self.older.change, self.newer.change), key=lambda c: c.state.is_pending)
        first, second = both
        facts = {"no": first.no, "state": words(f"value.state.{first.state.value}"), "other": second.no}
        if not second.state.is_pending:
            return words("conflict.both-ended", other_state=words(f"value.state.{second.state.value}"), **facts)
        return words("conflict.recounted" if first.state.is_in_effect else "conflict.goes-on", **facts)


def conflict_card(view: ConflictView, card_id: str, *, own_room: bool) -> Card:
    """The conflict card. `own_room`: only the proposers read it, so that “mine” is clear to whoever presses."""
    words = view.newer.words
    text = body(words.locale, "conflict", view=view, outcome=view.outcome(), both=(view.older, view.newer))
    card = Card(
        title=" · ".join(filter(None, [words("conflict.title", fields=view.contested), view.sums])),
        status=_status(view),
        tone=Tone.WARN if view.is_open else Tone.MUTED if view.conflict.settled == MOOT else Tone.SUCCESS,
        body=text,
        summary=_summary(view),
        facts=_facts(view),
        buttons=_buttons(view, card_id, own_room) if view.is_open else (),
    )
    if not view.is_open:
        return card
    details = body(words.locale, "conflict-details", view=view, both=(view.older, view.newer))
    return folded(view.newer, card_id, card, details)


def _status(view: ConflictView) -> str:
    conflict, words = view.conflict, view.newer.words
    if not view.is_open:
        code = "moot" if conflict.settled == MOOT else "merged" if conflict.is_merged else "settled"
        stands = view.short(conflict.settled) if code == "settled" else ""
        return words(f"status.conflict-{code}", pair=view.pair, no=stands)
    if view.is_tied and view.arbiters:
        code = "status.conflict-arbiter" if view.unheard else "status.conflict-tied"
        return words(code, pair=view.pair, names=view.names)
    silent = words.list(list(dict.fromkeys(view.view(no).proposer for no in conflict.silent)))
    return words("status.conflict-open", pair=view.pair, names=silent or view.names)


def _summary(view: ConflictView) -> str:
    if not view.is_open:
        return view.outcome()
    both = _BETWEEN[view.newer.words.locale].join(
        f"{one.proposer} {view.wants(one, short=True)}" for one in (view.older, view.newer)
    )
    advice, until = view.advice(short=True), view.until_in_short()
    told = view.newer.words("card.first.conflict", both=both, advice=advice, until=until)
    return f"{view.sums} · {told}" if view.sums else told


def _facts(view: ConflictView) -> tuple[Fact, ...]:
    words = view.newer.words
    reason = words("conflict.reason")
    first = Fact(words("conflict.first"), f"{view.conflict.older} {view.older.proposer}")
    second = Fact(words("conflict.second"), f"{view.conflict.newer} {view.newer.proposer}")
    return (first, Fact(reason, view.older.reason), second, Fact(reason, view.newer.reason))


def _buttons(view: ConflictView, card_id: str, own_room: bool) -> tuple[Button, ...]:
    words, older, newer = view.newer.words, view.conflict.older, view.conflict.newer
    if own_room and view.older.change.proposer != view.newer.change.proposer:
        choices = [(words("button.mine"), MINE), (words("button.theirs"), THEIRS)]
    else:
        long = len(view.short(older)) > len("001")
        code = "button.keep-long" if long else "button.keep"
        choices = [(words(code, no=view.short(no)), no) for no in (older, newer)]
    buttons = [Button(text, Action(card_id, Verb.SETTLE, choice)) for text, choice in choices]
    if view.can_merge:
        buttons.append(Button(words("button.merge"), Action(card_id, Verb.SETTLE, MERGE), Style.PRIMARY))
    return tuple(buttons)


def _rows(view: ChangeView, where: Contested) -> list[Row]:
    return view.rows.rows(_lines(view, where))


def _lines(view: ChangeView, where: Contested) -> list[Line]:
    names = _FIELDS[where.field]
    return [line for line in view.change.impact.lines if line.item == where.item and line.field in names]

