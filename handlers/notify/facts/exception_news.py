"""News of exceptions: a card once for each root, brought up to date when it gets worse and when it is over.

People see few of them: a conversation gets three in a day, the last of which takes all that comes after; what is
critical has one of its own. Where calls are counted by the month, all of one run are one card. Where a card cannot be
changed, what would be one message more waits for the next round. In the first days after exceptions were switched on
there is none.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import time, timedelta

from handlers.govern.exception_people import people_of
from handlers.govern.exceptions import pending_changes, touching_changes
from handlers.notify.card_updates import send_again, updates_in_place
from handlers.notify.facts.exception_cards import rooms_of, subject_of
from handlers.notify.facts.exception_lines import leading, worst_first
from handlers.notify.facts.exception_rooms import ExceptionRooms
from handlers.notify.new_cards import add_card, homes_of
from handlers.turn import Turn
from planning.change.approvers import manager_of
from planning.exceptions.episode import Episode, by_place
from planning.exceptions.finding import Code, Severity
from planning.people.organisation import Person, Role
from planning.plan.hours import end_of
from storage.delivery.cards import Purpose

DAYTIME = time(8), time(20)
"""Local times between which what is not critical is told."""
LADDER = (timedelta(hours=8), timedelta(hours=16))
"""Working hours without anybody acting, after which the manager is told, and then the coordinators."""
FOR_ITS_OWN = 1
"""Cards of a conversation's day that what climbs to it leaves for what is its own."""


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that stand on one card: of one root, with what it brings about."""

    rows: tuple[Episode, ...]
    news: tuple[Episode, ...]
    """Those of them that are to be told."""
    owner: Person | None
    home: str

    @property
    def severity(self) -> Severity:
        """Of what is news: what was told before is no reason to hurry."""
        return max(row.severity for row in self.news)

    @property
    def is_critical(self) -> bool:
        return self.severity is Severity.CRITICAL

    @property
    def leads(self) -> Episode:
        return leading(self.rows)

    @property
    def is_seen(self) -> bool:
        """Check whether a reader of its card sees the news: what is folded shows in how bad the card is, and as a
        promise that breaks."""
        told = max((row.told for row in self.rows if row.told is not None), default=None)
        own, codes = self.leads.key.item, (Code.FORECAST_LATE,)
        is_worse = told is None or any(one.worst > told for one in self.news)
        return is_worse or any(one.key.item == own or one.key.code in codes for one in self.news)

    @property
    def is_told_by_readiness(self) -> bool:
        """What an order lacks is told by the readiness of orders, to the same people."""
        return all(row.key.code is Code.SHORT for row in self.rows)


def is_trial(turn: Turn) -> bool:
    """Check whether exceptions are told by the digests only: a plan that was never looked at has hundreds."""
    since, days = turn.uow.exceptions.since(), turn.environment.exceptions.trial_days
    return since is not None and turn.now < since + timedelta(days=days)


def go_round(turn: Turn) -> None:
    """It is a time at which warnings are told; what nobody acts on goes up before, or the news would leave it no
    room."""
    climb_exceptions(turn)
    tell_exceptions(turn, is_round=True)


def tell_exceptions(turn: Turn, *, is_round: bool = False) -> None:
    """Tell what is news and may be told by now. In the first days only count what would have had a card."""
    in_trial = is_trial(turn)
    least = Severity.WARN if in_trial or is_round else Severity.HIGH
    news = [group for together in by_place(turn.uow.exceptions.with_news(least)).values()
            if (group := _group(turn, together)).news]  # fmt: skip
    if in_trial:
        turn.uow.exceptions.keep(row for group in news for row in _as_told(turn, group, 0))
        turn.uow.exceptions.count_cards(len(news))
        return
    telling, by_card, by_home = _Telling(turn, is_round), dict[int, list[Group]](), dict[str, list[Group]]()
    for group in sorted(news, key=lambda one: worst_first(one.leads)):
        if not _may_be_told(turn, group, is_round):
            continue
        if group.is_told_by_readiness:
            _keep_told(turn, group, 0)
        elif card := _card_of(turn, group):
            by_card.setdefault(card, []).append(group)
        elif group.home:
            by_home.setdefault(group.home, []).append(group)
    for card, known in by_card.items():
        telling.bring_up_to_date(card, known)
    for home, fresh in by_home.items():
        telling.put_up(home, fresh)


def show_ended(turn: Turn, ended: Iterable[Episode]) -> None:
    """Cards on which something is over, or open again, where they can be changed; elsewhere the digest says it."""
    for card in dict.fromkeys(one.card for one in ended if one.card):
        _change(turn, card)


def climb_exceptions(turn: Turn) -> None:
    """What nobody acts on goes to the manager, then to the coordinators, the worst first; where they read already there
    is no second card."""
    by_card: dict[int, list[Episode]] = {}
    for one in turn.uow.exceptions.open_ones():
        by_card.setdefault(one.card, []).append(one)
    by_card.pop(0, None)
    rooms, pending = ExceptionRooms(turn), pending_changes(turn)
    for card, rows in sorted(by_card.items(), key=lambda each: worst_first(leading(each[1]))):
        one, is_critical = rows[0], any(row.severity is Severity.CRITICAL for row in rows)
        if not _is_due(turn, one) or _is_seen_to(turn, one) or touching_changes(pending, one):
            continue
        new = set(homes_of(turn, [person.id for person in _rung(turn, one)])) - set(rooms_of(turn, card))
        if is_critical or (_is_daytime(turn) and all(rooms.left(home) > FOR_ITS_OWN for home in new)):
            for home in sorted(new):
                add_card(turn, Purpose.EXCEPTION, subject_of(card), home)
                if not is_critical:
                    rooms.take(home)
            turn.uow.exceptions.keep([replace(one, climbed=one.climbed + 1)])


class _Telling:
    """Tells news, as far as there is room for it."""

    def __init__(self, turn: Turn, is_round: bool) -> None:
        self._turn, self._is_round, self._rooms = turn, is_round, ExceptionRooms(turn)

    def bring_up_to_date(self, card: int, groups: Sequence[Group]) -> None:
        """Tell on the card what stands on it already; it waits where that would be one message too many."""
        home, is_critical = groups[0].home, any(group.is_critical for group in groups)
        if is_critical or self._rooms.changes_in_place(home) or self._rooms.left(home) > 0:
            is_seen = any(group.is_seen for group in groups)
            for group in groups:
                _keep_told(self._turn, group, card)
            self._send(card, is_critical, is_seen)

    def put_up(self, home: str, groups: Sequence[Group]) -> None:
        """New cards, the worst first."""
        rooms = self._rooms
        if rooms.counts_calls(home):
            if rooms.left(home) > 0 or any(group.is_critical for group in groups):
                self._new(home, groups)
            else:
                self._add_to_last(home, groups)
            return
        for group in groups:
            if group.is_critical:
                self._new(home, [group])
        others = [group for group in groups if not group.is_critical]
        room = rooms.left(home)
        alone = others if len(others) <= room else others[: max(room - 1, 0)]
        for group in alone:
            self._new(home, [group])
        if rest := others[len(alone) :]:
            (self._new if room > 0 else self._add_to_last)(home, rest)

    def _new(self, home: str, groups: Sequence[Group]) -> None:
        card = leading([one for group in groups for one in group.rows]).number
        for group in groups:
            _keep_told(self._turn, group, card)
        add_card(self._turn, Purpose.EXCEPTION, subject_of(card), home)
        if not groups[0].is_critical:
            self._rooms.take(home)
        self._turn.uow.exceptions.count_cards(1)

    def _add_to_last(self, home: str, groups: Sequence[Group]) -> None:
        last = self._rooms.last(home)
        if last is None:
            self._new(home, groups)
        elif self._is_round or self._rooms.changes_in_place(home):
            for group in groups:
                _keep_told(self._turn, group, int(last.subject.id))
            send_again(self._turn, last)

    def _send(self, card: int, is_critical: bool, is_seen: bool) -> None:
        """Wherever it stands; where that is another message, if it shows something else and there is room for it."""
        for row in self._turn.uow.cards.about(subject_of(card)):
            home = row.conversation
            if updates_in_place(self._turn, row):
                send_again(self._turn, row)
            elif is_seen and (is_critical or self._rooms.left(home) > 0):
                send_again(self._turn, row)
                if not is_critical:
                    self._rooms.take(home)


def _group(turn: Turn, rows: Sequence[Episode]) -> Group:
    """To whom it is told: the nearest of the root's people who read somewhere; never nobody."""
    news = tuple(one for one in rows if not one.is_told and one.worst >= Severity.WARN and not one.is_quiet(turn.now))
    for person in people_of(turn, leading(rows)) if news else ():
        if homes := homes_of(turn, [person.id]):
            return Group(tuple(rows), news, person, homes[0])
    home = turn.environment.coordinators_department()
    return Group(tuple(rows), news, None, home.conversation if home else "")


