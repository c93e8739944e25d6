"""Checks between settings: ids are unique, names lead somewhere, platforms are there."""

from collections.abc import Iterable, Iterator
from datetime import date

from bot.settings import approving_checks, authority_checks, governing_checks, plans, templates_checks
from bot.settings.mistake import Finding, key_path
from bot.settings.model import Settings
from bot.settings.platforms import InBoth, listed
from handlers.platforms import prefix_of
from planning.people.organisation import Role
from planning.people.principal import Principal
from planning.plan.calendar import BUILT_IN
from planning.rhythm.sync import ENDS as SYNC_ENDS

Path = tuple[str | int, ...]


def findings(settings: Settings) -> Iterator[Finding]:
    """Mistakes that make these settings unusable."""
    yield from _duplicates(settings)
    yield from _loose_ends(settings)
    yield from _conversations_without_platform(settings)
    yield from _calendars(settings)
    yield from governing_checks.findings(settings)
    yield from approving_checks.findings(settings)
    yield from authority_checks.findings(settings)
    yield from templates_checks.findings(settings)
    yield from _deputies(settings)
    yield from _sources(settings)
    yield from _sync(settings)
    yield from plans.findings(settings)
    yield from settings.escalation.findings()


def warnings(settings: Settings, today: date) -> Iterator[Finding]:
    """Settings that work but are probably not meant."""
    names = [platform.name for platform in settings.platforms]
    if not any(settings.set_up()):
        neither = InBoth(listed(names, "、", " 和 "), " nor ".join(names))
        yield Finding.at(code="warn_no_platform", platforms=neither)
    yield from _quiet_departments(settings)
    yield from settings.escalation.warnings()
    yield from approving_checks.warnings(settings)
    yield from governing_checks.warnings(settings, today)
    yield from authority_checks.warnings(settings)
    shadow = settings.shadow
    if shadow.everything and (shadow.departments or shadow.products):
        yield Finding.at("shadow", "all", code="warn_shadow_all")
    if settings.people and not settings.organisation().with_role(Role.COORDINATOR):
        yield Finding.at("people", code="warn_no_coordinator")
    elif settings.plans:
        yield from plans.without_coordinator(settings)
    deciding = {Role.APPROVER, Role.PLANNER, Role.COORDINATOR, Role.ADMIN}
    for n, person in enumerate(settings.people):
        if person.active and deciding & set(person.roles) and not person.identities:
            either = InBoth(listed(names, "、", " 或 "), listed(names, ", ", " or "))
            yield Finding.at("people", n, code="warn_unreachable", name=person.name, platforms=either)


def _duplicates(settings: Settings) -> Iterator[Finding]:
    people, departments, tokens = settings.people, settings.departments, settings.api.tokens
    yield from _repeated("id", ((("departments", n, "id"), d.id) for n, d in enumerate(departments)))
    yield from _repeated("name", ((("departments", n, "name"), d.name) for n, d in enumerate(departments)))
    yield from _repeated("id", ((("people", n, "id"), p.id) for n, p in enumerate(people)))
    for platform in settings.platforms:
        users = [p.identities.get(platform.name, "") for p in people]
        yield from _repeated(platform.name, ((("people", n, platform.name), user) for n, user in enumerate(users)))
    of_directory = (
        (("departments", n, "directory"), unit) for n, d in enumerate(departments) for unit in d.directory
    )
    yield from _repeated("directory", of_directory)
    yield from _repeated("name", ((("api", "tokens", n, "name"), t.name) for n, t in enumerate(tokens)))
    own = ((n, calendar.name) for n, calendar in enumerate(settings.calendars) if calendar.name not in BUILT_IN)
    yield from _repeated("name", ((("calendars", n, "name"), name) for n, name in own))


def _repeated(what: str, values: Iterable[tuple[Path, str]]) -> Iterator[Finding]:
    first: dict[str, Path] = {}
    for path, value in values:
        if value and value in first:
            yield Finding.at(*path, code="duplicate", what=what, value=value, first=key_path(first[value]))
        first.setdefault(value, path)


