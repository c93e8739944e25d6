"""Rules as they are in force, and those that act by themselves on what happens."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from cards.words.dates import moment
from handlers.govern.fences import Zones
from handlers.language import SwitchRule
from handlers.turn import Turn
from planning.control.events import Happening, Told, acting_on, by_whom
from planning.control.rules import Act, Event, Rule
from planning.control.triggers import MATERIALS
from planning.exceptions.finding import Code, Severity
from planning.exceptions.situation import Reminder
from planning.facts.forecast import Outlook
from planning.facts.progress import Progress
from planning.facts.report import Report, ReportKind
from planning.plan.item import Item, Status
from planning.plan.plan import Plan
from planning.readiness.goods import bring
from planning.readiness.shelf import Count
from storage.facts.counts import Counted

OF_PLACE = ""
"""The item of reports on a department."""


def all_rules(turn: Turn) -> list[Rule]:
    """Rules of the settings, as an admin has switched them in chat."""
    if not turn.environment.rules:
        return []
    switched = turn.uow.switches.all()
    return [
        replace(rule, enabled=switched[rule.id].enabled) if rule.id in switched else rule
        for rule in turn.environment.rules
    ]


def switch_told(turn: Turn, rule: str) -> str:
    """Who has switched a rule in chat, which wins over what its settings say, and how to switch it back; empty: nobody
    has."""
    switched = turn.uow.switches.all().get(rule)
    if switched is None:
        return ""
    words, at = turn.words, moment(switched.at, turn.environment.zone, turn.today)
    return words(
        "rule.switch-wins", state=words("rule.on" if switched.enabled else "rule.off"), at=at,
        name=turn.organisation.name_of(switched.by),
        command=turn.spell(SwitchRule(rule, not switched.enabled)),
    )  # fmt: skip


def acting_rules(turn: Turn) -> list[Rule]:
    return [rule for rule in all_rules(turn) if rule.act and rule.enabled]


def reminders(
    turn: Turn, plan: Plan, outlook: Outlook
) -> Callable[[Progress, Collection[Code]], Iterable[Reminder]] | None:
    """What these rules find of an item; None: there are none."""
    rules, zones, places = acting_rules(turn), Zones(turn, plan), standing_still(turn)
    if not rules:
        return None
    tables = told_by_tables(turn, plan, {rule.event for rule in rules})

    def of(progress: Progress, wrong: Collection[Code]) -> Iterator[Reminder]:
        item = progress.item
        forecast = outlook[item.code].dates.finish if progress.lives else item.finish
        calendar, place = outlook.calendar_of(item), places.get(item.department)
        of_tables = tables.get(item.code, Told())
        happening = Happening(progress, wrong, forecast, calendar, zones.of(item), turn.today, place, of_tables)
        for rule in acting_on(rules, happening):
            yield reminder(rule, happening)

    return of


def told_by_tables(turn: Turn, plan: Plan, events: Collection[Event]) -> Mapping[str, Told]:
    """What these events are about: goods that a count shows to have come, of the supply that was to come first, and
    what the newest import has moved later."""
    found: dict[str, Told] = {}
    if Event.MATERIAL_DELAY in events and (number := turn.uow.revisions.newest_import()):
        for code, days in turn.uow.revisions.moved_later(number).items():
            if code in plan.items and plan.items[code].type in MATERIALS:
                found[code] = Told(revision=number, later=days)
    if Event.MATERIAL_ARRIVAL in events:
        for code, count in shown_to_come(turn, plan, turn.uow.counts.surpluses()):
            found[code] = replace(found.get(code, Told()), count=count.as_of.isoformat())
    return found


def shown_to_come(turn: Turn, plan: Plan, counted: Iterable[Counted]) -> Iterator[tuple[str, Count]]:
    """The supply that each of these counts shows to have come: of what was bought and is not all there the first; none
    once somebody has said since what came."""
    network = turn.environment.networks.of(plan)
    for one in counted:
        supplies = [item for item in bring(network, one.count.product) if item.type in MATERIALS]
        words = turn.uow.reports.words_of([item.code for item in supplies])
        if any(word.at > one.at for said in words.values() for word in said if word.kind is ReportKind.ARRIVAL):
            continue
        still = [item for item in supplies if not item.status.is_over]
        if still:
            yield min(still, key=lambda item: (item.finish, item.code)).code, one.count


def standing_still(turn: Turn) -> Mapping[str, Report]:
    """The last that was said of each department that stands still, or whose goods are held back."""
    return {word.department: word for word in turn.uow.reports.words_of([OF_PLACE]).get(OF_PLACE, ())}


def stands_still(item: Item, department: str) -> bool:
    """Check whether it stands still with the department: what is in progress there."""
    return bool(department) and item.department == department and item.status is Status.IN_PROGRESS


def reminder(rule: Rule, one: Happening) -> Reminder:
    """What a rule that acts has found; what only informs or asks is no more than noted."""
    severity = Severity.HIGH if rule.act is Act.EXCEPTION else Severity.INFO
    later = {"forecast": one.forecast.isoformat()} if one.days > one.told.later else {}
    return Reminder(rule.id, severity, {"event": rule.event.value, **later, **by_whom(rule.event, one)})
