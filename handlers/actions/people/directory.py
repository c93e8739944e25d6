"""同步: a directory is read, what it says otherwise is shown to an admin, and becomes the settings once they agree."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace

from handlers.actions.people import people
from handlers.actions.people.web_access import end_sessions
from handlers.govern.directory import NOT, Preview, packed, unpacked
from handlers.govern.directory_previews import directories_of, open_requests, preview_from, preview_of
from handlers.govern.kept_settings import (
    DEPARTMENTS,
    PEOPLE,
    Made,
    SettingsDesk,
    roles_of,
)
from handlers.language.commands.directory import ChooseUnits, ReadDirectory
from handlers.language.commands.people import ChangePerson
from handlers.lifecycle.settings_waiting import ask_for_word
from handlers.notify.audit import record
from handlers.notify.card_updates import send_again
from handlers.notify.people.directory_lines import OFFERED, DirectoryLines
from handlers.notify.people.settings_cards import asking, rooms_of, show_settled
from handlers.turn import Ask, Turn
from planning.control.settings_request import SettingsRequest, Standing, Wish
from planning.people.directory import Directory
from planning.people.directory_difference import MOST_LEFT, gone_from_sight
from planning.people.directory_run import GONE_ON_WITH, DirectoryRun, RunState
from planning.people.organisation import TWO_ADMINS, Person, Role
from planning.refusal import Refused
from planning.trail.audit import Kind

UNIT, MANAGERS = "unit:", "managers"
"""Choices on the card."""


def read_directory(turn: Turn, ask: Ask, command: ReadDirectory) -> str:
    """Raises "settings-in-file", "may-not-set", "sync-in-private", "no-directory"."""
    SettingsDesk(turn).require_admin(ask.person)
    if not ask.single:
        raise Refused("sync-in-private")
    told = [begin(turn, platform, ask.person.id, ask.conversation) for platform in _platforms(turn, command)]
    return "\n".join(told)


def begin(turn: Turn, platform: str, asked_by: str, conversation: str) -> str:
    """Have the whole directory read, or gone on with; what is told of it."""
    directories, name = directories_of(turn), turn.words(f"{platform}.name")
    running = [one for one in directories.in_state(RunState.READING, platform) if one.is_whole]
    if running and running[-1].due_at - turn.now < GONE_ON_WITH:
        pages = len(directories.pages(running[-1].number))
        directories.keep(_asked(running[-1], asked_by, conversation))
        return turn.words("directory.reading", platform=name, n=pages)
    for one in running:
        directories.keep(replace(one, state=RunState.OVER))
    last = directories.newest(platform)
    if last and last.state is RunState.FAILED and turn.now - last.begun_at < GONE_ON_WITH:
        again = replace(_asked(last, asked_by, conversation), state=RunState.READING, due_at=turn.now, tries=0)
        directories.keep(again)
        return turn.words("directory.goes-on", platform=name, n=len(directories.pages(last.number)))
    if last and last.state is RunState.FAILED:
        directories.keep(replace(last, state=RunState.OVER))
        directories.forget(last.number)
    directories.begin(DirectoryRun(platform, (), asked_by, conversation, turn.now, turn.now))
    return turn.words("directory.begun", platform=name)



def choose_units(turn: Turn, ask: Ask, command: ChooseUnits) -> str:
    """Raises "settings-in-file", "may-not-set", "sync-first", "sync-no-unit", "sync-many-units",
    "unknown-department"."""
    desk = SettingsDesk(turn)
    desk.require_admin(ask.person)
    requests = open_requests(turn)
    if not requests:
        raise Refused("sync-first")
    into = NOT if command.takes else ""
    if command.into:
        department = turn.organisation.find_department(command.into)
        if department is None:
            raise turn.no_such_department(command.into)
        into = department.id
    choices = _found(turn, requests, command.units, into)
    told = [chosen(turn, request, choices[request.number]) for request in requests if choices[request.number]]
    return "\n".join(told)


def chosen(turn: Turn, request: SettingsRequest, choice: Mapping[str, str], **facts: str) -> str:
    """Keep a choice with what is waiting, show that anew, and tell its headline."""
    choices = unpacked(request.facts.get("chosen", "")) | {**choice}
    again = replace(request, facts={**request.facts, **facts, "chosen": packed(choices)})
    again = _drawn(turn, again)
    turn.uow.settings_requests.keep(again)
    for row in asking(turn, again):
        send_again(turn, row)
    return again.facts["change"]


def press(turn: Turn, request: SettingsRequest, person: Person, choice: str) -> str:
    """A choice on the card. Raises "may-not-set", "setting-settled", "card-unknown"."""
    request.require_open(turn.now)
    SettingsDesk(turn).require_admin(person)
    if choice == MANAGERS:
        return chosen(turn, request, {}, managers="yes")
    unit = choice.removeprefix(UNIT)
    if choice == unit or unit not in preview_of(turn, request).directory.units:
        raise Refused("card-unknown")
    return chosen(turn, request, {unit: ""})


def confirm(turn: Turn, request: SettingsRequest, person: Person, pressed: str) -> None:
    """Apply what is shown. Where it is something else by now, that is shown instead. Raises "may-not-set",
    "setting-settled", "settings-mistakes"."""
    request.require_open(turn.now)
    desk = SettingsDesk(turn)
    desk.require_admin(person)
    preview = preview_of(turn, request)
    if preview.seen != request.facts["seen"]:
        again = _drawn(turn, request, moved_on=True)
        turn.uow.settings_requests.keep(again)
        for row in asking(turn, again):
            send_again(turn, row)
        return
    guarded = frozenset(one for one in preview.difference.left if _takes_two(preview, one))
    departments, everybody = preview.documents(
        managers=request.facts.get("managers") == "yes", besides=guarded
    )
    made = Made(person.id)
    if departments != desk.entries(DEPARTMENTS):
        told = {"platform": preview.platform, "change": request.facts["change"]}
        desk.keep(DEPARTMENTS, departments, made, Kind.SETTINGS_SYNCED, told)
    if everybody != desk.entries(PEOPLE):
        counts = {"platform": preview.platform, "change": request.facts["change"]}
        desk.keep(PEOPLE, everybody, made, Kind.PEOPLE_SYNCED, counts)
    _record_each(turn, preview, person, guarded)
    directories_of(turn).tell(preview.platform, preview.members_told(guarded))
    for one in preview.difference.left:
        known = turn.organisation.people.get(one)
        if known and one not in guarded:
            end_sessions(turn, known)
    show_settled(turn, request.settled(Standing.DONE, person.id, turn.now), pressed)
    _over(turn, request)
    for sentence in _ask_for_guarded(turn, request, person, guarded):
        turn.uow.outbox.say(request.conversation, sentence, turn.now)


def refuse(turn: Turn, request: SettingsRequest, person: Person, pressed: str) -> None:
    """Raises "may-not-set", "setting-settled"."""
    request.require_open(turn.now)
    SettingsDesk(turn).require_admin(person)
    record(turn, Kind.PEOPLE_REFUSED, person.id, request.facts["platform"], {"wish": request.wish})
    show_settled(turn, request.settled(Standing.REFUSED, person.id, turn.now), pressed)
    _over(turn, request)


def wanted_still(turn: Turn, run: DirectoryRun, directory: Directory) -> tuple[list[str], list[str]]:
    """Whom a whole directory does not show, to be looked up one by one, and whose ids may be encrypted."""
    if not run.is_whole:
        return [], []
    preview = preview_from(turn, run, directory, {})
    hidden = [one.user for one in preview.view.people if one.user and one.active]
    hidden = [one for one in hidden if one not in directory.members and one not in directory.plain]
    return gone_from_sight(preview.view), hidden


def finished(turn: Turn, run: DirectoryRun) -> None:
    """All is read: show it to who asked, or to the admins where nobody did and there is something to be done."""
    directories = directories_of(turn)
    before = [one for one in open_requests(turn) if one.facts["platform"] == run.platform]
    if (wider := _with_those_waiting(turn, run, before)) != run:
        directories.keep(wider)
        return
    run = replace(run, state=RunState.READ, trouble="")
    directories.keep(run)
    choice = next((one.facts.get("chosen", "") for one in before), "")
    facts = {"run": str(run.number), "platform": run.platform, "chosen": choice, "change": ""}
    request = SettingsRequest(Wish.DIRECTORY, facts, run.asked_by, run.conversation, turn.now)
    preview = preview_of(turn, request)
    request = _drawn(turn, request)
    is_shown = any(one.facts["seen"] == request.facts["seen"] for one in before)
    if not run.asked_by and (preview.changes_nothing or is_shown):
        _forget(turn, run)
        return
    for one in before:
        show_settled(turn, one.settled(Standing.EXPIRED, "", turn.now))
        _over(turn, one)
    for old in directories.in_state(RunState.READ, run.platform):  # what waited for a word has lapsed
        if old.number != run.number:
            _forget(turn, old)
    if run.is_whole:
        for old in directories.in_state(RunState.OVER, run.platform):
            directories.forget(old.number)
    rooms = [run.conversation] if run.asked_by else rooms_of(turn, _admins(turn))
    if rooms:
        ask_for_word(turn, replace(request, conversation=request.conversation or rooms[0]), rooms)


def _with_those_waiting(turn: Turn, run: DirectoryRun, requests: Iterable[SettingsRequest]) -> DirectoryRun:
    """The run, which is gone on with where it is about some alone and would hide others who wait for a word: whoever
    left does not stay because somebody else was renamed. Where it is the whole directory that waits, or too many, the
    whole is read."""
    waiting = [one for one in (directories_of(turn).run(int(one.facts["run"])) for one in requests) if one]
    if run.users is None or not waiting:
        return run
    users = {*run.users}.union(*(one.users or () for one in waiting))
    again = replace(run, state=RunState.READING, due_at=turn.now, tries=0, questions=())
    if any(one.is_whole for one in waiting) or len(users) > MOST_LEFT:
        directories_of(turn).forget(run.number)
        return replace(again, users=None)
    return replace(again, users=tuple(sorted(users))) if users > {*run.users} else run


def failed(turn: Turn, run: DirectoryRun, why: str) -> None:
    """It cannot be read: whoever asked, or the admins, are told what to do; what was read is kept for a while."""
    directories = directories_of(turn)
    directories.keep(replace(run, state=RunState.FAILED, trouble=why))
    pages = len(directories.pages(run.number))
    facts = {"platform": turn.words(f"{run.platform}.name"), "why": why, "n": pages}
    text = turn.words("directory.failed" if pages else "directory.failed-at-once", **facts)
    for room in [run.conversation] if run.asked_by else rooms_of(turn, _admins(turn)):
        turn.uow.outbox.say(room, text, turn.now, f"directory:{run.platform}:{turn.today}:{run.number}:{pages}")






def _drawn(turn: Turn, request: SettingsRequest, *, moved_on: bool = False) -> SettingsRequest:
    """With what its card shows."""
    preview = preview_of(turn, request)
    lines = DirectoryLines(turn, preview)
    outside = preview.outside()[:OFFERED] if preview.only is None else []
    facts = {
        **request.facts,
        "change": lines.headline,
        "lines": "\n".join([*([turn.words("directory.moved-on")] if moved_on else []), *lines]),
        "outside": json.dumps([[unit.id, unit.name] for unit, _ in outside], ensure_ascii=False),
        "offers": "yes" if preview.offers and request.facts.get("managers") != "yes" else "",
        "seen": preview.seen,
    }
    return replace(request, facts=facts)


def _found(
    turn: Turn, requests: Iterable[SettingsRequest], names: Iterable[str], into: str
) -> Mapping[int, dict[str, str]]:
    """Departments of the directories by their names. Raises "sync-no-unit", "sync-many-units"."""
    previews = {request.number: preview_of(turn, request) for request in requests}
    choices: dict[int, dict[str, str]] = {number: {} for number in previews}
    for name in names:
        found = {number: preview.find_units(name) for number, preview in previews.items()}
        if not any(found.values()):
            raise Refused("sync-no-unit", unit=name)
        for number, units in found.items():
            if len(units) > 1:
                several = [f"{previews[number].name_of(one.parent)}·{one.name} {one.id}" for one in units]
                raise Refused("sync-many-units", unit=name, units=turn.words.list(several), example=units[0].id)
            choices[number] |= {one.id: into for one in units}
    return choices


def _takes_two(preview: Preview, person: str) -> bool:
    entry = next(one for one in preview.people if one["id"] == person)
    return bool({*roles_of(entry)} & TWO_ADMINS)


def _ask_for_guarded(
    turn: Turn, request: SettingsRequest, person: Person, guarded: Iterable[str]
) -> Iterable[str]:
    """A coordinator or admin who left takes a second admin's word; the last admin stays."""
    ask = Ask(person, request.conversation, "")
    for one in sorted(guarded):
        try:
            yield people.change_person(turn, ask, ChangePerson(one, active=False))
        except Refused as refused:
            yield turn.sentence(refused.refusal)


