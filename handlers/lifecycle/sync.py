"""The one door for the sync card: it is sent, renewed, signed, escalated and closed here, and all that follows."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from handlers.govern.rhythm.sync_facts import facts_of
from handlers.govern.rhythm.sync_people import called_for, seats_in_words, seats_today
from handlers.notify.audit import record
from handlers.notify.best_before import today_only
from handlers.notify.people.settings_cards import rooms_of
from handlers.notify.rhythm.sync_cards import show_sync
from handlers.timers import SYNC, SYNC_DEADLINE
from handlers.turn import Turn
from planning.plan.calendar import ONE_DAY
from planning.plan.hours import next_at
from planning.rhythm.sync import Seat, SyncCard, at_time, new_card, renewed, signed
from planning.trail.audit import Kind
from storage.timers import Timer

CARD = "card"
MOMENT = timedelta(microseconds=1)


def set_sync(turn: Turn) -> None:
    """Have the next one sent on the plan's working days, where the settings have a sync card."""
    terms = turn.environment.sync
    if terms is None:
        turn.uow.timers.keep_only(SYNC, set())
        return
    kept = turn.uow.timers.get(SYNC, CARD)
    if kept is None or _next(turn, kept.due_at - MOMENT) != kept.due_at:
        turn.uow.timers.start(Timer(SYNC, CARD, _next(turn, turn.now)))


def send(turn: Turn, timer: Timer) -> None:
    """Today's card, once; one that was missed is sent until its day ends, those of other days are not made up for."""
    terms = turn.environment.sync
    if terms is None:
        return
    due = timer.due_at.astimezone(turn.environment.zone).date()
    if turn.uow.plans.exists() and (due == turn.today or _is_due_today(turn)):
        _send(turn)
    turn.uow.timers.start(Timer(SYNC, CARD, _next(turn, turn.now)))


def deadline(turn: Turn, timer: Timer) -> None:
    """Its deadline, and later its end; whichever is due by now."""
    card = turn.uow.sync_cards.of(date.fromisoformat(timer.subject))
    if card is None or card.closed_at:
        return
    if turn.now < card.closes_at:
        if card.missing and card.escalated_at is None:
            _escalate(turn, card)
        turn.uow.timers.start(Timer(SYNC_DEADLINE, timer.subject, card.closes_at))
        return
    closed = replace(card, closed_at=turn.now)
    turn.uow.sync_cards.keep(card, closed)
    if closed.missing:
        record(turn, Kind.SYNC_MISSED, "", card.day.isoformat(), {"seats": seats_in_words(turn, closed.missing)})
        show_sync(turn, closed)


def sign(turn: Turn, card: SyncCard, seat: Seat, person: str, *, heard: str = "", pressed: str = "") -> SyncCard:
    """Keep a signature of the card's content. Raises as `planning.rhythm.sync.signed` does."""
    after = signed(card, seat, person, turn.now)
    if after is card:
        return card
    turn.uow.sync_cards.keep(card, after)
    new = after.signatures[-1]
    facts = {"seat": seat.name, "sha256": new.sha256, "version": new.version, "acting_for": new.acting_for}
    record(turn, Kind.SYNC_SIGNED, person, card.day.isoformat(), facts)
    show_sync(turn, after, heard=heard, pressed=pressed, only_in_place=bool(after.missing))
    return after


def up_to_date(turn: Turn, card: SyncCard, *, pressed: str = "") -> SyncCard:
    """The card with the facts of now, as a new version to be signed anew; after its deadline they stay as they are."""
    if card.day != turn.today or card.closed_at or turn.now >= card.deadline:
        return card
    after = renewed(card, facts_of(turn, card.since), turn.now)
    if after is not card:
        turn.uow.sync_cards.keep(card, after)
        record(turn, Kind.SYNC_SENT, "", card.day.isoformat(), {"version": after.version, "sha256": after.sha256})
        show_sync(turn, after, pressed=pressed, only_in_place=True)
    return after


def facts_moved(turn: Turn) -> None:
    """The plan is another, or goods have come: once, at the end of the unit of work, today's card says so."""
    if turn.environment.sync is not None:
        turn.uow.at_end("sync card", lambda: _moved(turn))


def _moved(turn: Turn) -> None:
    card = turn.uow.sync_cards.of(turn.today)
    if card is None or card.closed_at:
        return
    if up_to_date(turn, card) is card and turn.now >= card.deadline:
        show_sync(turn, card, only_in_place=True)


def _send(turn: Turn) -> None:
    terms = turn.environment.sync
    if terms is None or turn.uow.sync_cards.of(turn.today) is not None:
        return
    last = turn.uow.sync_cards.last()
    since = last.sent_at if last else _a_day_before(turn, terms.time)
    seats, zone = seats_today(turn, terms), turn.environment.zone
    card = new_card(turn.today, terms, seats, facts_of(turn, since), since, turn.now, zone)
    if card is None or not turn.uow.sync_cards.add(card):
        return
    record(turn, Kind.SYNC_SENT, "", card.day.isoformat(), {"version": card.version, "sha256": card.sha256})
    show_sync(turn, card, [terms.conversation])
    turn.uow.timers.start(Timer(SYNC_DEADLINE, card.day.isoformat(), card.deadline))


def _escalate(turn: Turn, card: SyncCard) -> None:
    """Whoever is missing, their manager and the coordinators are told once: where the card stands by a line, elsewhere
    by the card."""
    after = replace(card, escalated_at=turn.now)
    turn.uow.sync_cards.keep(card, after)
    names = seats_in_words(turn, after.missing)
    record(turn, Kind.SYNC_ESCALATED, "", card.day.isoformat(), {"seats": names})
    homes = rooms_of(turn, called_for(turn, after.missing))
    standing = {row.conversation for row in turn.uow.cards.about(card.subject)}
    for home in sorted(standing):
        turn.uow.outbox.say(home, turn.words("sync.waits", seats=names), turn.now, best_before=today_only(turn))
    show_sync(turn, after, homes, only_in_place=True)


def _next(turn: Turn, after: datetime) -> datetime:
    terms = turn.environment.sync
    assert terms is not None, "asked only where the settings have one"
    return next_at(after, time.fromisoformat(terms.time), turn.calendar, turn.environment.zone)


def _is_due_today(turn: Turn) -> bool:
    """Whether today's time has come, whichever day's was missed."""
    terms = turn.environment.sync
    if terms is None or not turn.calendar.is_working(turn.today):
        return False
    return at_time(turn.today, terms.time, turn.environment.zone) <= turn.now


def _a_day_before(turn: Turn, at: str) -> datetime:
    return at_time(turn.calendar.on_or_before(turn.today - ONE_DAY), at, turn.environment.zone)
