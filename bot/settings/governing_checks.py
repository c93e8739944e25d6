"""Checks of fences, rules and shadow against the rest of the settings: ids stand once, departments exist,
conditions can hold. A fence that protects nothing, or a rule that never fires, must not look as if it did."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from bot.settings.governing import FenceSettings, RuleSettings
from bot.settings.mistake import Finding, key_path
from bot.settings.model import Settings
from bot.tables.vocabulary import TYPES, folded
from planning.control.condition_types import BadCondition
from planning.control.fences import FenceKind
from planning.control.policy import AFFECTED
from planning.control.rules import VALUES, Class, Event
from planning.people.principal import Principal

Path = tuple[str | int, ...]


def findings(settings: Settings) -> Iterator[Finding]:
    yield from _once("fences", [fence.id for fence in settings.fences])
    yield from _once("rules", [rule.id for rule in settings.rules])
    yield from _once("reason_types", [reason.code for reason in settings.reason_types], "code")
    known = [department.id for department in settings.departments]
    for n, fence in enumerate(settings.fences):
        place: Path = ("fences", n)
        yield from _special((*place, "approvals"), fence.approvals, known)
        yield from _departments((*place, "scope", "departments"), fence.scope.departments, known)
    yield from _departments(("shadow", "departments"), settings.shadow.departments, known)
    values = {**VALUES, "item.department": (*known, ""), "proposer.department": (*known, "")}
    for n, rule in enumerate(settings.rules):
        yield from _departments(("rules", n, "inform"), rule.inform, known)
        yield from _condition(("rules", n, "when"), rule, values)


def warnings(settings: Settings, today: date) -> Iterator[Finding]:
    for n, fence in enumerate(settings.fences):
        yield from _unknown_types(("fences", n, "scope", "types"), fence.scope.types, settings.locale)
        yield from _over(("fences", n, "to"), fence, today)
    for n, grant in enumerate(settings.authority or ()):
        yield from _unknown_types(("authority", n, "types"), grant.types, settings.locale)
    for n, declaring in enumerate(settings.emergencies or ()):
        yield from _unknown_types(("emergencies", n, "types"), declaring.types, settings.locale)
    for n, reason in enumerate(settings.reason_types):
        yield from _unknown_types(("reason_types", n, "types"), reason.types, settings.locale)
    for n, rule in enumerate(settings.rules):
        yield from _unknown_types(("rules", n, "when"), _words(rule, "item.type"), settings.locale)
        if rule.klass is Class.STANDARD and rule.deadline_hours is not None:
            yield Finding.at("rules", n, "deadline_hours", code="warn_standard_deadline", rule=rule.id)
    yield from _unreachable(settings.rules)


def _unknown_types(path: Path, types: Iterable[str], locale: str) -> Iterator[Finding]:
    """Warn of unknown types; they are only probably misspelt, as an import may have types of its own."""
    for one in types:
        if one not in TYPES.meanings.values():
            yield Finding.at(*path, code="warn_item_type", type=one, known=TYPES.listed(locale))


def _condition(path: Path, rule: RuleSettings, values: Mapping[str, tuple[str, ...]]) -> Iterator[Finding]:
    try:
        when = rule.rule().when
    except BadCondition as bad:
        yield Finding(path, bad.code.replace("-", "_"), {"rule": rule.id, **bad.facts})
        return
    for fact, word in when.words if when else ():
        known = values.get(fact) or _types_meant(fact, word)
        if known and word not in known:
            facts = {"rule": rule.id, "fact": fact, "found": word, "known": ", ".join(filter(None, known))}
            yield Finding(path, "condition_word", facts)


def _types_meant(fact: str, word: str) -> tuple[str, ...]:
    """Types meant by a word: an import has turned 生产 into production before any rule sees it."""
    meant = TYPES.meanings.get(folded(word)) if fact == "item.type" else None
    return (meant,) if meant else ()


def _words(rule: RuleSettings, fact: str) -> Iterator[str]:
    when = rule.rule().when
    return (word for said, word in (when.words if when else ()) if said == fact)


def _over(path: Path, fence: FenceSettings, today: date) -> Iterator[Finding]:
    if fence.kind is FenceKind.WINDOW and fence.last and fence.last < today:
        yield Finding(path, "warn_fence_past", {"fence": fence.name or fence.id, "last": fence.last.isoformat()})


def _unreachable(rules: tuple[RuleSettings, ...]) -> Iterator[Finding]:
    """Rules after one that fires whatever the change is."""
    catching = (n for n, rule in enumerate(rules) if rule.enabled and _catches_all(rule))
    first = next(catching, len(rules))
    for n, rule in enumerate(rules[first + 1 :], first + 1):
        if rule.act:
            continue
        yield Finding.at("rules", n, code="warn_unreachable_rule", rule=rule.id, first=rules[first].id)


def _catches_all(rule: RuleSettings) -> bool:
    return rule.event is Event.ANY and rule.when in ("", "true") and not rule.reasons


def _once(section: str, ids: list[str], key: str = "id") -> Iterator[Finding]:
    """Find ids that stand twice; in chat their case does not count."""
    folded = [one.casefold() for one in ids]
    for n, one in enumerate(folded):
        if (first := folded.index(one)) < n:
            where = key_path((section, first, key))
            yield Finding.at(section, n, key, code="duplicate", what=key, value=ids[n], first=where)


def _special(path: Path, wanted: Iterable[str], known: list[str]) -> Iterator[Finding]:
    """Check a special approval: departments exist, and `affected`, who are asked anyway, is not among them."""
    for n, one in enumerate(wanted):
        if one == AFFECTED:
            yield Finding.at(*path, n, code="fence_affected")
        elif not Principal.parse(one).is_role:
            yield from _departments(path, [one], known, n)


def _departments(path: Path, wanted: Iterable[str], known: list[str], start: int = 0) -> Iterator[Finding]:
    for n, one in enumerate(wanted, start):
        if one not in known:
            facts = {"department": one, "known": "、".join(known) or "-"}
            yield Finding.at(*path, n, code="no_such_scope_department", **facts)
