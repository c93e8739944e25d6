"""预告: somebody says which change they mean to propose, to those whom it would touch, and when is kept."""

from collections.abc import Iterable
from dataclasses import replace

from cards.markdown import plain
from handlers.actions.change.propose import drafted
from handlers.govern.authorize import handed_on
from handlers.govern.readers import price_warning
from handlers.language import operations_of
from handlers.language.commands.announcing import Announce, CallOff
from handlers.notify.audit import record
from handlers.notify.best_before import today_only
from handlers.reply import Reply
from handlers.turn import Ask, Turn
from planning.people.organisation import Role
from planning.plan.impact import Impact
from planning.refusal import Refused
from planning.rhythm.announcement import Announcement
from planning.trail.audit import Kind

NAMED = 3
"""Items that are named to a department."""


def announce(turn: Turn, ask: Ask, command: Announce) -> Reply:
    """Nothing is proposed: that is one tap away.

    Raises what proposing it would raise, and "announced-already".
    """
    plan, inner = turn.plan(), command.inner
    operations = operations_of(inner, plan)
    try:
        wanted = drafted(turn, plan, operations, ask.person.id, inner.reason, ask.text, ask.conversation, preview=True)
    except Refused as refused:
        raise handed_on(turn, refused, ask.person, inner) from None
    wish = turn.spell(replace(inner, item=operations[0].item, reason=""))
    mine = (one for one in turn.uow.announcements.open_ones() if (one.by, one.wish) == (ask.person.id, wish))
    if said := next(mine, None):
        raise Refused("announced-already", no=said.no)
    no, touched = turn.uow.announcements.next_no(turn.today), _touched(wanted.impact)
    one = Announcement(no, wish, inner.reason, operations[0].item, ask.person.id, tuple(touched), turn.now)
    turn.uow.announcements.add(one)
    record(turn, Kind.ANNOUNCED, one.by, no, {"command": wish, "departments": ",".join(touched)})
    told = _tell_each(turn, ask, one, touched)
    names = turn.words.list([turn.organisation.department_name(department) for department in told])
    key = "announce.done" if told else "announce.done.alone"
    text = turn.words(key, no=no, wish=wish, departments=names)
    again = turn.spell(replace(inner, item=one.item))
    return Reply(f"{text}{price_warning(turn, one.by, inner.reason, [one.item])}", (again,))


def call_off(turn: Turn, ask: Ask, command: CallOff) -> str:
    """Raises "no-announcement", "announcement-over", "announcement-not-yours"."""
    one = turn.uow.announcements.get(command.announcement)
    if one is None:
        raise Refused("no-announcement", no=command.announcement)
    if one.by != ask.person.id and not ask.person.has(Role.COORDINATOR):
        raise Refused("announcement-not-yours", no=one.no, name=turn.organisation.name_of(one.by))
    if not one.is_open:
        raise Refused("announcement-over", no=one.no)
    turn.uow.announcements.ended(replace(one, called_off_at=turn.now, called_off_by=ask.person.id))
    record(turn, Kind.ANNOUNCEMENT_OFF, ask.person.id, one.no, {"command": one.wish})
    text = turn.words("announce.told-off", no=one.no, wish=str(plain(one.wish)))
    for room in _rooms(turn, ask, one.departments):
        turn.uow.outbox.say(room, text, turn.now, best_before=today_only(turn))
    return turn.words("announce.off", no=one.no)


def _touched(impact: Impact) -> dict[str, list[str]]:
    """Items that it would move, by department."""
    found: dict[str, list[str]] = {}
    for line in impact.lines:
        items = found.setdefault(line.department, [])
        if line.item not in items:
            items.append(line.item)
    return found


def _tell_each(turn: Turn, ask: Ask, one: Announcement, touched: dict[str, list[str]]) -> list[str]:
    """A line to each conversation but that in which it was said; the departments that hear of it."""
    words, by_room = turn.words, _rooms(turn, ask, touched)
    because = words("announce.because", reason=one.reason) if one.reason else ""
    name = turn.organisation.name_of(one.by)
    for room, departments in by_room.items():
        items = [item for department in departments for item in touched[department]]
        shown = words.list(items[:NAMED]) + (words("announce.more", n=len(items)) if len(items) > NAMED else "")
        text = words("announce.told", no=one.no, name=name, wish=one.wish, because=because, items=shown)
        turn.uow.outbox.say(room, str(plain(text)), turn.now, best_before=today_only(turn))
    return [department for departments in by_room.values() for department in departments]


def _rooms(turn: Turn, ask: Ask, departments: Iterable[str]) -> dict[str, list[str]]:
    """Conversations to be told, each with its departments; not the one in which it was said."""
    found: dict[str, list[str]] = {}
    for department in departments:
        room = turn.environment.conversation_of(department)
        if room and room != ask.conversation:
            found.setdefault(room, []).append(department)
    return found
