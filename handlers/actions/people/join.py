"""Somebody unknown asks to be let in; an admin lets them, as a viewer of a department."""

import re
from collections.abc import Mapping
from datetime import timedelta

from cards.markdown import plain
from handlers.events import Said
from handlers.govern.kept_settings import PEOPLE, Entry, Made, SettingsDesk, free_id, is_active
from handlers.lifecycle.settings_waiting import ask_for_word
from handlers.notify.answers import answer_in
from handlers.notify.audit import record
from handlers.notify.people.settings_cards import ADMINS, put_up, rooms_of, show_settled
from handlers.turn import Turn
from planning.control.settings_request import SettingsRequest, Standing, Wish
from planning.people.names import person_name
from planning.people.organisation import Department, Person, Role
from planning.refusal import Refused
from planning.trail.audit import Kind

AGAIN = timedelta(days=7)
"""After which somebody who was not let in may ask once more."""
APPLIES = re.compile(r"(?:@\S+\s+)?(?:申请加入|join)\s+(?P<department>\S+)(?:\s+(?P<name>\S.*))?", re.IGNORECASE)


def may_apply(turn: Turn, event: Said) -> bool:
    """Check whether somebody unknown can be let in: by an admin who can be asked, and not from a group that tells
    nothing."""
    named = event.single or turn.organisation.department_in(event.conversation) is not None
    return bool(turn.environment.settings and event.user_id and named and _admins_rooms(turn))


def welcome(turn: Turn, event: Said) -> str:
    """Offer to ask for them, or ask at once where they say what for; the answer, empty: a card is it. Raises "stranger"
    to whoever was not let in lately."""
    turn.uow.plans.lock()
    asked = turn.uow.settings_requests.newest_by(Wish.JOIN, _key(turn, event))
    if asked and asked.standing is Standing.OPEN:
        return turn.words("setting.join-waits", department=_name(turn, asked.facts["department"]))
    if asked and asked.standing is Standing.REFUSED and asked.decided_at and turn.now - asked.decided_at < AGAIN:
        raise Refused("stranger", user=event.user_id, conversation=event.conversation)
    if applies := APPLIES.fullmatch(event.text.strip()):
        department = turn.organisation.find_department(applies["department"])
        if department is None:
            raise turn.no_such_department(applies["department"])
        request = turn.uow.settings_requests.add(_request(turn, event, applies["name"] or ""))
        return _ask(turn, request, department)
    if asked and asked.standing is Standing.OFFERED and turn.day_of(asked.asked_at) == turn.today:
        return ""
    request = turn.uow.settings_requests.add(_request(turn, event))
    put_up(turn, request, [event.conversation])
    return ""


def apply(turn: Turn, request: SettingsRequest, person: Person, choice: str) -> str:
    """They have chosen a department; what they are told. Raises "setting-not-yours", "setting-settled",
    "card-unknown"."""
    if person.id != request.asked_by:
        raise Refused("setting-not-yours")
    if request.standing is not Standing.OFFERED:
        raise Refused("setting-settled")
    department = turn.organisation.departments.get(choice)
    if department is None:
        raise Refused("card-unknown")
    return _ask(turn, request, department)


def let_in(turn: Turn, request: SettingsRequest, person: Person, pressed: str) -> None:
    """An admin lets them in. Raises "may-not-set", "setting-settled", "settings-mistakes"."""
    request.require_open(turn.now)
    desk = SettingsDesk(turn)
    desk.require_admin(person)
    entries = desk.entries(PEOPLE)
    facts = request.facts
    known = next((one for one in entries if one.get(facts["platform"]) == facts["user"]), None)
    if known and is_active(known):
        raise Refused("setting-settled")
    entry = _entry(facts, entries, known)
    others = [one for one in entries if one is not known]
    told = {"person": entry["id"], "change": facts["change"]}
    desk.keep(PEOPLE, [*others, entry], Made(person.id), Kind.PEOPLE_JOINED, told)
    show_settled(turn, request.settled(Standing.DONE, person.id, turn.now), pressed)
    _tell(turn, request, "setting.let-in", name=person.name)


def turn_away(turn: Turn, request: SettingsRequest, person: Person, pressed: str) -> None:
    """Raises "may-not-set", "setting-settled"."""
    request.require_open(turn.now)
    SettingsDesk(turn).require_admin(person)
    record(turn, Kind.PEOPLE_REFUSED, person.id, request.facts["name"], {"wish": request.wish})
    show_settled(turn, request.settled(Standing.REFUSED, person.id, turn.now), pressed)
    _tell(turn, request, "setting.not-let-in")


def applicant(turn: Turn, conversation: str, user: str) -> Person:
    """Somebody unknown, for as long as they press: nobody's id, no role."""
    platform = turn.environment.platforms.serving(conversation).platform
    return Person(f"{platform}:{user}", user, "")


def _request(turn: Turn, event: Said, name: str = "") -> SettingsRequest:
    platform = turn.environment.platforms.serving(event.conversation).platform
    named = person_name(name) or person_name(event.name) or person_name(event.user_id)
    facts = {"platform": platform, "user": event.user_id, "name": named}
    if here := turn.organisation.department_in(event.conversation):
        facts["here"] = here.id
    return SettingsRequest(
        Wish.JOIN, facts, _key(turn, event), event.conversation, turn.now, standing=Standing.OFFERED
    )


def _ask(turn: Turn, request: SettingsRequest, department: Department) -> str:
    words, facts = turn.words, request.facts
    account = words("setting.account", platform=words(f"{facts['platform']}.name"), user=facts["user"])
    who = f"{facts['name']}（{account}）" if words.locale == "zh-CN" else f"{facts['name']} ({account})"
    change = words("setting.joins", who=who, department=department.name)
    asked = SettingsRequest(
        Wish.JOIN, {**facts, "department": department.id, "change": change}, request.asked_by, request.conversation,
        turn.now, number=request.number,
    )  # fmt: skip
    record(turn, Kind.PEOPLE_ASKED, request.asked_by, facts["user"], {"change": change})
    ask_for_word(turn, asked, _admins_rooms(turn), ADMINS)
    return words("setting.join-asked", department=department.name)


def _entry(facts: Mapping[str, str], entries: list[Entry], known: Entry | None) -> Entry:
    """Of somebody who comes back, what is known of them, with the one role that everybody begins with."""
    kept = {name: value for name, value in (known or {}).items() if name not in ("active", "roles")}
    free = free_id(facts["user"], facts["platform"], {one["id"] for one in entries})
    begun = {"id": free, "name": facts["name"], facts["platform"]: facts["user"]}
    return {**begun, **kept, "department": facts["department"], "roles": [Role.VIEWER.value]}


def _tell(turn: Turn, request: SettingsRequest, key: str, **facts: str) -> None:
    """Say it where they asked."""
    names = {"who": request.facts["name"], "department": _name(turn, request.facts["department"])}
    answer_in(turn, request.conversation, str(plain(turn.words(key, **names, **facts))))


def _admins_rooms(turn: Turn) -> list[str]:
    return rooms_of(turn, [one.id for one in turn.organisation.with_role(Role.ADMIN)])


def _key(turn: Turn, event: Said) -> str:
    return applicant(turn, event.conversation, event.user_id).id


def _name(turn: Turn, department: str) -> str:
    return turn.organisation.department_name(department)
