"""绑定: a group becomes a department's, once an admin has confirmed it on a card; 绑定 取消 frees it."""

from collections.abc import Mapping

from handlers.actions.people.first_admin import department_of
from handlers.govern.kept_settings import DEPARTMENTS, Made, SettingsDesk
from handlers.language.commands.people import Bind, Unbind
from handlers.lifecycle.settings_waiting import ask_for_word
from handlers.notify.answers import answer_in
from handlers.notify.audit import record
from handlers.notify.people.settings_cards import show_settled
from handlers.turn import Ask, Turn
from planning.control.settings_request import SettingsRequest, Standing, Wish
from planning.people.organisation import Department, Person
from planning.refusal import Refused
from planning.trail.audit import Kind


def bind(turn: Turn, ask: Ask, command: Bind) -> str | None:
    """Ask on a card, which says what becomes of the group the department has now, and who else reads here. Raises
    "settings-in-file", "may-not-set", "bind-in-group", "bind-unknown"."""
    SettingsDesk(turn).require_admin(ask.person)
    if ask.single or not turn.environment.platforms.serving(ask.conversation).groups:
        raise Refused("bind-in-group", department=command.department)
    department = turn.organisation.find_department(command.department)
    if department is None:
        facts = _new(turn, ask, command)
    elif department.conversation == ask.conversation:
        return turn.words("setting.bound-already", department=department.name)
    else:
        facts = {"department": department.id, "change": _in_words(turn, department, ask.conversation)}
    turn.uow.left_groups.come_back([ask.conversation])
    request = SettingsRequest(Wish.BIND, facts, ask.person.id, ask.conversation, turn.now)
    ask_for_word(turn, request, [ask.conversation])
    return None


def confirm(turn: Turn, request: SettingsRequest, person: Person, pressed: str) -> None:
    """Raises "may-not-set", "setting-settled", "settings-mistakes"."""
    request.require_open(turn.now)
    desk, department = SettingsDesk(turn), request.facts["department"]
    desk.require_admin(person)
    if not department:
        department = department_of(desk, request.facts["new"], Made(person.id))
        desk = SettingsDesk(turn)
    before = _set(turn, desk, {department: request.conversation}, person, Kind.SETTINGS_BOUND)
    show_settled(turn, request.settled(Standing.DONE, person.id, turn.now), pressed)
    old = before.get(department, "")
    if old and old != request.conversation:
        names = {"department": turn.organisation.department_name(department), "name": person.name}
        answer_in(turn, old, turn.words("setting.bound-told", **names))


def call_off(turn: Turn, request: SettingsRequest, person: Person, pressed: str) -> None:
    """Raises "may-not-set", "setting-settled"."""
    request.require_open(turn.now)
    SettingsDesk(turn).require_admin(person)
    record(turn, Kind.SETTINGS_REFUSED, person.id, request.conversation, {"department": request.facts["department"]})
    show_settled(turn, request.settled(Standing.REFUSED, person.id, turn.now), pressed)


def unbind(turn: Turn, ask: Ask, command: Unbind) -> str:
    """Raises "settings-in-file", "may-not-set", "bind-nothing"."""
    desk = SettingsDesk(turn)
    desk.require_admin(ask.person)
    here = [one for one in turn.organisation.departments.values() if one.conversation == ask.conversation]
    if not here:
        raise Refused("bind-nothing")
    _set(turn, desk, {one.id: "" for one in here}, ask.person, Kind.SETTINGS_UNBOUND)
    names = [one.name for one in here]
    return turn.words("setting.unbound", departments=turn.words.list(names), one=names[0])


def _set(
    turn: Turn, desk: SettingsDesk, homes: Mapping[str, str], person: Person, kind: Kind
) -> Mapping[str, str]:
    """Give departments other conversations; those they had before."""
    entries, before = desk.entries(DEPARTMENTS), dict[str, str]()
    for entry in entries:
        if entry["id"] in homes:
            before[entry["id"]] = entry.pop("conversation", None) or ""
            if homes[entry["id"]]:
                entry["conversation"] = homes[entry["id"]]
    if not before:
        raise Refused("setting-settled")  # the department is gone
    told = {"departments": ",".join(homes), "conversation": next(iter(homes.values())) or next(iter(before.values()))}
    desk.keep(DEPARTMENTS, entries, Made(person.id), kind, told)
    return before


def _new(turn: Turn, ask: Ask, command: Bind) -> dict[str, str]:
    """A department that is to be made. Raises "bind-unknown" where nobody said so."""
    if not command.new:
        names = [one.name for one in turn.organisation.departments.values()]
        new = turn.spell(Bind(command.department, new=True))
        known = turn.words.list(names)
        raise Refused("bind-unknown", department=command.department, departments=known, command=new)
    said = turn.words("setting.binds-new", department=command.department)
    others = [one.name for one in turn.organisation.departments.values() if one.conversation == ask.conversation]
    beside = turn.words("setting.binds-beside", others=turn.words.list(others)) if others else ""
    return {"department": "", "new": command.department, "change": said + beside}


def _in_words(turn: Turn, department: Department, conversation: str) -> str:
    others = [one.name for one in turn.organisation.departments.values() if one.conversation == conversation]
    said = turn.words("setting.binds", department=department.name)
    if department.conversation:
        said += turn.words("setting.binds-instead", department=department.name)
    return said + (turn.words("setting.binds-beside", others=turn.words.list(others)) if others else "")
