"""Somebody sees to what is going wrong, puts it off, or has it muted: by a button or by word."""

from collections.abc import Sequence
from datetime import datetime, time

from cards.words.dates import moment
from handlers.govern.exception_people import people_of
from handlers.language import Edge, Move
from handlers.language.commands.exceptions import MuteException
from handlers.notify.audit import record
from handlers.notify.facts.exception_lines import ExceptionLines, worst_first
from handlers.notify.facts.exception_news import show_ended
from handlers.turn import Ask, Turn
from planning.exceptions.cure import cure_of
from planning.exceptions.episode import Episode, State
from planning.exceptions.quieting import (
    SNOOZED_FOR,
    TAKEN_FOR,
    days_of_mute,
    days_of_snooze,
    muted,
    require_open,
    snoozed,
    taken,
)
from planning.people.organisation import Person, Role
from planning.plan.operation import Op
from planning.refusal import Refused
from planning.trail.audit import Kind

MOST = 5
"""Names that are told."""


def take(turn: Turn, rows: Sequence[Episode], person: Person) -> str:
    """What is open of these counts as theirs for a working day."""
    until = _until(turn, TAKEN_FOR)
    for one in _open(rows):
        turn.uow.exceptions.keep([taken(one, person.id, until)])
        _record(turn, Kind.EXCEPTION_TAKEN, person, one, until, "")
    return turn.words("exception.took", until=_moment(turn, until))


def snooze(turn: Turn, rows: Sequence[Episode], person: Person, days: int | None, reason: str) -> str:
    """Put off what is theirs and may be; raises Refused where there is nothing of that, or one of it may not so long:
    then nothing is put off."""
    open_ones = _theirs(turn, _open(rows), person)
    able = [one for one in open_ones if one.severity in SNOOZED_FOR] or open_ones
    put_off = [(one, _until(turn, days_of_snooze(one, days))) for one in able]
    for one, until in put_off:
        turn.uow.exceptions.keep([snoozed(one, until)])
        _record(turn, Kind.EXCEPTION_SNOOZED, person, one, until, reason)
    return turn.words("exception.put-off", until=_moment(turn, min(until for _, until in put_off)))


def mute(turn: Turn, rows: Sequence[Episode], person: Person, days: int | None, reason: str) -> str:
    """A coordinator's: nothing of these is told for some days. Raises Refused("may-not-mute") for anybody else."""
    require_coordinator(person)
    open_ones = _open(rows)
    until = _until(turn, days_of_mute(days))
    for one in open_ones:
        turn.uow.exceptions.keep([muted(one, until)])
        _record(turn, Kind.EXCEPTION_MUTED, person, one, until, reason)
    return turn.words("exception.silenced", until=_moment(turn, until))


def require_coordinator(person: Person) -> None:
    if not person.has(Role.COORDINATOR):
        raise Refused("may-not-mute")


def by_word(turn: Turn, ask: Ask, command: MuteException) -> str:
    """静音: a coordinator mutes it; anybody else of its people puts it off. Raises Refused("no-exception")."""
    one = turn.uow.exceptions.get(command.number)
    if one is None:
        raise Refused("no-exception", n=str(command.number))
    does = mute if ask.person.has(Role.COORDINATOR) else snooze
    answer = does(turn, [one], ask.person, command.days, command.reason)
    show_ended(turn, [one])
    return answer


def cure(turn: Turn, rows: Sequence[Episode]) -> str:
    """The command that would end the worst of what a change can end. Raises Refused: "exception-over", "no-cure"."""
    open_ones = sorted(_open(rows), key=worst_first)
    lines = ExceptionLines(turn)
    for one in open_ones:
        if found := cure_of(one):
            op, to = found
            reason = turn.words("exception.reason", name=lines.name(one), n=one.number)
            edge = Edge.FINISH if op is Op.SET_FINISH else Edge.START
            return turn.spell(Move(one.key.item, to=to, edge=edge, reason=reason))
    worst = open_ones[0]
    raise Refused("no-cure", n=str(worst.number), what=lines.what(worst))


def _open(rows: Sequence[Episode]) -> list[Episode]:
    """Raises Refused("exception-over") where none is left."""
    found = [one for one in rows if one.state is State.OPEN]
    if not found:
        require_open(rows[0])
    return found


def _theirs(turn: Turn, rows: Sequence[Episode], person: Person) -> list[Episode]:
    """Those that this person may put off. Raises Refused("not-your-exception"), with those who may."""
    if person.has(Role.COORDINATOR):
        return list(rows)
    able = [list(people_of(turn, one)) for one in rows]
    theirs = [one for one, people in zip(rows, able, strict=True) if person in people or person.id == one.owner]
    if not theirs:
        names = turn.words.list([who.name for who in able[0][:MOST]])
        raise Refused("not-your-exception", n=str(rows[0].number), names=names)
    return theirs


def _until(turn: Turn, days: int) -> datetime:
    """The same time so many working days later."""
    local = turn.now.astimezone(turn.environment.zone)
    day = turn.calendar.add(local.date(), days)
    return datetime.combine(day, time(local.hour, local.minute), turn.environment.zone)


def _moment(turn: Turn, until: datetime) -> str:
    return moment(until, turn.environment.zone, turn.today)


def _record(turn: Turn, kind: Kind, person: Person, one: Episode, until: datetime, reason: str) -> None:
    facts = {"code": one.key.code.value, "item": one.key.item, "second": one.key.second, "until": until.isoformat()}
    record(turn, kind, person.id, f"EX-{one.number}", facts | ({"reason": reason} if reason else {}))

