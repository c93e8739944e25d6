"""Checks of `authority` and `masked` against the rest of the settings: holders, departments and columns."""

from collections.abc import Iterable, Iterator

from bot.settings.authority import columns
from bot.settings.mistake import Finding, key_path
from bot.settings.model import Settings
from bot.tables.columns import ITEMS, by_header
from bot.tables.vocabulary import folded
from planning.control.authority import DEPARTMENT, PERSON
from planning.control.permissions import MASKED, READ, WRITE
from planning.people.organisation import Role
from planning.people.principal import ANY_TOKEN, Principal

Path = tuple[str | int, ...]


def findings(settings: Settings) -> Iterator[Finding]:
    for n, grant in enumerate(settings.authority or ()):
        yield from _holder(settings, ("authority", n, "who"), grant.who)
        yield from _departments(settings, ("authority", n, "departments"), grant.departments)
    for n, declaring in enumerate(settings.emergencies or ()):
        yield from _holder(settings, ("emergencies", n, "who"), declaring.who)
        yield from _departments(settings, ("emergencies", n, "departments"), declaring.departments)
    if settings.authority == ():
        yield Finding.at("authority", code="authority_empty")
    for n, mask in enumerate(settings.masked or ()):
        yield from _departments(settings, ("masked", n, "departments"), mask.departments)
    yield from _columns(settings)


def warnings(settings: Settings) -> Iterator[Finding]:
    """Grants that nobody holds, and tokens whose scopes come to nothing."""
    for n, held in enumerate(settings.authority or ()):
        who = held.who.removeprefix(DEPARTMENT)
        if who == str(Principal.of_role(Role.VIEWER)):
            yield Finding.at("authority", n, "who", code="warn_viewer_grant")
        elif who in {d.id for d in settings.departments} and not _plans(settings, who):
            yield Finding.at("authority", n, "who", code="warn_no_planner", name=who)
    granted = None if settings.authority is None else {Principal.parse(grant.who) for grant in settings.authority}
    for n, token in enumerate(settings.api.tokens):
        holders = (ANY_TOKEN, Principal.of_token(token.name))
        if WRITE in token.scopes and granted is not None and granted.isdisjoint(holders):
            yield Finding.at("api", "tokens", n, code="warn_no_grant", name=token.name)
        if MASKED in token.scopes and READ not in token.scopes:
            yield Finding.at("api", "tokens", n, code="warn_masked_alone", name=token.name)


def _plans(settings: Settings, department: str) -> bool:
    return any(person.department == department and Role.PLANNER in person.roles for person in settings.people)


def _holder(settings: Settings, path: Path, who: str) -> Iterator[Finding]:
    departments, people = {d.id for d in settings.departments}, {p.id for p in settings.people}
    tokens = {Principal.of_token(token.name) for token in settings.api.tokens}
    known = {*map(str, (ANY_TOKEN, *tokens)), *departments, *people}
    known |= {f"{DEPARTMENT}{one}" for one in departments} | {f"{PERSON}{one}" for one in people}
    if who in departments & people:
        yield Finding.at(*path, code="holder_both", who=who)
    elif who not in known and not Principal.parse(who).is_role:
        yield Finding.at(*path, code="no_such_holder", who=who)


def _departments(settings: Settings, path: Path, wanted: Iterable[str]) -> Iterator[Finding]:
    known = [department.id for department in settings.departments]
    for n, one in enumerate(wanted):
        if one not in known:
            facts = {"department": one, "known": "、".join(known) or "-"}
            yield Finding.at(*path, n, code="no_such_scope_department", **facts)


def _columns(settings: Settings) -> Iterator[Finding]:
    """Reject columns masked twice, and the plan's own columns, which people decide by."""
    first: dict[str, str] = {}
    known = by_header(ITEMS)
    for (n, place), column in columns(settings.masked or ()):
        path: Path = ("masked", n, "fields", place)
        if folded(column) in known:
            yield Finding.at(*path, code="masked_known", column=column)
        elif folded(column) in first:
            yield Finding.at(*path, code="duplicate", what="fields", value=column, first=first[folded(column)])
        first.setdefault(folded(column), key_path(path))
