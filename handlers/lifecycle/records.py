"""The one door for a record: it is kept here, and all that follows is done."""

from dataclasses import replace
from datetime import datetime

from handlers.govern.rhythm.record_people import hours_of
from handlers.notify.audit import record as put_down
from handlers.notify.best_before import today_only
from handlers.notify.rhythm.record_cards import RecordLines, askeds_rooms, recorders_rooms, show_record
from handlers.timers import RECORD
from handlers.turn import Turn
from planning.plan.hours import out_of
from planning.rhythm.record import Record
from planning.rhythm.record_acts import Act, acted, next_act
from planning.trail.audit import Kind
from storage.timers import Timer

_ANSWERS = (Act.CONFIRM, Act.DISPUTE)


def begin(turn: Turn, record: Record) -> Record:
    """Keep a new one under its number, and put it before both."""
    kept = replace(record, no=turn.uow.records.next_no(turn.today))
    turn.uow.records.add(kept)
    facts = {"text": kept.text, "to": kept.other, "party": kept.party, "replaces": kept.replaces}
    put_down(turn, Kind.RECORD_MADE, kept.by, kept.no, {name: fact for name, fact in facts.items() if fact})
    show_record(turn, kept, [*recorders_rooms(turn, kept), *askeds_rooms(turn, kept)])
    _set_timer(turn, kept)
    return kept


def save(turn: Turn, before: Record, after: Record, act: Act, *, by: str = "", pressed: str = "") -> Record:
    """Keep what an act has made of it. `by`: whose act it is; empty: the clock's. `pressed`: as for
    `handlers.notify.standing_cards.show`."""
    if after == before:
        return before
    turn.uow.records.keep(after)
    facts = {"text": after.answer, "issue": after.issue} if act is Act.DISPUTE else {"state": after.state.value}
    put_down(turn, Kind(f"record.{act}"), by, after.no, facts)
    show_record(turn, after, [], pressed=pressed, only_in_place=act not in _ANSWERS)
    if after.state.is_agreed and (earlier := turn.uow.records.get(after.replaces)):
        show_record(turn, earlier, [], only_in_place=True)
    _set_timer(turn, after)
    return after


def due(turn: Turn, timer: Timer) -> None:
    """Whoever is asked is reminded once, and then it is one-sided. In quiet hours nobody is reminded."""
    record = turn.uow.records.get(timer.subject)
    if record is None:
        return
    wanted = next_act(record, hours_of(turn, record))
    if wanted is None or wanted[1] > turn.now or _loud_from(turn) > turn.now:
        _set_timer(turn, record)
        return
    act, _ = wanted
    after = save(turn, record, acted(record, act, turn.now), act)
    if act is Act.REMIND:
        _remind(turn, after)


def _remind(turn: Turn, record: Record) -> None:
    """A line where its card stands."""
    text = RecordLines(turn, record).waits
    for home in askeds_rooms(turn, record):
        turn.uow.outbox.say(home, text, turn.now, best_before=today_only(turn))


def _set_timer(turn: Turn, record: Record) -> None:
    wanted = next_act(record, hours_of(turn, record))
    if wanted is None:
        turn.uow.timers.stop(RECORD, record.no)
        return
    environment = turn.environment
    loud = out_of(environment.escalation.quiet, max(wanted[1], turn.now), environment.zone)
    turn.uow.timers.start(Timer(RECORD, record.no, max(wanted[1], loud)))


def _loud_from(turn: Turn) -> datetime:
    return out_of(turn.environment.escalation.quiet, turn.now, turn.environment.zone)
