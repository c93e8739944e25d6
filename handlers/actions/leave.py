"""代理: somebody is away and names who decides for them; what waits for them is shown to that person."""

from datetime import UTC, date, datetime
from itertools import islice

from handlers.find_person import find_person
from handlers.language import Delegate
from handlers.lifecycle.stand_ins import look_after_all
from handlers.notify.audit import record
from handlers.notify.new_cards import homes_of
from handlers.reads.list_leaves import in_a_line
from handlers.timers import LEAVE
from handlers.turn import Ask, Turn
from planning.change.approvers import awaited
from planning.people.delegation import Delegation, Deputies
from planning.people.organisation import Person
from planning.plan.calendar import ONE_DAY
from planning.refusal import Refused
from planning.trail.audit import Kind
from storage.timers import Timer


def delegate(turn: Turn, ask: Ask, command: Delegate) -> str:
    """Arrange a leave, or take it back."""
    if command.first is None or command.last is None:
        return _cancel(turn, ask.person, command.deputy)
    return _arrange(turn, ask, command.deputy, command.first, command.last)


def begin_or_end(turn: Turn, timer: Timer) -> None:
    """A leave begins, or is over: show what waits to who acts from now on, and wait for the person's next day."""
    look_after_all(turn)
    _set_timer(turn, timer.subject)


def _arrange(turn: Turn, ask: Ask, word: str, first: date, last: date) -> str:
    person = ask.person
    if last < turn.today:
        raise Refused("leave-over", last=last)
    deputy = find_person(turn, word) if word else turn.organisation.people.get(person.deputy)
    if deputy is None:
        raise Refused("deputy-missing", first=first, last=last)
    if deputy.id == person.id:
        raise Refused("deputy-yourself")
    arranged = Delegation(person.id, deputy.id, first, last)
    replaced = turn.uow.delegations.add(arranged, turn.now)
    facts = {"deputy": deputy.name, "first": first, "last": last}
    record(turn, Kind.DELEGATED, person.id, person.name, facts)
    _set_timer(turn, person.id)
    _tell_deputy(turn, ask, deputy, turn.words("leave.told", name=person.name, **facts))
    told = [turn.words("leave.set", name=person.name, **facts)]
    if replaced:
        told.append(turn.words("leave.replaced", was=in_a_line(turn, replaced)))
        told += _no_longer(turn, replaced, arranged)
    return "\n".join([*told, *_in_a_circle(turn, arranged), *_handed_over(turn, person)])


def _no_longer(turn: Turn, replaced: list[Delegation], arranged: Delegation) -> list[str]:
    """The days of what was replaced on which nobody acts any more, and how to have them back."""
    left = [rest for old in replaced for rest in old.beyond(arranged) if rest.last >= turn.today]
    return [
        turn.words(
            "leave.no-longer", first=max(rest.first, turn.today), last=rest.last,
            deputy=turn.organisation.name_of(rest.deputy),
        )
        for rest in left
    ]  # fmt: skip


def _in_a_circle(turn: Turn, arranged: Delegation) -> list[str]:
    """A warning of the first day on which the deputies end in nobody who is there."""
    known = turn.uow.delegations.current(turn.today)
    days = {max(d.first, arranged.first) for d in known if d.overlaps(arranged)}
    alone = (day for day in sorted(days) if not _acting(turn, known, day, arranged.person))
    deputy = turn.organisation.name_of(arranged.deputy)
    return [turn.words("leave.circle", day=day, deputy=deputy) for day in islice(alone, 1)]


def _acting(turn: Turn, known: list[Delegation], day: date, person: str) -> str:
    return Deputies.on(day, known, turn.organisation).acting(person)


def _tell_deputy(turn: Turn, ask: Ask, deputy: Person, text: str) -> None:
    """Send the text where the deputy reads, except where the answer is read: they have heard of it there."""
    for room in homes_of(turn, [deputy.id]):
        if room != ask.conversation:
            turn.uow.outbox.say(room, text, turn.now)


def _handed_over(turn: Turn, person: Person) -> list[str]:
    """Sentences about work that has come into other hands: requests that waited for the person and that their deputy
    may now decide, and steps with too few approvers left, for which others were asked."""
    called = look_after_all(turn)
    deputies = turn.deputies()
    acting = deputies.acting(person.id)
    told = []
    if acting not in (person.id, "") and (waiting := _waiting_for(turn, person, deputies)):
        facts = {"changes": turn.words.list(waiting), "deputy": turn.organisation.name_of(acting)}
        told.append(turn.words("leave.waiting", **facts))
    return [*told, *called]


def _waiting_for(turn: Turn, person: Person, deputies: Deputies) -> list[str]:
    """The requests for which somebody may give this person's word."""
    deciding = [change for change in turn.uow.changes.open_ones() if change.state.is_deciding]
    who = turn.organisation, deputies
    return [c.no for c in deciding if any(person.id in awaited(step, c.proposers, *who) for step in c.waiting)]


def _cancel(turn: Turn, person: Person, word: str) -> str:
    deputy = find_person(turn, word) if word else person
    only = "" if deputy.id == person.id else deputy.id
    ended = turn.uow.delegations.cancel(person.id, turn.today, turn.now, only)
    if not ended:
        raise Refused("no-leave-with", deputy=deputy.name) if only else Refused("no-leave")
    _set_timer(turn, person.id)
    record(turn, Kind.DELEGATION_ENDED, person.id, person.name, {"was": in_a_line(turn, ended)})
    return "\n".join([turn.words("leave.ended", was=in_a_line(turn, ended)), *look_after_all(turn)])


def _set_timer(turn: Turn, person: str) -> None:
    """Ring at the opening of the next day on which a leave begins, or is over."""
    leaves = turn.uow.delegations.of_person(person, turn.today)
    days = [day for leave in leaves for day in (leave.first, _day_after(leave)) if day and day > turn.today]
    if not days:
        turn.uow.timers.stop(LEAVE, person)
        return
    opening = datetime.combine(min(days), turn.environment.escalation.hours.start, turn.environment.zone)
    turn.uow.timers.start(Timer(LEAVE, person, opening.astimezone(UTC)))


def _day_after(leave: Delegation) -> date | None:
    """None: there is no further day in the calendar."""
    return leave.last + ONE_DAY if leave.last < leave.last.max - ONE_DAY else None
