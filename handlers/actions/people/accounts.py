"""One person on two platforms: 我是谁 shows six digits on the one, and typed on the other they join the accounts.

Nobody is taken for somebody else by their name. What would give an account the rights of a coordinator or an admin
takes a second admin, where there is one.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from cards.markdown import plain
from handlers.actions.people.web_access import end_sessions
from handlers.events import Said
from handlers.govern.directory_previews import directories_of
from handlers.govern.kept_settings import (
    DEPARTMENTS,
    PEOPLE,
    Entry,
    Made,
    SettingsDesk,
    is_active,
    kept_by_database,
    roles_of,
)
from handlers.language.commands.people import WhoAmI
from handlers.lifecycle.settings_waiting import ask_for_word
from handlers.notify.answers import answer_in
from handlers.notify.audit import record
from handlers.notify.new_cards import homes_of
from handlers.notify.people.settings_cards import rooms_of, show_settled
from handlers.reads.people.people import seen_of
from handlers.turn import Ask, Turn
from planning.control.settings_request import SettingsRequest, Standing, Wish
from planning.people.join_code import LIFE, JoinCode, digits_of, hash_of, new_digits
from planning.people.organisation import TWO_ADMINS, Person, Role
from planning.refusal import Refused
from planning.trail.audit import Kind
from storage.delivery.rates import Rate

GUESSES = Rate(5, timedelta(minutes=10))
"""Of one account: there are a million codes, and one of them is open at a time, or a few."""


def who_am_i(turn: Turn, ask: Ask, command: WhoAmI) -> str:
    """What the bot sees of the speaker; one-to-one with the code by which another platform's account becomes theirs."""
    told = seen_of(turn, ask)
    others = _elsewhere(turn, ask)
    if not (ask.single and others and turn.environment.settings):
        return told
    digits = _shown(turn, ask)
    names = turn.words.list([turn.words(f"{one}.name") for one in others])
    facts = {"platforms": names, "code": f"{digits[:3]} {digits[3:]}", "minutes": LIFE.seconds // 60}
    return f"{told}\n\n{turn.words('account.code', **facts)}"


def may_be_code(turn: Turn, event: Said) -> bool:
    """Check whether it is six digits, said one-to-one while a code is open."""
    if not (event.single and event.user_id and turn.environment.settings and digits_of(event.text)):
        return False
    return turn.uow.join_codes_of(kept_by_database(turn).home).are_open(turn.now)


def join(turn: Turn, event: Said) -> str:
    """Join the accounts by the code that was typed; empty: it is none. Raises "code-too-often", "code-here",
    "code-void", "settings-mistakes"."""
    turn.uow.plans.lock()
    codes = turn.uow.join_codes_of(kept_by_database(turn).home)
    platform = turn.environment.platforms.serving(event.conversation).platform
    account = f"{platform}:{event.user_id}"
    if not turn.uow.rates.take("join-code", account, GUESSES, turn.now).allowed:
        raise Refused("code-too-often", minutes=int(GUESSES.every.total_seconds() // 60))
    code = codes.of(hash_of(digits_of(event.text)), turn.now)
    if code is None:
        return ""
    if code.platform == platform:
        raise Refused("code-here", platform=turn.words(f"{platform}.name"))
    desk = SettingsDesk(turn)
    ours, theirs = _both(desk, code.person, platform, event.user_id)
    change = _in_words(turn, ours, theirs, platform, event.user_id)
    facts = {
        "person": ours["id"], "name": ours["name"], "platform": platform, "user": event.user_id,
        "shown_on": code.platform, "room": code.conversation, "change": change,
    }  # fmt: skip
    seconds = _seconds(desk, ours, theirs)
    if not seconds:
        with turn.uow.apart():
            codes.use(code, turn.now)
            _join(turn, desk, facts, Made(ours["id"]))
        return turn.words("account.joined", **_told(turn, facts))
    codes.use(code, turn.now)
    record(turn, Kind.PEOPLE_ASKED, ours["id"], ours["id"], {"change": facts["change"]})
    request = SettingsRequest(Wish.ACCOUNTS, facts, ours["id"], event.conversation, turn.now)
    ask_for_word(turn, request, rooms_of(turn, seconds) or [code.conversation])
    names = turn.words.list([turn.organisation.name_of(one) for one in seconds])
    return turn.words("account.asked", names=names)


def confirm(turn: Turn, request: SettingsRequest, person: Person, pressed: str) -> None:
    """A second admin agrees. Raises "may-not-set", "setting-settled", "setting-own", "code-void"."""
    request.require_open(turn.now)
    desk = SettingsDesk(turn)
    desk.require_admin(person)
    ours, theirs = _both(desk, request.facts["person"], request.facts["platform"], request.facts["user"])
    if person.id in (ours["id"], theirs["id"] if theirs else ""):
        raise Refused("setting-own")
    _join(turn, desk, request.facts, Made(request.asked_by, person.id))
    show_settled(turn, request.settled(Standing.DONE, person.id, turn.now), pressed)
    answer_in(turn, request.conversation, turn.words("account.joined", **_told(turn, request.facts)))


def refuse(turn: Turn, request: SettingsRequest, person: Person, pressed: str) -> None:
    """Raises "may-not-set", "setting-settled"."""
    request.require_open(turn.now)
    SettingsDesk(turn).require_admin(person)
    record(turn, Kind.PEOPLE_REFUSED, person.id, request.facts["person"], {"wish": request.wish})
    show_settled(turn, request.settled(Standing.REFUSED, person.id, turn.now), pressed)


def _elsewhere(turn: Turn, ask: Ask) -> list[str]:
    """Platforms that are served and where nobody is known as the speaker."""
    return [one for one in turn.environment.set_up if one not in ask.person.identities]


def _shown(turn: Turn, ask: Ask) -> str:
    codes = turn.uow.join_codes_of(kept_by_database(turn).home)
    platform = turn.environment.platforms.serving(ask.conversation).platform
    digits = new_digits()
    while codes.of(hash_of(digits), turn.now):
        digits = new_digits()
    codes.show(JoinCode(ask.person.id, platform, ask.conversation, hash_of(digits), turn.now + LIFE))
    return digits


def _both(desk: SettingsDesk, person: str, platform: str, user: str) -> tuple[Entry, Entry | None]:
    """Who showed the code, and who is known by the account that typed it, if anybody is. Raises "code-void" where they
    cannot become one: somebody has left, or has an account there already."""
    entries = desk.entries(PEOPLE)
    ours = next((one for one in entries if one["id"] == person and is_active(one)), None)
    theirs = next((one for one in entries if one.get(platform) == user), None)
    if ours is None or ours.get(platform) or (theirs and not is_active(theirs)):
        raise Refused("code-void")
    if theirs and any(theirs.get(name) and ours.get(name) for name in _accounts(theirs)):
        raise Refused("code-void")
    return ours, theirs


def _accounts(entry: Entry) -> list[str]:
    known = ("id", "name", "department", "roles", "deputy", "active")
    return [name for name in entry if name not in known]


def _seconds(desk: SettingsDesk, ours: Entry, theirs: Entry | None) -> list[str]:
    """Admins whose word it takes, where an account would get rights that it takes two to give."""
    held = [{*roles_of(one)} & TWO_ADMINS for one in (ours, theirs) if one]
    if not any(held) or (theirs and held[0] == held[1]):
        return []
    return [one for one in desk.admins() if one not in (ours["id"], theirs["id"] if theirs else "")]


def _join(turn: Turn, desk: SettingsDesk, facts: Mapping[str, str], made: Made) -> None:
    """Who has more roles, else was there first, goes on; the other keeps their name in what was."""
    ours, theirs = _both(desk, facts["person"], facts["platform"], facts["user"])
    entries = desk.entries(PEOPLE)
    stays, goes = _who_stays(entries, ours, theirs)
    joined = {**stays, facts["platform"]: facts["user"], facts["shown_on"]: ours[facts["shown_on"]]}
    roles = [*dict.fromkeys([*roles_of(stays), *(roles_of(goes) if goes else [])])]
    if roles != roles_of(stays):
        joined["roles"] = [role.value for role in roles]
    document = []
    for entry in entries:
        if entry["id"] == stays["id"]:
            entry = joined
        elif goes and entry["id"] == goes["id"]:
            entry = {name: value for name, value in entry.items() if name not in _accounts(entry)} | {"active": False}
        if goes and entry.get("deputy") == goes["id"]:
            entry = {**entry, "deputy": stays["id"]}
        if entry.get("deputy") == entry["id"]:
            entry = {name: value for name, value in entry.items() if name != "deputy"}
        document.append(entry)
    _keep_managers(desk, stays, goes, made)
    told = {"person": stays["id"], "change": facts["change"], "approved_by": made.approved_by}
    desk.keep(PEOPLE, document, made, Kind.PEOPLE_MERGED, told)
    if goes:
        _after(turn, stays, goes)
    answer_in(turn, facts["room"], turn.words("account.joined-told", **_told(turn, facts)))
    if Role.COORDINATOR in roles or Role.ADMIN in roles:
        _tell_coordinators(turn, facts, made)


def _who_stays(entries: list[Entry], ours: Entry, theirs: Entry | None) -> tuple[Entry, Entry | None]:
    if theirs is None:
        return ours, None
    first = [one["id"] for one in entries]
    ranked = sorted((ours, theirs), key=lambda one: (-len(roles_of(one)), first.index(one["id"])))
    return ranked[0], ranked[1]


def _keep_managers(desk: SettingsDesk, stays: Entry, goes: Entry | None, made: Made) -> None:
    entries = desk.entries(DEPARTMENTS)
    theirs = [one for one in entries if goes and one.get("manager") == goes["id"]]
    for entry in theirs:
        entry["manager"] = stays["id"]
    if theirs:
        told = {"platform": "", "change": ""}
        desk.keep(DEPARTMENTS, entries, made, Kind.SETTINGS_SYNCED, told)


def _after(turn: Turn, stays: Entry, goes: Entry) -> None:
    """What the directories told of the one is the other's; their pages are closed."""
    directories = directories_of(turn)
    for platform in turn.environment.set_up:
        members = directories.told(platform).values()
        directories.tell(platform, [replace(one, person=stays["id"]) for one in members if one.person == goes["id"]])
    if known := turn.organisation.people.get(goes["id"]):
        end_sessions(turn, known)


def _tell_coordinators(turn: Turn, facts: Mapping[str, str], made: Made) -> None:
    """Rights of two admins have another account: what nobody agreed to is told to those who could object."""
    if made.approved_by:
        return
    coordinators = [one.id for one in turn.organisation.with_role(Role.COORDINATOR) if one.id != facts["person"]]
    text = turn.words("setting.alone-told", name=facts["name"], change=facts["change"])
    for room in homes_of(turn, coordinators):
        turn.uow.outbox.say(room, text, turn.now)


def _in_words(turn: Turn, ours: Entry, theirs: Entry | None, platform: str, user: str) -> str:
    words = turn.words
    account = words("setting.account", platform=words(f"{platform}.name"), user=user)
    known = str(plain(theirs["name"])) if theirs else words("account.nobody")
    return words("account.change", name=str(plain(ours["name"])), account=account, known=known)


def _told(turn: Turn, facts: Mapping[str, str]) -> dict[str, str]:
    words = turn.words
    return {
        "name": str(plain(facts["name"])), "here": words(f"{facts['platform']}.name"),
        "there": words(f"{facts['shown_on']}.name"), "user": str(plain(facts["user"])),
    }  # fmt: skip
