"""Cards of exceptions: put up once for each root, brought up to date when it gets worse and when it is over.

People see few of them: a conversation gets three in a day, the last of which takes all that comes after; what is
critical has one of its own. Where calls are counted by the month, all of one run are one card. In the first days after
exceptions were switched on there is none.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from cards.card import Card
from cards.faces import ExceptionView, exception_card
from handlers.govern.exceptions import tellers_of
from handlers.govern.reporters import owner_of
from handlers.notify.card_updates import send_again, updates_in_place
from handlers.notify.exception_lines import ExceptionLines, worst_first
from handlers.notify.new_cards import add_card, homes_of
from handlers.turn import Turn
from planning.change.approvers import manager_of
from planning.exceptions.cure import cure_of
from planning.exceptions.episode import Episode, State
from planning.exceptions.finding import OF_NO_ITEM, Code, Severity
from planning.exceptions.quieting import SNOOZED_FOR
from planning.people.organisation import Person, Role
from planning.plan.hours import end_of
from planning.refusal import Refused
from planning.subject import Subject, SubjectKind
from storage.cards import CardRow, Purpose

A_DAY = 3
"""Cards of a conversation in a day, beside what is critical."""
SHOWN = 5
"""Lines of a card."""
DAYTIME = time(8), time(20)
"""Local times between which what is high is told."""
LADDER = (timedelta(hours=8), timedelta(hours=16))
"""Working hours without anybody acting, after which the manager is told, and then the coordinators."""


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that stand on one card: of one root, with what it brings about."""

    rows: tuple[Episode, ...]
    owner: Person | None
    home: str

    @property
    def severity(self) -> Severity:
        return max(row.severity for row in self.rows)

    @property
    def is_told_by_readiness(self) -> bool:
        """What an order lacks is told by the readiness of orders, to the same people."""
        return all(row.key.code is Code.SHORT for row in self.rows)


def is_trial(turn: Turn) -> bool:
    """Check whether exceptions are told by the digests only: a plan that was never looked at has hundreds."""
    since, days = turn.uow.exceptions.since(), turn.environment.exceptions.trial_days
    return since is not None and turn.now < since + timedelta(days=days)


def tell_exceptions(turn: Turn, *, with_warnings: bool = False) -> None:
    """Tell what is news and may be told by now; `with_warnings`: it is a time for them. In the first days only count
    what would have had a card."""
    rows = turn.uow.exceptions.open_ones()
    by_place: dict[str, list[Episode]] = {}
    for one in rows:
        by_place.setdefault(one.place, []).append(one)
    news = [together for together in by_place.values() if any(_is_news(turn, one) for one in together)]
    if is_trial(turn):
        _keep_told(turn, [one for together in news for one in together], 0, "")
        turn.uow.exceptions.count_cards(len(news))
        return
    groups = [_group(turn, together) for together in news]
    due = [one for one in groups if _may_be_told(turn, one, with_warnings)]
    silent = [one for one in due if one.is_told_by_readiness]
    for group in silent:
        _keep_told(turn, group.rows, 0, group.owner.id if group.owner else "")
    by_home: dict[str, list[Group]] = {}
    for group in due:
        if group not in silent and not _join(turn, group):
            by_home.setdefault(group.home, []).append(group)
    for home, fresh in by_home.items():
        if home:
            _put_up(turn, home, sorted(fresh, key=lambda one: worst_first(_leading(one.rows))))


def show_ended(turn: Turn, ended: Iterable[Episode]) -> None:
    """Cards on which something is over, or open again, where they can be changed; elsewhere the digest says it."""
    for card in dict.fromkeys(one.card for one in ended if one.card):
        for row in turn.uow.cards.about(Subject(SubjectKind.EXCEPTION, str(card))):
            if updates_in_place(turn, row):
                send_again(turn, row)


def climb_exceptions(turn: Turn) -> None:
    """What nobody acts on goes to the manager, then to the coordinators; where they read already there is no second
    card, and none beyond a conversation's three."""
    firsts = {one.card: one for one in reversed(turn.uow.exceptions.open_ones()) if one.card}
    for one in firsts.values():
        if one.told_at is None or one.climbed == len(LADDER) or _is_acted_on(turn, one):
            continue
        if turn.hours.between(one.told_at, turn.now) < LADDER[one.climbed]:
            continue
        homes = homes_of(turn, [person.id for person in _rung(turn, one)])
        subject = Subject(SubjectKind.EXCEPTION, str(one.card))
        known = {row.conversation for row in turn.uow.cards.about(subject)}
        new = [home for home in homes if home not in known]
        if all(_count_today(turn, home) < A_DAY for home in new):
            for home in new:
                add_card(turn, Purpose.EXCEPTION, subject, home)
            turn.uow.exceptions.keep([replace(one, climbed=one.climbed + 1)])


