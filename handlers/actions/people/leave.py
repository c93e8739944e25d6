"""代理: somebody is away and names who decides for them; that one accepts, and is shown what waits."""

from datetime import UTC, date, datetime

from handlers.find_person import find_person
from handlers.language import Delegate
from handlers.lifecycle.stand_ins import look_after_all
from handlers.notify.audit import record
from handlers.notify.new_cards import homes_of
from handlers.notify.people.delegation_cards import show_delegation, waiting_for
from handlers.reads.people.list_leaves import in_a_line
from handlers.timers import LEAVE
from handlers.turn import Ask, Turn
from planning.change.acting import roles_of
from planning.people.delegation import Delegation
from planning.people.organisation import Person, Role
from planning.plan.calendar import ONE_DAY
from planning.refusal import Refused
from planning.trail.audit import Kind
from storage.timers import Timer


def delegate(turn: Turn, ask: Ask, command: Delegate) -> str:
    """Arrange a leave, or take it back."""
    if command.first is None or command.last is None:
        return _cancel(turn, ask, command.deputy)
    return _arrange(turn, ask, command.deputy, command.first, command.last)


def begin_or_end(turn: Turn, timer: Timer) -> None:
    """A leave begins, or is over: show what waits to who acts from now on, and wait for the person's next day."""
    look_after_all(turn)
    set_timer(turn, timer.subject)


def take_back(turn: Turn, ended: list[Delegation], person: Person, *, heard: str, pressed: str = "") -> list[str]:
    """The person decides again themselves; sentences about steps others were called in for. `heard`, `pressed`: as for
    `show_delegation`."""
    set_timer(turn, person.id)
    record(turn, Kind.DELEGATION_ENDED, person.id, person.name, {"was": in_a_line(turn, ended)})
    for one in ended:
        show_delegation(turn, one, heard=heard, pressed=pressed)
    return look_after_all(turn)


def set_timer(turn: Turn, person: str) -> None:
    """Ring at the opening of the next day on which a leave begins, or is over."""
    leaves = turn.uow.delegations.of_person(person, turn.today)
    days = [day for leave in leaves for day in (leave.first, _day_after(leave)) if day and day > turn.today]
    if not days:
        turn.uow.timers.stop(LEAVE, person)
        return
    opening = datetime.combine(min(days), turn.environment.escalation.hours.start, turn.environment.zone)
    turn.uow.timers.start(Timer(LEAVE, person, opening.astimezone(UTC)))


def _arrange(turn: Turn, ask: Ask, word: str, first: date, last: date) -> str:
    """The deputy of the settings acts at once; anybody else is asked first."""
    person = ask.person
    if last < turn.today:
        raise Refused("leave-over", last=last)
    deputy = find_person(turn, ask, word) if word else turn.organisation.people.get(person.deputy)
    if deputy is None:
        raise Refused("deputy-missing", first=first, last=last)
    if deputy.id == person.id:
        raise Refused("deputy-yourself")
    at_once = turn.now if deputy.id == person.deputy else None
    wanted = Delegation(person.id, deputy.id, first, last, at_once)
    arranged, replaced = turn.uow.delegations.add(wanted, turn.now)
    facts = {"deputy": deputy.name, "first": first, "last": last}
    record(turn, Kind.DELEGATED, person.id, person.name, facts)
    set_timer(turn, person.id)
    told = [turn.words("leave.set" if at_once else "leave.asked", name=person.name, **facts)]
    if at_once:
        _tell_deputy(turn, ask, deputy, turn.words("leave.told", name=person.name, **facts))
    else:
        show_delegation(turn, arranged, deputy.id)
    told += _replaced(turn, ask, replaced, arranged)
    told += [*_in_a_circle(turn, arranged), *_without_role(turn, person, deputy)]
    return "\n".join([*told, *_handed_over(turn, person)])


def _tell_deputy(turn: Turn, ask: Ask, deputy: Person, text: str) -> None:
    """Send the text where the deputy reads, except where the answer is read: they have heard of it there."""
    for room in homes_of(turn, [deputy.id]):
        if room != ask.conversation:
            turn.uow.outbox.say(room, text, turn.now)


def _replaced(turn: Turn, ask: Ask, replaced: list[Delegation], arranged: Delegation) -> list[str]:
    if not replaced:
        return []
    for old in replaced:
        show_delegation(turn, old, heard=ask.conversation)
    return [turn.words("leave.replaced", was=in_a_line(turn, replaced)), *_no_longer(turn, replaced, arranged)]


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
    """A warning of the days on which the deputy is away, too."""
    known = [one for one in turn.uow.delegations.current(turn.today) if one.person == arranged.deputy]
    both = {(max(one.first, arranged.first), min(one.last, arranged.last)) for one in known if one.overlaps(arranged)}
    days = [f"{first}" if first == last else f"{first}~{last}" for first, last in sorted(both)]
    deputy = turn.organisation.name_of(arranged.deputy)
    return [turn.words("leave.circle", day=turn.words.list(days), deputy=deputy)] if days else []


def _without_role(turn: Turn, person: Person, deputy: Person) -> list[str]:
    """A warning that who approves names somebody who may not."""
    able = deputy.id == person.deputy or deputy.roles & roles_of(person.department)
    approves = person.has(Role.APPROVER) or person.has(Role.COORDINATOR)
    return [turn.words("leave.no-role", deputy=deputy.name)] if approves and not able else []


def _handed_over(turn: Turn, person: Person) -> list[str]:
    """Sentences about work that has come into other hands: requests that waited for the person and that their deputy
    may now decide, and steps with too few approvers left, for which others were asked."""
    called = look_after_all(turn)
    deputies = turn.deputies()
    acting = deputies.acting(person.id)
    told = []
    if acting not in (person.id, "") and (waiting := waiting_for(turn, person.id, deputies)):
        facts = {"changes": turn.words.list(waiting), "deputy": turn.organisation.name_of(acting)}
        told.append(turn.words("leave.waiting", **facts))
    return [*told, *called]


def _cancel(turn: Turn, ask: Ask, word: str) -> str:
    person = ask.person
    deputy = find_person(turn, ask, word) if word else person
    only = "" if deputy.id == person.id else deputy.id
    ended = turn.uow.delegations.cancel(person.id, turn.today, turn.now, only)
    if not ended:
        raise Refused("no-leave-with", deputy=deputy.name) if only else Refused("no-leave")
    told = [turn.words("leave.ended", was=in_a_line(turn, ended))]
    return "\n".join([*told, *take_back(turn, ended, person, heard=ask.conversation)])


def _day_after(leave: Delegation) -> date | None:
    """None: there is no further day in the calendar."""
    return leave.last + ONE_DAY if leave.last < leave.last.max - ONE_DAY else None
