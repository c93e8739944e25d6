"""Rules as they are in force, and those that act by themselves on what happens."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace

from handlers.govern.fences import Zones
from handlers.turn import Turn
from planning.control.events import Happening, acting_on
from planning.control.rules import Act, Rule
from planning.exceptions.finding import Code, Severity
from planning.exceptions.situation import Reminder
from planning.facts.forecast import Outlook
from planning.facts.progress import Progress
from planning.plan.plan import Plan


def all_rules(turn: Turn) -> list[Rule]:
    """Rules of the settings, as an admin has switched them in chat."""
    if not turn.environment.rules:
        return []
    switched = turn.uow.switches.all()
    return [
        replace(rule, enabled=switched[rule.id].enabled) if rule.id in switched else rule
        for rule in turn.environment.rules
    ]


def acting_rules(turn: Turn) -> list[Rule]:
    return [rule for rule in all_rules(turn) if rule.act and rule.enabled]


def reminders(
    turn: Turn, plan: Plan, outlook: Outlook
) -> Callable[[Progress, Collection[Code]], Iterable[Reminder]] | None:
    """What these rules find of an item; None: there are none."""
    rules, zones = acting_rules(turn), Zones(turn, plan)
    if not rules:
        return None

    def of(progress: Progress, wrong: Collection[Code]) -> Iterator[Reminder]:
        item = progress.item
        forecast = outlook[item.code].dates.finish if progress.lives else item.finish
        happening = Happening(progress, wrong, forecast, outlook.calendar_of(item), zones.of(item), turn.today)
        for rule in acting_on(rules, happening):
            yield reminder(rule, happening)

    return of


def reminder(rule: Rule, one: Happening) -> Reminder:
    """What a rule that acts has found; what only informs or asks is no more than noted."""
    severity = Severity.HIGH if rule.act is Act.EXCEPTION else Severity.INFO
    later = {"forecast": one.forecast.isoformat()} if one.days > 0 else {}
    said = {"report": one.progress.words[-1].no} if one.progress.words else {}
    return Reminder(rule.id, severity, {"event": rule.event.value, **later, **said})