def _loose_ends(settings: Settings) -> Iterator[Finding]:
    departments = {department.id for department in settings.departments}
    for n, person in enumerate(settings.people):
        if person.department not in departments:
            known = "、".join(sorted(departments)) or "-"
            yield Finding.at("people", n, "department", code="no_such_department", known=known)


def _calendars(settings: Settings) -> Iterator[Finding]:
    names = [calendar.name for calendar in settings.calendars]
    for n, name in enumerate(names):
        if name in BUILT_IN:
            yield Finding.at("calendars", n, "name", code="calendar_built_in", name=name)
    known = (*BUILT_IN, *names)
    if settings.calendar not in known:
        yield Finding.at("calendar", code="no_such_calendar", known=", ".join(known))
    for n, department in enumerate(settings.departments):
        if department.calendar and department.calendar not in known:
            yield Finding.at("departments", n, "calendar", code="no_such_calendar", known=", ".join(known))


def _deputies(settings: Settings) -> Iterator[Finding]:
    people = {person.id for person in settings.people}
    for n, person in enumerate(settings.people):
        if person.deputy and (person.deputy not in people or person.deputy == person.id):
            code = "own_deputy" if person.deputy == person.id else "no_such_person"
            yield Finding.at("people", n, "deputy", code=code, deputy=person.deputy)


def _sources(settings: Settings) -> Iterator[Finding]:
    yield from _repeated("id", ((("sources", n, "id"), source.id) for n, source in enumerate(settings.sources)))
    people, tokens = ({one.id for one in settings.people}, {one.name for one in settings.api.tokens})
    for n, source in enumerate(settings.sources):
        who = Principal.parse(source.id)
        if who.is_token and who.id not in tokens:
            yield Finding.at("sources", n, "id", code="no_such_token", name=who.id)
        if source.owner and source.owner not in people:
            yield Finding.at("sources", n, "owner", code="no_such_person", deputy=source.owner)


def _conversations_without_platform(settings: Settings) -> Iterator[Finding]:
    sections = {way.prefix: way.section for platform in settings.platforms for way in platform.ways}
    for n, department in enumerate(settings.departments):
        if department.conversation:
            section = sections[prefix_of(department.conversation)]
            if not settings.section(section):
                yield Finding.at("departments", n, "conversation", code="platform_missing", section=section)


def _quiet_departments(settings: Settings) -> Iterator[Finding]:
    there = [person for person in settings.people if person.active]
    deciders = {person.department for person in there if Role.APPROVER in person.roles}
    people = {person.id for person in there}
    first: dict[str, str] = {}
    for n, department in enumerate(settings.departments):
        place, name = ("departments", n), department.name
        if department.manager and department.manager not in people:
            yield Finding.at(*place, code="warn_no_manager", name=name, manager=department.manager)
        if not department.conversation:
            yield Finding.at(*place, code="warn_no_conversation", name=name)
            continue
        if department.id not in deciders:
            yield Finding.at(*place, code="warn_no_approver", name=name)
        other = first.setdefault(department.conversation, name)
        if other != name:
            yield Finding.at(*place, code="warn_shared_conversation", name=name, other=other)


def _sync(settings: Settings) -> Iterator[Finding]:
    sync = settings.sync
    if sync is None:
        return
    people = {person.id for person in settings.people}
    for seat, person in sync.signatories.items():
        if person not in people:
            yield Finding.at("sync", "signatories", seat, code="no_such_person", deputy=person)
    if len({*sync.signatories.values()}) < len(sync.signatories):
        yield Finding.at("sync", "signatories", code="sync_one_person")
    if not sync.time < sync.deadline < SYNC_ENDS:
        yield Finding.at("sync", "deadline", code="sync_deadline", ends=SYNC_ENDS)
    if not any(department.conversation == sync.conversation for department in settings.departments):
        yield Finding.at("sync", "conversation", code="sync_conversation")
