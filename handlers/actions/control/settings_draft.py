"""A section of the settings drafted by an admin: a second one agrees, and it is in effect from its day on.

Where there is no other admin it is in effect from the next working day on; the coordinators are told at once, and any
of them can stop it until then.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from handlers.govern.kept_settings import Made, SettingsDesk
from handlers.govern.settings_difference import difference_in_words, section_name
from handlers.lifecycle.settings_waiting import ask_for_word
from handlers.notify.audit import record
from handlers.notify.people.settings_cards import put_up, rooms_of, show_settled
from handlers.turn import Turn
from planning.control.settings_merge import Clash, merged
from planning.control.settings_request import SettingsRequest, Standing, Wish
from planning.people.organisation import Person, Role
from planning.plan.hours import end_of
from planning.refusal import Refused
from planning.trail.audit import Kind

TOKENS = "api"
"""The section that only a command changes: what is revoked stays so."""


@dataclass(frozen=True, slots=True)
class Drafted:
    """What somebody wants a section to say. `base`: what it said when they typed; what is between the two is what they
    want changed. `begins`: the first day of it, None: as soon as it is agreed to. `back_to`: the number of the version
    that it repeats as a whole, whatever `base` says; 0: none."""

    section: str
    document: Any
    base: Any
    begins: date | None = None
    why: str = ""
    back_to: int = 0
    trial: str = ""
    """What it would have meant for the changes of late, as a sentence."""


def draft(turn: Turn, person: Person, drafted: Drafted, conversation: str = "") -> SettingsRequest:
    """Ask the other admins, or announce it where there are none; the request. `conversation`: where it was asked for;
    empty: on a page. Raises "settings-in-file", "may-not-set", "settings-tokens", "settings-past", "settings-same",
    "settings-mistakes", "settings-later"."""
    desk = SettingsDesk(turn)
    desk.require_admin(person)
    if drafted.section == TOKENS:
        raise Refused("settings-tokens")
    if drafted.begins and drafted.begins < turn.today:
        raise Refused("settings-past", day=drafted.begins.isoformat(), today=turn.today.isoformat())
    others = [one for one in desk.admins_here() if one != person.id]
    wanted = on_its_day(turn, drafted, is_alone=not others)
    if wanted.base == wanted.document:
        raise Refused("settings-same", section=section_name(turn, drafted.section))
    desk.require_right(wanted.section, wanted.document, moment_of(turn, wanted.begins))
    request = _request(turn, person, wanted, conversation)
    told = {"change": request.facts["change"], "section": drafted.section, "from": request.facts["from"]}
    record(turn, Kind.SETTINGS_DRAFTED, person.id, drafted.section, told)
    if others:
        return ask_for_word(turn, request, rooms_of(turn, others) or [*filter(None, [conversation])])
    return _announce(turn, desk, request)


def on_its_day(turn: Turn, drafted: Drafted, is_alone: bool = False) -> Drafted:
    """The same change over what the section will say on the day it begins. `is_alone`: there is no other admin, so that
    a night is between. Raises "settings-later" where what begins until then says otherwise."""
    begins = _with_a_night_between(turn, drafted.begins) if is_alone else drafted.begins
    before = SettingsDesk(turn).document(drafted.section, moment_of(turn, begins))
    document = drafted.document
    if not drafted.back_to:
        document = _together(turn, drafted.section, drafted.base, document, before, clash="settings-later")
    return replace(drafted, document=document, base=before, begins=begins)


def agree(turn: Turn, request: SettingsRequest, person: Person, pressed: str = "") -> None:
    """A second admin agrees. Raises "may-not-set", "setting-settled", "setting-expired", "setting-own",
    "settings-clash", "settings-mistakes", "settings-mistakes-later", "settings-later"."""
    request.require_open(turn.now)
    desk = SettingsDesk(turn)
    desk.require_admin(person)
    if person.id == request.asked_by:
        raise Refused("setting-own")
    done = request.settled(Standing.DONE, person.id, turn.now)
    show_settled(turn, _made(turn, desk, done, person.id), pressed)


def decline(turn: Turn, request: SettingsRequest, person: Person, pressed: str = "") -> None:
    """Another admin says no, or who asked for it takes it back; what is agreed to and not yet in effect is stopped, by
    any admin or coordinator. Raises "may-not-set", "may-not-stop", "setting-settled", "setting-expired",
    "settings-in-effect", "settings-clash", "settings-mistakes", "settings-mistakes-later"."""
    if request.standing is Standing.DONE:
        _stop(turn, request, person, pressed)
        return
    request.require_open(turn.now)
    SettingsDesk(turn).require_admin(person)
    record(turn, Kind.SETTINGS_DECLINED, person.id, request.facts["section"], {"change": request.facts["change"]})
    show_settled(turn, request.settled(Standing.REFUSED, person.id, turn.now), pressed)


def documents_of(request: SettingsRequest) -> tuple[Any, Any]:
    """What its section said before, and what it is to say."""
    return json.loads(request.facts["before"]), json.loads(request.facts["document"])


def moment_of(turn: Turn, begins: date | None) -> datetime:
    """The beginning of that day here; now, where it has begun."""
    if begins is None or begins <= turn.today:
        return turn.now
    return end_of(begins - timedelta(days=1), turn.environment.zone)


def _with_a_night_between(turn: Turn, begins: date | None) -> date:
    next_one = turn.calendar.add(turn.today, 1)
    return max(next_one, begins or next_one)


def _request(turn: Turn, person: Person, drafted: Drafted, conversation: str) -> SettingsRequest:
    told = difference_in_words(turn, drafted.section, drafted.base, drafted.document)
    facts = {
        "section": drafted.section,
        "before": json.dumps(drafted.base, ensure_ascii=False),
        "document": json.dumps(drafted.document, ensure_ascii=False),
        "from": drafted.begins.isoformat() if drafted.begins else "",
        "why": drafted.why,
        "change": turn.words("setting.of", name=section_name(turn, drafted.section), what=told),
        "back_to": str(drafted.back_to or ""),
        "trial": drafted.trial,
    }
    return SettingsRequest(Wish.DRAFT, facts, person.id, conversation, turn.now)


def _announce(turn: Turn, desk: SettingsDesk, request: SettingsRequest) -> SettingsRequest:
    """Of the only admin: it is made for its day, and whoever can stop it is told."""
    added = turn.uow.settings_requests.add(request)
    alone = replace(added, facts={**added.facts, "alone": "yes"})
    done = _made(turn, desk, alone.settled(Standing.DONE, request.asked_by, turn.now), "")
    turn.uow.settings_requests.keep(done)
    coordinators = [one.id for one in turn.organisation.with_role(Role.COORDINATOR)]
    put_up(turn, done, rooms_of(turn, coordinators))
    return done


def _made(turn: Turn, desk: SettingsDesk, request: SettingsRequest, approved_by: str) -> SettingsRequest:
    """The section's newest version is what was drafted, with what has been changed in it since."""
    facts = request.facts
    day = date.fromisoformat(facts["from"]) if facts["from"] else None
    at = moment_of(turn, day)
    before, wanted = documents_of(request)
    document = _together(turn, facts["section"], before, wanted, desk.document(facts["section"], at))
    kind = Kind.SETTINGS_ROLLED_BACK if facts["back_to"] else Kind.SETTINGS_CHANGED
    told = {"change": facts["change"], "approved_by": approved_by, "back_to": facts["back_to"], "from": facts["from"]}
    desk.keep(
        facts["section"], document, Made(request.asked_by, approved_by), kind, told, since=at, note=facts["why"]
    )
    return replace(request, facts={**facts, "since": at.isoformat() if at > turn.now else ""})


def _stop(turn: Turn, request: SettingsRequest, person: Person, pressed: str) -> None:
    """Have the section say on that day what it would without it."""
    if not {Role.COORDINATOR, Role.ADMIN} & person.roles:
        raise Refused("may-not-stop", name=person.name)
    section, begins = request.facts["section"], request.since
    if begins is None or not request.can_be_stopped(turn.now):
        raise Refused("settings-in-effect", section=section_name(turn, section))
    desk = SettingsDesk(turn)
    before, wanted = documents_of(request)
    document = _together(turn, section, wanted, before, desk.document(section, begins))
    told: Mapping[str, str] = {"change": request.facts["change"]}
    desk.keep(section, document, Made(person.id), Kind.SETTINGS_STOPPED, told, since=begins)
    show_settled(turn, request.settled(Standing.REFUSED, person.id, turn.now), pressed)


def _together(turn: Turn, section: str, base: Any, ours: Any, theirs: Any, clash: str = "settings-clash") -> Any:
    try:
        return merged(base, ours, theirs)
    except Clash as found:
        raise Refused(clash, section=section_name(turn, section), where=found.where or section) from None
