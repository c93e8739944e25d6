"""What fences and rules must hold against the rest of the settings: ids once, departments that exist."""

from collections.abc import Iterable, Iterator

from bot.settings.mistake import Finding, key_path
from bot.settings.model import Settings
from planning.condition_types import BadCondition
from planning.policy import AFFECTED, ROLE

Path = tuple[str | int, ...]


def findings(settings: Settings) -> Iterator[Finding]:
    yield from _once("fences", [fence.id for fence in settings.fences])
    yield from _once("rules", [rule.id for rule in settings.rules])
    known = [department.id for department in settings.departments]
    for n, fence in enumerate(settings.fences):
        place: Path = ("fences", n)
        yield from _unknown((*place, "approvals"), fence.approvals, known)
        yield from _unknown((*place, "scope", "departments"), fence.scope.departments, known)
    for n, rule in enumerate(settings.rules):
        yield from _unknown(("rules", n, "inform"), rule.inform, known)
        try:
            rule.rule()
        except BadCondition as bad:
            code = bad.code.replace("-", "_")
            yield Finding(("rules", n, "when"), code, {"rule": rule.id, **bad.facts})


def _once(section: str, ids: list[str]) -> Iterator[Finding]:
    for n, one in enumerate(ids):
        if (first := ids.index(one)) < n:
            where = key_path((section, first, "id"))
            yield Finding.at(section, n, "id", code="duplicate", what="id", value=one, first=where)


def _unknown(path: Path, wanted: Iterable[str], known: list[str]) -> Iterator[Finding]:
    for n, one in enumerate(wanted):
        if one not in known and one != AFFECTED and not one.startswith(ROLE):
            facts = {"department": one, "known": "、".join(known) or "-"}
            yield Finding.at(*path, n, code="no_such_scope_department", **facts)
