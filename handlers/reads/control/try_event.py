"""规则 试算 of an event: which rules would act on it, on which items, and what each would do; nothing is written."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from cards.lines.report import told
from cards.markdown import body
from cards.words.dates import day
from handlers.govern.exception_people import people_of
from handlers.govern.exceptions import situation_of, touched_in
from handlers.govern.facts import outlook_if, outlook_of, progress_of, promised_in
from handlers.govern.fences import Zones
from handlers.govern.rule_acts import asked_for, asked_of, informed
from handlers.govern.rules import all_rules, reminder, reminders, stands_still
from handlers.govern.said import Confirmed, check, report_of_place, reports_in
from handlers.language import Edge, Move, find_item
from handlers.language.commands.reporting import ReportHold, ReportStop
from handlers.language.commands.trying import ComesAbout, Reporting, TryEvent
from handlers.reads.control.list_rules import told as told_to
from handlers.reads.control.try_rules import Looked, looked_at
from handlers.turn import Ask, Turn
from planning.control.events import Happening, acting_on, facts_of
from planning.control.rules import Act, Event, Rule, look
from planning.exceptions.conditions import find, helping
from planning.exceptions.episode import Episode, State
from planning.exceptions.finding import Code, Finding, Key
from planning.facts.booking import require_open
from planning.facts.consequence import change_for
from planning.facts.cover import cover_for
from planning.facts.forecast import Outlook
from planning.facts.report import BOOKS_NOTHING, Report, ReportKind
from planning.people.organisation import Department
from planning.plan.item import Item
from planning.plan.operation import Op
from planning.plan.plan import Plan
from planning.plan.timetable import Timetable
from planning.refusal import Refused

SURE = Confirmed(over=True, again=True, enough=True)
"""What would be asked back is no matter of rules."""
MOST = 8
"""Items behind it that are told."""
_WRONG: Mapping[Event, Code] = {Event.OVERDUE: Code.OVERDUE, Event.SHORTAGE: Code.SHORT}


@dataclass(frozen=True, slots=True)
class Imagined:
    """An item to which something happens: with reports, or as something `wrong`."""

    item: Item
    said: Sequence[Report] = ()
    wrong: Code | None = None
    place: Report | None = None
    """What is said of its department."""
    until: date | None = None
    """The day it would be finished then, or its goods would come; None: as it looks today."""


def try_event(turn: Turn, ask: Ask, command: TryEvent) -> str:
    """Tell what the rules that act by themselves would do. What cannot happen says why, and nothing else."""
    plan, event = turn.plan(), command.inner
    if isinstance(event, ReportStop | ReportHold) and (department := turn.organisation.find_department(event.place)):
        return _of_department(turn, ask, plan, department, event)
    item = find_item(plan, event.place if isinstance(event, ReportStop | ReportHold) else event.item)
    headline = f"{item.code} {item.title}"
    try:
        one = _imagined(turn, ask, plan, item, event)
    except Refused as refused:
        return _page(turn, headline, refusal=turn.sentence(refused.refusal))
    rules = [rule for rule in all_rules(turn) if rule.act]
    outlook = outlook_if(turn, plan, item.code, one.said)
    happening, helps = _happening(turn, plan, one, outlook)
    drafts = _asks_for_change(turn, plan, outlook, one)
    acts = [_act(turn, item, rule, _finding(one, happening, helps, rule), is_drafted=drafts)
            for rule in acting_on(rules, happening)]  # fmt: skip
    behind = [_act(turn, plan.items[found.key.item], rule, found, about=_about(turn, plan, found))
              for found, rule in _behind(turn, plan, item, outlook, rules)]  # fmt: skip
    what = _what(turn, one, event)
    return _page(turn, headline, what=what, happening=happening, rules=rules, acts=acts, behind=behind)


def _of_department(
    turn: Turn, ask: Ask, plan: Plan, department: Department, event: ReportStop | ReportHold
) -> str:
    """It happens to all that runs there; each rule acts once on all of it."""
    report = report_of_place(turn, ask, None, department.id, event)
    running = [item for item in plan.items.values() if stands_still(item, department.id)]
    if not running:
        return _page(turn, department.name, refusal=turn.words("rule.trial.nothing-runs", name=department.name))
    rules = [rule for rule in all_rules(turn) if rule.act]
    hit: dict[str, list[tuple[Imagined, Finding]]] = {}
    outlook = outlook_of(turn, plan, [item.code for item in running])
    for one in (Imagined(item, place=report) for item in running):
        happening, helps = _happening(turn, plan, one, outlook)
        for rule in acting_on(rules, happening):
            hit.setdefault(rule.id, []).append((one, _finding(one, happening, helps, rule)))
    acts = []
    for rule in rules:
        for one, found in hit.get(rule.id, ())[:1]:
            more = turn.words("exception.with", n=len(hit[rule.id]) - 1) if len(hit[rule.id]) > 1 else ""
            acts.append(_act(turn, one.item, rule, found, about=_about(turn, plan, found) + more))
    what = told(turn.words, report, turn.today)
    return _page(turn, department.name, what=what, happening=happening, rules=rules, acts=acts)


def _page(
    turn: Turn, headline: str, *, what: str = "", refusal: str = "", happening: Happening | None = None,
    rules: Sequence[Rule] = (), acts: Sequence[str] = (), behind: Sequence[str] = (),
) -> str:  # fmt: skip
    facts = _facts(turn, happening) if happening else ""
    looked = _looked(turn, rules, happening) if happening else []
    return body(
        turn.words.locale, "rule-trial-event", headline=headline, what=what, refusal=refusal, facts=facts,
        looked=looked, lines=[*acts, *behind[:MOST]], more=len(behind) - MOST, rules=bool(rules),
    )  # fmt: skip


def _imagined(turn: Turn, ask: Ask, plan: Plan, item: Item, event: Reporting | ComesAbout) -> Imagined:
    """Raises Refused for what cannot be reported of it."""
    if isinstance(event, ComesAbout):
        return _coming_about(turn, ask, plan, item, event)
    if isinstance(event, ReportStop | ReportHold):
        said = report_of_place(turn, ask, item, "", event)
        require_open(item, said.kind)
        return Imagined(item, [said])
    today = turn.day_of(ask.said_at)
    return Imagined(item, [check(turn, plan, one, today, SURE) for one in reports_in(turn, ask, plan, item, event)])


def _coming_about(turn: Turn, ask: Ask, plan: Plan, item: Item, event: ComesAbout) -> Imagined:
    """Goods are late because somebody says when they come; the others nobody says."""
    calendar = Timetable(plan).of(item)
    if event.event is Event.MATERIAL_DELAY:
        require_open(item, ReportKind.ARRIVAL)
        until = event.until or calendar.add(max(item.finish, turn.today), event.days or 1)
        said = Report("", item.code, ReportKind.EXPECTED, turn.today, turn.now, expected=until, by=ask.person.id)
        return Imagined(item, [said], until=until)
    require_open(item, ReportKind.STOP)
    if item.status.is_over:
        raise Refused("report-done", item=item.code, title=item.title)
    since = item.start if event.event is Event.SHORTAGE else item.finish
    days = event.days or (1 if event.event is Event.OVERDUE else 0)
    comes = event.until or (calendar.add(since, days) if days else None)
    return Imagined(item, (), _WRONG[event.event], until=comes)


def _happening(turn: Turn, plan: Plan, one: Imagined, outlook: Outlook) -> tuple[Happening, Mapping[str, str]]:
    """The item as it would be, and the dates that would help it."""
    code, progress = one.item.code, progress_of(turn, plan, one.item.code, one.said)
    forecast = outlook[code].dates.finish if progress.lives else progress.item.finish
    if one.wrong is Code.OVERDUE and one.until:
        forecast = max(forecast, one.until)
    situation = replace(situation_of(turn, plan, {code}), outlook=outlook, reminders=None)
    found = [finding for finding in find(situation, {code}).findings.values() if finding.key.item == code]
    wrong = {finding.key.code for finding in found} | ({one.wrong} if one.wrong else set[Code]())
    helps = helping(found) | ({"eta": one.until.isoformat()} if one.wrong is Code.SHORT and one.until else {})
    calendar = outlook.calendar_of(one.item)
    zone = Zones(turn, plan).of(one.item)
    return Happening(progress, wrong, forecast, calendar, zone, turn.today, one.place), helps


def _finding(one: Imagined, happening: Happening, helps: Mapping[str, str], rule: Rule) -> Finding:
    found = reminder(rule, happening)
    return Finding(Key(Code.RULE, one.item.code, rule.id), found.severity, {**helps, **found.facts})


def _behind(
    turn: Turn, plan: Plan, item: Item, outlook: Outlook, rules: Collection[Rule]
) -> Iterator[tuple[Finding, Rule]]:
    """What rules would find of other items, later or short by it, that they do not find today."""
    by_id = {rule.id: rule for rule in rules}
    among = touched_in(turn, plan, {item.code})
    today = situation_of(turn, plan, among)
    if not today.reminders:
        return
    readiness = today.readiness and today.readiness.updated(
        turn.environment.requirements.of(today.network), outlook, plan.stock, {item.code}
    )
    then = replace(today, outlook=outlook, readiness=readiness, reminders=reminders(turn, plan, outlook))
    known = find(today, among).findings
    for key, found in find(then, among).findings.items():
        if key.code is Code.RULE and key.item != item.code and key not in known:
            yield found, by_id[key.second]


def _asks_for_change(turn: Turn, plan: Plan, outlook: Outlook, one: Imagined) -> bool:
    """Check whether the reports would lead to a draft, beside which no rule asks for another."""
    code = one.item.code
    if not any(report.kind not in BOOKS_NOTHING for report in one.said):
        return False
    later = change_for(outlook, plan, code, promised_in(turn, plan, [code]))
    return bool(later or cover_for(outlook, turn.environment.networks.of(plan), code))


def _act(
    turn: Turn, item: Item, rule: Rule, found: Finding, *, is_drafted: bool = False, about: str = ""
) -> str:
    """`▶ mine → …`: what it would do, and with whom."""
    words, one = turn.words, Episode(found.key, State.OPEN, found.severity, found.severity, turn.now, facts=found.facts)
    wanted, parts = () if is_drafted else asked_for(turn, rule, one), list[str]()
    people = asked_of(turn, wanted, item)
    if people:
        (operation,) = wanted
        edge = Edge.START if operation.op is Op.SET_START else Edge.FINISH
        move = Move(operation.item, to=operation.to if isinstance(operation.to, date) else None, edge=edge)
        parts.append(words("rule.trial.asks", name=people[0].name, change=turn.spell(move)))
    if is_drafted and rule.act is Act.ASK:
        parts.append(words("rule.trial.drafted"))
    if rule.act is Act.EXCEPTION:
        owner = next(people_of(turn, one), None)
        parts.append(words("rule.trial.opens", name=owner.name if owner else words("rule.trial.nobody")))
    parts += told_to(turn, informed(rule, item, is_asked=bool(people)))
    return words("rule.trial.act", rule=rule.id, about=about, does=" · ".join(parts))


def _about(turn: Turn, plan: Plan, found: Finding) -> str:
    event, item = turn.words(f"exception.event.{found.facts['event']}"), plan.items[found.key.item]
    return turn.words("rule.trial.about", item=f"{item.code} {item.title}", event=event)


def _what(turn: Turn, one: Imagined, event: Reporting | ComesAbout) -> str:
    """What is imagined, in the words of reports and exceptions."""
    if isinstance(event, ComesAbout) and not one.said:
        until = turn.words("rule.trial.until", day=day(one.until, turn.today)) if one.until else ""
        return turn.words(f"exception.event.{event.event.value}") + until
    return turn.words.list([told(turn.words, report, turn.today, one.item.unit) for report in one.said])


def _facts(turn: Turn, happening: Happening) -> str:
    events = [turn.words(f"exception.event.{event.value}") for event in sorted(facts_of(happening).events)]
    named = turn.words.list(events) or turn.words("rule.trial.no-event")
    later = turn.words("rule.trial.later" if happening.days > 0 else "rule.trial.in-time", days=happening.days)
    return turn.words("rule.trial.facts", events=named, later=later)


def _looked(turn: Turn, rules: Sequence[Rule], happening: Happening) -> list[Looked]:
    """Each rule by itself: of those that act all that hold do."""
    facts = facts_of(happening)
    matches = [look(rule, facts) for rule in rules]
    return [looked_at(turn, match, facts, match.rule.id if match.fires else "") for match in matches]
