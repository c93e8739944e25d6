"""Several plans in one deployment: the settings of each of them, and what has to hold between them."""

from collections import Counter
from collections.abc import Iterable, Iterator

from bot.settings.governing import FenceSettings, RuleSettings
from bot.settings.mistake import Finding
from bot.settings.model import PlanSettings, ServedPlan, Settings, SourceSettings, Syncing
from planning.control.policy import AFFECTED
from planning.people.organisation import Role
from planning.people.principal import Principal


def of_each_plan(settings: Settings) -> tuple[Settings, ...]:
    """The settings of each plan, as if it were alone: its departments, their people and its guests, and the rules and
    fences that are about it."""
    return tuple(_of_plan(settings, plan) for plan in settings.plans) or (settings,)


def _of_plan(settings: Settings, plan: ServedPlan) -> Settings:
    ours = {*plan.departments}
    guests = {*plan.guests}
    return settings.model_copy(
        update={
            "plan": PlanSettings(id=plan.id, name=plan.name),
            "departments": tuple(one for one in settings.departments if one.id in ours),
            "people": tuple(one for one in settings.people if one.department in ours or one.id in guests),
            "rules": tuple(rule for rule in settings.rules if asked_by_rule(rule) <= ours),
            "fences": tuple(fence for fence in settings.fences if _is_about(fence, ours)),
            "sync": _sync_of(settings, plan),
            "sources": tuple(source for source in settings.sources if _speaks_to(settings, source, plan)),
        }
    )


def _speaks_to(settings: Settings, source: SourceSettings, plan: ServedPlan) -> bool:
    """A token speaks to the plans it is for, everything else to all."""
    who = Principal.parse(source.id)
    return not any(one.plans and plan.id not in one.plans for one in settings.api.tokens if who == one.principal)


def _sync_of(settings: Settings, plan: ServedPlan) -> Syncing | None:
    """The sync card is of the plan in whose conversation it stands."""
    homes = {one.conversation for one in settings.departments if one.id in plan.departments}
    return settings.sync if settings.sync and settings.sync.conversation in homes else None


def asked_by_rule(rule: RuleSettings) -> set[str]:
    """The departments that a rule names."""
    return _departments((*rule.asked, *rule.inform))


def named_by_fence(fence: FenceSettings) -> set[str]:
    return _departments(fence.approvals) | {*fence.scope.departments}


def _is_about(fence: FenceSettings, ours: set[str]) -> bool:
    of_theirs = not fence.scope.departments or bool(ours.intersection(fence.scope.departments))
    return of_theirs and _departments(fence.approvals) <= ours


def _departments(approvals: Iterable[str]) -> set[str]:
    return {one for one in approvals if one != AFFECTED and not Principal.parse(one).is_role}


def findings(settings: Settings) -> Iterator[Finding]:
    plans = settings.plans
    known = [plan.id for plan in plans]
    yield from _tokens(settings, known)
    if not plans:
        return
    if "plan" in settings.model_fields_set:
        yield Finding.at("plan", code="plan_and_plans")
    for n, plan in enumerate(plans):
        for what, value, earlier in (("id", plan.id, known[:n]), ("name", plan.name, [p.name for p in plans[:n]])):
            if value in earlier:
                first = f"plans[{earlier.index(value)}].{what}"
                yield Finding.at("plans", n, what, code="duplicate", what=what, value=value, first=first)
    yield from _homes(settings)
    yield from _guests(settings)
    yield from _conversations(settings)
    yield from _deputies(settings)
    yield from _governing(settings)


def without_coordinator(settings: Settings) -> Iterator[Finding]:
    """Warn of plans in which nobody runs the queue."""
    for n, one in enumerate(of_each_plan(settings)):
        if not one.organisation().with_role(Role.COORDINATOR):
            yield Finding.at("plans", n, code="warn_plan_no_coordinator", plan=one.plan.name)


def _homes(settings: Settings) -> Iterator[Finding]:
    """Every department belongs to one plan."""
    departments = [department.id for department in settings.departments]
    listed = Counter(one for plan in settings.plans for one in plan.departments)
    for n, plan in enumerate(settings.plans):
        for place, one in enumerate(plan.departments):
            if one not in departments:
                known = "、".join(departments) or "-"
                yield Finding.at("plans", n, "departments", place, code="no_such_department", known=known)
            elif listed[one] > 1:
                yield Finding.at("plans", n, "departments", place, code="plan_department_twice", department=one)
    for n, one in enumerate(departments):
        if one not in listed:
            known = ", ".join(plan.id for plan in settings.plans)
            yield Finding.at("departments", n, code="plan_of_no_department", department=one, known=known)


def _guests(settings: Settings) -> Iterator[Finding]:
    homes = {person.id: person.department for person in settings.people}
    for n, plan in enumerate(settings.plans):
        for place, guest in enumerate(plan.guests):
            if guest not in homes:
                yield Finding.at("plans", n, "guests", place, code="no_such_person", deputy=guest)
            elif homes[guest] in plan.departments:
                yield Finding.at("plans", n, "guests", place, code="plan_own_guest", person=guest)


def _conversations(settings: Settings) -> Iterator[Finding]:
    """A conversation belongs to one plan."""
    homes = _plan_of(settings)
    first: dict[str, str] = {}
    for n, department in enumerate(settings.departments):
        plan = homes.get(department.id)
        if not department.conversation or plan is None:
            continue
        other = first.setdefault(department.conversation, plan)
        if other != plan:
            yield Finding.at("departments", n, "conversation", code="plan_conversation", plan=plan, other=other)


def _deputies(settings: Settings) -> Iterator[Finding]:
    """Whoever stands in for somebody takes part in the same plan."""
    for one in of_each_plan(settings):
        there = {person.id for person in one.people}
        everybody = {person.id for person in settings.people}
        ours = {department.id for department in one.departments}
        for n, person in enumerate(settings.people):
            if person.department in ours and person.deputy in everybody - there:
                facts = {"person": person.deputy, "plan": one.plan.id}
                yield Finding.at("people", n, "deputy", code="plan_of_others", **facts)
        for n, department in enumerate(settings.departments):
            if department.id in ours and department.manager in everybody - there:
                facts = {"person": department.manager, "plan": one.plan.id}
                yield Finding.at("departments", n, "manager", code="plan_of_others", **facts)


def _governing(settings: Settings) -> Iterator[Finding]:
    """A rule or a fence names departments of one plan."""
    homes = _plan_of(settings)
    named = [(("rules", n), asked_by_rule(rule)) for n, rule in enumerate(settings.rules)]
    named += [(("fences", n), named_by_fence(fence)) for n, fence in enumerate(settings.fences)]
    for place, departments in named:
        plans = sorted({homes[one] for one in departments if one in homes})
        if len(plans) > 1:
            yield Finding.at(*place, code="plan_rule", plans=", ".join(plans))


def _tokens(settings: Settings, known: list[str]) -> Iterator[Finding]:
    there = known or [settings.plan.id]
    for n, token in enumerate(settings.api.tokens):
        for place, plan in enumerate(token.plans):
            if plan not in there:
                yield Finding.at("api", "tokens", n, "plans", place, code="no_such_plan", known=", ".join(there))


def _plan_of(settings: Settings) -> dict[str, str]:
    """Plan by department."""
    return {department: plan.id for plan in settings.plans for department in plan.departments}
