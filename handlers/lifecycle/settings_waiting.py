"""Changes of the settings that wait for somebody's word: asked for with an end, reminded of once, lapsed (I13)."""

from collections.abc import Iterable
from dataclasses import replace

from cards.markdown import plain
from cards.words.dates import moment
from handlers.notify.answers import answer_in
from handlers.notify.audit import record
from handlers.notify.best_before import today_only
from handlers.notify.people.settings_cards import asking_rooms, put_up, rooms_of, show_settled
from handlers.timers import SETTING
from handlers.turn import Turn
from planning.control.settings_request import SettingsRequest, Standing
from planning.control.waiting_span import WaitingSpan
from planning.trail.audit import Kind
from storage.timers import Timer


def ask_for_word(turn: Turn, request: SettingsRequest, rooms: Iterable[str], asked: str = "") -> SettingsRequest:
    """Keep it and put its cards up; its deadline is as many working days away as that of a change."""
    span = WaitingSpan.of(turn.now, turn.environment.expires_working_days, turn.hours)
    due = replace(request, expires_at=span.expires_at)
    if due.number:
        turn.uow.settings_requests.keep(due)
    else:
        due = turn.uow.settings_requests.add(due)
    turn.uow.timers.start(Timer(SETTING, due.subject.id, span.reminded_at))
    put_up(turn, due, rooms, asked)
    return due


def give_ends(turn: Turn) -> None:
    """Give those an end that an older program asked for without one. Called at start."""
    for request in turn.uow.settings_requests.open_ones():
        if request.expires_at is None:
            span = WaitingSpan.of(turn.now, turn.environment.expires_working_days, turn.hours)
            turn.uow.settings_requests.keep(replace(request, expires_at=span.expires_at))
            turn.uow.timers.start(Timer(SETTING, request.subject.id, span.reminded_at))


def due(turn: Turn, timer: Timer) -> None:
    request = turn.uow.settings_requests.get(int(timer.subject))
    if request is None or request.standing is not Standing.OPEN or request.expires_at is None:
        return
    if turn.now >= request.expires_at:
        _lapse(turn, request)
    else:
        _remind(turn, request)
        turn.uow.timers.start(Timer(SETTING, timer.subject, request.expires_at))


def _remind(turn: Turn, request: SettingsRequest) -> None:
    """Say where it was asked that it waits still."""
    facts = {"change": request.facts["change"], "asker": turn.organisation.name_of(request.asked_by)}
    told = {name: str(plain(value)) for name, value in facts.items()}
    ends = request.expires_at or turn.now
    until, over = moment(ends, turn.environment.zone, turn.today), min(today_only(turn), ends)
    for room in asking_rooms(turn, request):
        turn.uow.outbox.say(
            room, turn.words(f"setting.reminds.{request.wish}", until=until, **told), turn.now, best_before=over
        )


def _lapse(turn: Turn, request: SettingsRequest) -> None:
    """Its cards say so; who asked is told, unless they read one of them."""
    told = {"change": request.facts["change"], "wish": request.wish.value}
    record(turn, Kind.SETTINGS_LAPSED, "", request.subject.id, told)
    ended = request.settled(Standing.EXPIRED, "", turn.now)
    read_by_all = asking_rooms(turn, request)
    show_settled(turn, ended)
    for room in _rooms_of_asker(turn, request):
        if room not in read_by_all:
            answer_in(turn, room, str(plain(turn.words("setting.lapsed", change=request.facts["change"]))))


def _rooms_of_asker(turn: Turn, request: SettingsRequest) -> list[str]:
    """Where they asked; of what was asked for on a page, where they read."""
    return [request.conversation] if request.conversation else rooms_of(turn, [request.asked_by])
