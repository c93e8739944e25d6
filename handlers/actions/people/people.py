"""人员: somebody is given a role or loses it, moves to another department, leaves or comes back.

What makes or unmakes a coordinator or an admin takes a second admin, where there is one; the last admin stays.
"""

from collections.abc import Mapping, Sequence

from handlers.actions.people.web_access import end_sessions
from handlers.find_person import find_person
from handlers.govern.kept_settings import PEOPLE, Entry, Made, SettingsDesk, is_active, roles_of
from handlers.language.commands.people import ChangePerson
from handlers.lifecycle.settings_waiting import ask_for_word
from handlers.notify.audit import record
from handlers.notify.new_cards import homes_of
from handlers.notify.people.settings_cards import roles_in_words, rooms_of, show_settled
from handlers.turn import Ask, Turn
from planning.control.settings_request import SettingsRequest, Standing, Wish
from planning.people.organisation import TWO_ADMINS, Department, Person, Role
from planning.refusal import Refused
from planning.trail.audit import Kind


def change_person(turn: Turn, ask: Ask, command: ChangePerson) -> str:
    """Raises "settings-in-file", "may-not-set", "unknown-person", "ambiguous-person", "unknown-department",
    "last-admin", "settings-mistakes"."""
    desk = SettingsDesk(turn)
    desk.require_admin(ask.person)
    entry = _entry(turn, ask, desk, command.person)
    facts = _facts(turn, entry, command)
    wanted = _changed(entry, facts)
    if wanted == entry:
        return turn.words("setting.already", name=entry["name"], standing=_standing(turn, entry))
    _require_an_admin(desk, wanted)
    seconds = _seconds(desk, ask.person, wanted) if _takes_two(entry, wanted) else []
    if seconds:
        record(turn, Kind.PEOPLE_ASKED, ask.person.id, entry["id"], {"change": facts["change"]})
        request = SettingsRequest(Wish.ROLES, facts, ask.person.id, ask.conversation, turn.now)
        ask_for_word(turn, request, rooms_of(turn, seconds) or [ask.conversation])
        names = turn.words.list([turn.organisation.name_of(one) for one in seconds])
        return turn.words("setting.asked", names=names, change=facts["change"])
    _make(turn, desk, wanted, facts, Made(ask.person.id))
    alone = turn.words("setting.alone") if _takes_two(entry, wanted) else ""
    if alone:
        _tell_coordinators(turn, ask, facts)
    return turn.words("setting.changed", change=facts["change"]) + alone


def consent(turn: Turn, request: SettingsRequest, person: Person, pressed: str) -> None:
    """A second admin agrees. Raises "may-not-set", "setting-settled", "setting-own", and as `change_person` does."""
    request.require_open(turn.now)
    desk = SettingsDesk(turn)
    desk.require_admin(person)
    if person.id == request.asked_by:
        raise Refused("setting-own")
    entry = next((one for one in desk.entries(PEOPLE) if one["id"] == request.facts["person"]), None)
    if entry is None:
        raise Refused("setting-settled")
    wanted = _changed(entry, request.facts)
    if person.id == entry["id"] and _loses(entry, wanted):
        raise Refused("setting-own")
    _require_an_admin(desk, wanted)
    _make(turn, desk, wanted, request.facts, Made(request.asked_by, person.id))
    show_settled(turn, request.settled(Standing.DONE, person.id, turn.now), pressed)


def decline(turn: Turn, request: SettingsRequest, person: Person, pressed: str) -> None:
    """An admin says no, or who asked for it takes it back. Raises "may-not-set", "setting-settled"."""
    request.require_open(turn.now)
    SettingsDesk(turn).require_admin(person)
    record(turn, Kind.PEOPLE_REFUSED, person.id, request.facts.get("person", ""), {"wish": request.wish})
    show_settled(turn, request.settled(Standing.REFUSED, person.id, turn.now), pressed)


def _in_words(turn: Turn, facts: Mapping[str, str]) -> str:
    """What is to change: `李娜：加上审批人，换到采购部`."""
    said = []
    for way in ("add", "take"):
        if facts.get(way):
            said.append(turn.words(f"setting.{way}", roles=roles_in_words(turn, facts[way].split(","))))
    if facts.get("department"):
        said.append(turn.words("setting.move", department=turn.organisation.department_name(facts["department"])))
    if facts.get("active"):
        said.append(turn.words("setting.back" if facts["active"] == "yes" else "setting.leaves"))
    return turn.words("setting.of", name=facts["name"], what=turn.words.clauses(said))