def exceptions_on(turn: Turn, row: CardRow) -> list[Episode]:
    """Episodes on a card. Raises "card-unknown" for a card of another kind: an action can be made up."""
    is_one = row.subject.kind == SubjectKind.EXCEPTION and row.subject.id.isdecimal()
    found = turn.uow.exceptions.on_card(int(row.subject.id)) if is_one else []
    if not found:
        raise Refused("card-unknown")
    return found


def exception_facing(turn: Turn, row: CardRow) -> Card:
    """A card of exceptions as it shows now."""
    rows = exceptions_on(turn, row)
    still = [one for one in rows if one.state is State.OPEN]
    places = {one.place for one in still or rows}
    view = _list(turn, rows, still) if len(places) > 1 else _single(turn, rows, still)
    return exception_card(view, row.card_id)


def _single(turn: Turn, rows: Sequence[Episode], still: Sequence[Episode]) -> ExceptionView:
    lines, words = ExceptionLines(turn), turn.words
    leads = _leading(still or rows)
    title = f"{lines.name(leads)} · {lines.subject(leads)}"
    if not still:
        over = [words("exception.over", name=lines.name(one), subject=lines.subject(one), n=one.number) for one in rows]
        return ExceptionView(title, words("status.exception-over"), over[:SHOWN], words)
    others = [f"{lines.name(one)}：{lines.what(one)}" for one in sorted(still, key=worst_first)
              if one is not leads and one.key.item == leads.key.item]  # fmt: skip
    also = words("exception.and", more=words.clauses(others)) if others else ""
    broken = lines.breaks(still, leads)
    first = words("exception.first", mark=lines.mark(leads), what=lines.what(leads))
    told = [first, also or broken, lines.cause(leads), lines.stands(leads), lines.keep(leads) or broken]
    view = _view(turn, title, list(dict.fromkeys(filter(None, told)))[:SHOWN], still, leads)
    return replace(view, facts=tuple(lines.facts(leads, broken)))


def _list(turn: Turn, rows: Sequence[Episode], still: Sequence[Episode]) -> ExceptionView:
    lines, words = ExceptionLines(turn), turn.words
    if not still:
        return ExceptionView(words("exception.several.over"), words("status.exception-over"),
                             [words("exception.several.over")], words)  # fmt: skip
    told = list(lines.rows(still))
    title = words("exception.several", n=len(told))
    shown = told if len(told) <= SHOWN else [*told[: SHOWN - 1], words("exception.all")]
    return _view(turn, title, shown, still, _leading(still))


def _view(turn: Turn, title: str, told: Sequence[str], still: Sequence[Episode], leads: Episode) -> ExceptionView:
    words, worst = turn.words, max(one.severity for one in still)
    status = words(f"status.exception-{worst.name.lower()}")
    if all(one.is_quiet(turn.now) for one in still):
        status = words("status.exception-quiet")
    elif leads.is_taken(turn.now):
        status = words("status.exception-taken", name=turn.organisation.name_of(leads.taken_by))
    return ExceptionView(
        title, status, told, words, severity=worst.name.lower(), can_cure=any(cure_of(one) for one in still),
        can_wait=any(one.severity in SNOOZED_FOR for one in still),
    )  # fmt: skip


def _is_news(turn: Turn, one: Episode) -> bool:
    return not one.is_told and one.worst >= Severity.WARN and not one.is_quiet(turn.now)


def _may_be_told(turn: Turn, group: Group, with_warnings: bool) -> bool:
    local = turn.now.astimezone(turn.environment.zone)
    works = turn.calendar.is_working(local.date())
    if group.severity is Severity.CRITICAL:
        department = group.owner.department if group.owner else ""
        return works or turn.environment.calendar_of(department).is_working(local.date())
    if group.severity is Severity.HIGH:
        return works and DAYTIME[0] <= local.time() < DAYTIME[1]
    return works and with_warnings


def _group(turn: Turn, rows: Sequence[Episode]) -> Group:
    """To whom it is told: the nearest of the root's people who read somewhere; never nobody."""
    leads = _leading(rows)
    for person in people_of(turn, leads):
        if homes := homes_of(turn, [person.id]):
            return Group(tuple(rows), person, homes[0])
    home = turn.environment.coordinators_department()
    return Group(tuple(rows), None, home.conversation if home else "")