def _may_be_told(turn: Turn, group: Group, is_round: bool) -> bool:
    day = turn.now.astimezone(turn.environment.zone).date()
    works = turn.calendar.is_working(day)
    if group.is_critical:
        department = group.owner.department if group.owner else ""
        return works or turn.environment.calendar_of(department).is_working(day)
    return works and _is_daytime(turn) and (is_round or group.severity is Severity.HIGH)


def _is_daytime(turn: Turn) -> bool:
    return DAYTIME[0] <= turn.now.astimezone(turn.environment.zone).time() < DAYTIME[1]


def _card_of(turn: Turn, group: Group) -> int:
    """The card that its people have already of the root itself, or had today of what that takes the place of: an item
    that is overdue has one since it was not begun. 0: none. What is folded may have one too, which others read."""
    closed = turn.uow.exceptions.closed_since(end_of(turn.today - timedelta(days=1), turn.environment.zone))
    place = group.leads.place
    had = [one for one in (*group.rows, *reversed(closed)) if one.place == place and one.card and not one.root]
    return next((one.card for one in had if group.home in rooms_of(turn, one.card)), 0)


def _keep_told(turn: Turn, group: Group, card: int) -> None:
    """With the card that it stands on; what is folded stays where its own people have read it. A card that it leaves
    shows what is left there, or that all is over."""
    kept = turn.uow.exceptions.keep(_as_told(turn, group, card))
    moved = zip(group.rows, kept, strict=True)
    for left in dict.fromkeys(was.card for was, now in moved if was.card and was.card != now.card):
        _change(turn, left)


def _as_told(turn: Turn, group: Group, card: int) -> list[Episode]:
    owner = group.owner.id if group.owner else ""
    return [
        replace(one, told=one.worst, told_at=one.told_at or turn.now, owner=owner or one.owner,
                card=one.card if one.root and one.card else card or one.card)
        for one in group.rows
    ]  # fmt: skip


def _change(turn: Turn, card: int) -> None:
    for row in turn.uow.cards.about(subject_of(card)):
        if updates_in_place(turn, row):
            send_again(turn, row)


def _is_due(turn: Turn, one: Episode) -> bool:
    """Check whether its next rung is."""
    if one.told_at is None or one.climbed == len(LADDER):
        return False
    return turn.hours.between(one.told_at, turn.now) >= LADDER[one.climbed]


def _is_seen_to(turn: Turn, one: Episode) -> bool:
    return one.is_taken(turn.now) or one.is_quiet(turn.now)


def _rung(turn: Turn, one: Episode) -> list[Person]:
    items = turn.uow.plans.load().items
    if one.climbed:
        return list(turn.organisation.with_role(Role.COORDINATOR))
    item = items.get(one.key.item)
    manager = manager_of(item.department if item else one.key.second, turn.organisation)
    return [manager] if manager else []