def _record_each(turn: Turn, preview: Preview, by: Person, guarded: frozenset[str]) -> None:
    """What is to be found later by a person's name: who left, moved, or is called otherwise."""
    found, words = preview.difference, turn.words
    names = {one["id"]: one["name"] for one in preview.people}
    for one in found.left:
        if one not in guarded:
            change = words("setting.of", name=names[one], what=words("setting.leaves"))
            record(turn, Kind.PEOPLE_LEFT, by.id, one, {"person": one, "change": change, "approved_by": ""})
    for one in found.parted:
        what = words("setting.parted", platform=words(f"{preview.platform}.name"))
        change = words("setting.of", name=names[one], what=what)
        record(turn, Kind.PEOPLE_CHANGED, by.id, one, {"person": one, "change": change, "approved_by": ""})
    for shift in found.moved:
        what = words("setting.move", department=preview.department_name(shift.now))
        change = words("setting.of", name=names[shift.person], what=what)
        told = {"person": shift.person, "change": change, "approved_by": ""}
        record(turn, Kind.PEOPLE_CHANGED, by.id, shift.person, told)
    for shift in found.renamed:
        change = words("setting.of", name=shift.was, what=words("setting.renamed", name=shift.now))
        told = {"person": shift.person, "change": change, "approved_by": ""}
        record(turn, Kind.PEOPLE_CHANGED, by.id, shift.person, told)


def _over(turn: Turn, request: SettingsRequest) -> None:
    run = directories_of(turn).run(int(request.facts["run"]))
    if run:
        _forget(turn, run)


def _forget(turn: Turn, run: DirectoryRun) -> None:
    directories = directories_of(turn)
    directories.keep(replace(run, state=RunState.OVER))
    if run.is_whole:
        directories.forget_people(run.number)
    else:
        directories.forget(run.number)


def _asked(run: DirectoryRun, asked_by: str, conversation: str) -> DirectoryRun:
    """The same for whoever asks now; what nobody asks for stays somebody's."""
    return replace(run, asked_by=asked_by, conversation=conversation) if asked_by else run


def _platforms(turn: Turn, command: ReadDirectory) -> list[str]:
    """Raises "no-directory"."""
    there = turn.environment.directories
    word = command.platform.lower()
    found = [one for one in there if word in ("", one, turn.words(f"{one}.name").lower())]
    if not found:
        raise Refused("no-directory", platforms=turn.words.list([turn.words(f"{one}.name") for one in there]) or "-")
    return found


def _admins(turn: Turn) -> list[str]:
    return [one.id for one in turn.organisation.with_role(Role.ADMIN)]