def people_of(turn: Turn, one: Episode) -> Iterator[Person]:
    """Who sees to it, the nearest first: of an item its owner's ladder, of a silent seat its manager's, of a source the
    one it belongs to."""
    items = turn.uow.plans.load().items
    if one.key.code is Code.UNACKED:
        yield from tellers_of(turn, "", manager_of(one.key.second, turn.organisation))
    elif one.key.code in OF_NO_ITEM:
        yield from tellers_of(turn, "", turn.organisation.people.get(one.facts.get("owner", "")))
    elif item := items.get(one.place) or items.get(one.key.item):
        yield from tellers_of(turn, item.department, owner_of(turn, item))
    else:
        yield from tellers_of(turn, "", None)


def _leading(rows: Iterable[Episode]) -> Episode:
    """The worst of those that stand on their own card, else of all."""
    ordered = sorted(rows, key=worst_first)
    return next((one for one in ordered if not one.root), ordered[0])


def _join(turn: Turn, group: Group) -> bool:
    """Bring the card up to date that the group has already, or that what it takes the place of had today: an item that
    is overdue has a card since it was not begun."""
    closed = turn.uow.exceptions.closed_since(_midnight(turn))
    place = _leading(group.rows).place
    had = [*group.rows, *(one for one in reversed(closed) if one.place == place)]
    card = next((one.card for one in had if one.card), 0)
    if card:
        _keep_told(turn, group.rows, card, group.owner.id if group.owner else "")
        _send(turn, card)
    return bool(card)


def _put_up(turn: Turn, home: str, groups: Sequence[Group]) -> None:
    if turn.environment.platforms.serving(home).calls_a_month:
        room = A_DAY - _count_today(turn, home)
        if room > 0 or any(one.severity is Severity.CRITICAL for one in groups):
            _new(turn, home, groups)
        else:
            _add_to_last(turn, home, groups)
        return
    for group in (one for one in groups if one.severity is Severity.CRITICAL):
        _new(turn, home, [group])
    others = [one for one in groups if one.severity is not Severity.CRITICAL]
    room = A_DAY - _count_today(turn, home)
    alone = others if len(others) <= room else others[: max(room - 1, 0)]
    for group in alone:
        _new(turn, home, [group])
    if rest := others[len(alone) :]:
        (_new if room > 0 else _add_to_last)(turn, home, rest)


def _new(turn: Turn, home: str, groups: Sequence[Group]) -> None:
    card = _leading([one for group in groups for one in group.rows]).number
    for group in groups:
        _keep_told(turn, group.rows, card, group.owner.id if group.owner else "")
    add_card(turn, Purpose.EXCEPTION, Subject(SubjectKind.EXCEPTION, str(card)), home)
    turn.uow.exceptions.count_cards(1)


def _add_to_last(turn: Turn, home: str, groups: Sequence[Group]) -> None:
    last = _today(turn, home)[-1]
    for group in groups:
        _keep_told(turn, group.rows, int(last.subject.id), group.owner.id if group.owner else "")
    send_again(turn, last)


def _keep_told(turn: Turn, rows: Iterable[Episode], card: int, owner: str) -> None:
    turn.uow.exceptions.keep(
        replace(one, told=one.worst, told_at=one.told_at or turn.now, card=card or one.card, owner=owner or one.owner)
        for one in rows
    )


def _send(turn: Turn, card: int) -> None:
    for row in turn.uow.cards.about(Subject(SubjectKind.EXCEPTION, str(card))):
        send_again(turn, row)


def _today(turn: Turn, home: str) -> list[CardRow]:
    """Its cards of today, without those of what was critical."""
    rows = turn.uow.cards.put_up_since(Purpose.EXCEPTION, home, _midnight(turn))
    return [row for row in rows if not _was_critical(turn, row)]


def _midnight(turn: Turn) -> datetime:
    return end_of(turn.today - timedelta(days=1), turn.environment.zone)


def _was_critical(turn: Turn, row: CardRow) -> bool:
    first = turn.uow.exceptions.get(int(row.subject.id))
    return first is not None and first.worst is Severity.CRITICAL


def _count_today(turn: Turn, home: str) -> int:
    return len(_today(turn, home))


def _rung(turn: Turn, one: Episode) -> list[Person]:
    items = turn.uow.plans.load().items
    if one.climbed:
        return list(turn.organisation.with_role(Role.COORDINATOR))
    item = items.get(one.key.item)
    manager = manager_of(item.department if item else one.key.second, turn.organisation)
    return [manager] if manager else []


def _is_acted_on(turn: Turn, one: Episode) -> bool:
    if one.is_taken(turn.now) or one.is_quiet(turn.now):
        return True
    about = {one.key.item, one.facts.get("cause", one.key.item)}
    pending = (change for change in turn.uow.changes.open_ones() if change.state.is_pending)
    return any(line.item in about for change in pending for line in change.impact.lines)