def _entry(turn: Turn, ask: Ask, desk: SettingsDesk, word: str) -> Entry:
    """Somebody by id or name, whoever has left included. Raises as `find_person` does."""
    known = [one for one in desk.entries(PEOPLE) if one["department"] in turn.organisation.departments]
    found = [one for one in known if one["id"] == word] or [one for one in known if one["name"] == word]
    if len(found) == 1:
        return found[0]
    person = find_person(turn, ask, word)
    return next(one for one in desk.entries(PEOPLE) if one["id"] == person.id)


def _facts(turn: Turn, entry: Entry, command: ChangePerson) -> dict[str, str]:
    department = _department(turn, command.department).id if command.department else ""
    roles = ",".join(command.roles)
    facts = {"person": entry["id"], "name": entry["name"], "take" if command.takes else "add": roles}
    if department and department != entry["department"]:
        facts["department"] = department
    if command.active is not None:
        facts["active"] = "yes" if command.active else "no"
    return {**facts, "change": _in_words(turn, facts)}


def _department(turn: Turn, word: str) -> Department:
    if found := turn.organisation.find_department(word):
        return found
    raise turn.no_such_department(word)


def _changed(entry: Entry, facts: Mapping[str, str]) -> Entry:
    """The entry as it is wanted."""
    added, taken = (_split(facts.get(way, "")) for way in ("add", "take"))
    roles = [role for role in roles_of(entry) if role not in taken]
    roles += [role for role in added if role not in roles]
    wanted = dict(entry)
    if roles != roles_of(entry):
        wanted["roles"] = [role.value for role in roles]
    if facts.get("department"):
        wanted["department"] = facts["department"]
    if facts.get("active") == "no":
        wanted["active"] = False
    elif facts.get("active") == "yes":
        wanted.pop("active", None)
    return wanted


def _split(roles: str) -> list[Role]:
    return [Role(role) for role in roles.split(",") if role]


def _held(entry: Entry) -> frozenset[Role]:
    return frozenset(roles_of(entry)) if is_active(entry) else frozenset()


def _takes_two(entry: Entry, wanted: Entry) -> bool:
    return bool((_held(entry) ^ _held(wanted)) & TWO_ADMINS)


def _loses(entry: Entry, wanted: Entry) -> bool:
    return bool((_held(entry) - _held(wanted)) & TWO_ADMINS)


def _seconds(desk: SettingsDesk, asker: Person, wanted: Entry) -> list[str]:
    """Admins whose word it takes: any but who asks, and who it is about."""
    return [one for one in desk.admins_here() if one not in (asker.id, wanted["id"])]


def _require_an_admin(desk: SettingsDesk, wanted: Entry) -> None:
    if [one for one in desk.admins() if one != wanted["id"]] or Role.ADMIN in _held(wanted):
        return
    raise Refused("last-admin", name=wanted["name"])


def _make(turn: Turn, desk: SettingsDesk, wanted: Entry, facts: Mapping[str, str], made: Made) -> None:
    document = [wanted if one["id"] == wanted["id"] else one for one in desk.entries(PEOPLE)]
    kind = {"no": Kind.PEOPLE_LEFT, "yes": Kind.PEOPLE_BACK}.get(facts.get("active", ""), Kind.PEOPLE_CHANGED)
    told = {"person": wanted["id"], "change": facts["change"], "approved_by": made.approved_by}
    desk.keep(PEOPLE, document, made, kind, told)
    known = turn.organisation.people.get(wanted["id"])
    if known and not is_active(wanted):
        end_sessions(turn, known)


def _tell_coordinators(turn: Turn, ask: Ask, facts: Mapping[str, str]) -> None:
    """What one admin did alone is told at once to those who could object."""
    text = turn.words("setting.alone-told", name=ask.person.name, change=facts["change"])
    coordinators: Sequence[Person] = turn.organisation.with_role(Role.COORDINATOR)
    for room in homes_of(turn, [one.id for one in coordinators]):
        if room != ask.conversation:
            turn.uow.outbox.say(room, text, turn.now)


def _standing(turn: Turn, entry: Entry) -> str:
    roles = roles_in_words(turn, [role.value for role in roles_of(entry)])
    department = turn.organisation.department_name(entry["department"])
    return turn.words("setting.standing" if is_active(entry) else "setting.gone", department=department, roles=roles)
