"""Reporting what has happened: checked, kept through the one door, answered in a few lines."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from handlers.actions.facts.draft_from_fact import draft_from_fact
from handlers.actions.facts.report_answer import answer
from handlers.actions.facts.stopped import with_change
from handlers.govern.facts import outlook_of, progress_of
from handlers.govern.reporters import may_correct, require_reporter, require_reporter_of_place
from handlers.govern.said import NOTHING, Confirmed, OfItem, OfPlace, check, report_of_place, reports_in, said_at
from handlers.language import find_item
from handlers.language.commands.reporting import (
    CorrectReport,
    ReportArrival,
    ReportFinish,
    ReportHold,
    ReportStart,
    ReportStop,
    ReportWork,
)
from handlers.language.commands.told import AGAIN, OVER
from handlers.language.values.quantities import same_unit
from handlers.lifecycle.record_fact import Booked, record_fact
from handlers.notify.facts.fact_notices import collect, colours_before
from handlers.reply import Reply
from handlers.turn import Ask, Turn
from planning.facts.booking import (
    SHORT,
    repeats,
    require_correctable,
    require_day,
    require_in_bounds,
    require_its_own,
    require_numbers,
    require_open,
    require_worked,
    total_with,
)
from planning.facts.progress import RECEIVED
from planning.facts.report import Report, ReportKind
from planning.people.organisation import Department, Person
from planning.plan.item import Item
from planning.plan.plan import Plan
from planning.refusal import Refused


def report_work(turn: Turn, ask: Ask, command: ReportWork) -> Reply:
    return _booked(turn, ask, command, Confirmed(command.sure == OVER, command.sure == AGAIN))


def report_arrival(turn: Turn, ask: Ask, command: ReportArrival) -> Reply:
    return _booked(turn, ask, command, Confirmed(command.sure == OVER, command.sure == AGAIN))


def report_start(turn: Turn, ask: Ask, command: ReportStart) -> Reply:
    return _booked(turn, ask, command)


def report_finish(turn: Turn, ask: Ask, command: ReportFinish) -> Reply:
    return _booked(turn, ask, command, Confirmed(enough=command.enough))


def report_stop(turn: Turn, ask: Ask, command: ReportStop) -> Reply:
    return _of_place(turn, ask, command)


def report_hold(turn: Turn, ask: Ask, command: ReportHold) -> Reply:
    return _of_place(turn, ask, command)


def correct_report(turn: Turn, ask: Ask, command: CorrectReport) -> Reply:
    plan = turn.plan()
    last = turn.uow.reports.newest_of(ask.person.id) if not command.report else turn.uow.reports.get(command.report)
    if last is None and command.report:
        raise Refused("unknown-report", no=command.report)
    if last is None:
        raise Refused("no-report-yet", name=ask.person.name)
    if command.unit and last.item in plan.items:
        _item(turn, last.item, command.unit)
    draft = Report(
        "", last.item, ReportKind.CORRECTION, command.day, said_at(turn, ask), command.good, command.scrap,
        command.percent, command.remaining, command.expected, corrects=last.no, void=command.void, by=ask.person.id,
        channel=ask.channel, department=last.department, reason=command.reason,
    )  # fmt: skip
    return _answered(turn, ask, correct(turn, plan, draft, ask.person, turn.day_of(ask.said_at)))


def correct(turn: Turn, plan: Plan, draft: Report, person: Person | None, today: date) -> Booked:
    """Put a report right. `person`: None of a token, which corrects what tokens have said. Raises Refused: codes of
    `planning.facts.booking`, "not-your-report"."""
    require_its_own(draft)
    wrong = turn.uow.reports.get(draft.corrects)
    if wrong is None:
        raise Refused("unknown-report", no=draft.corrects)
    chain = turn.uow.reports.chain_of(wrong)
    first = chain.first
    item = plan.items.get(wrong.item)
    theirs = may_correct(turn, person, first.by, item, wrong.department) if person else first.by == draft.by
    if not theirs:
        raise Refused("not-your-report", no=wrong.no, name=turn.organisation.name_of(first.by))
    if draft.day:
        require_day(draft.day, today)
        if item:
            require_worked(item, plan, draft.day, today)
    require_numbers(draft)
    require_correctable(first, draft)
    if item and draft.good is not None:
        left = [] if chain.void else [chain.word]
        progress = progress_of(turn, plan, item.code)
        over = require_in_bounds(progress, draft, total_with(progress, draft.good, left), _tolerance(turn), sure=True)
        draft = replace(draft, over=over)
    booked = record_fact(turn, plan, replace(draft, item=wrong.item, department=wrong.department))
    if first.by != draft.by and first.by in turn.organisation.people:
        _tell_reporter(turn, first, booked)
    return booked


def _booked(turn: Turn, ask: Ask, command: OfItem, sure: Confirmed = NOTHING) -> Reply:
    """All of it or nothing: what cannot be booked is refused before anything is."""
    plan, unit = turn.plan(), command.unit if isinstance(command, (ReportWork, ReportArrival)) else ""
    item = _item(turn, command.item, unit)
    drafts = reports_in(turn, ask, plan, item, command)
    acting_for = require_reporter(turn, ask.person, item)
    today = turn.day_of(ask.said_at)
    try:
        good = [replace(check(turn, plan, draft, today, sure), acting_for=acting_for) for draft in drafts]
    except Refused as refused:
        raise _asked(turn, refused, command, item) from None
    before = colours_before(turn, plan, [(report.item, report.kind) for report in good])
    facts: list[Booked] = []
    for report in good:
        facts.append(record_fact(turn, plan, report))
        plan = facts[-1].plan
    collect(turn, plan, before, [one.report for one in facts])
    return _answered(turn, ask, *facts)


def _answered(turn: Turn, ask: Ask, *facts: Booked) -> Reply:
    """What was booked, and beside it a draft of what it asks of the plan."""
    last = facts[-1]
    outlook = outlook_of(turn, last.plan, [last.report.item]) if last.progress else None
    draft = draft_from_fact(turn, last, outlook, ask.conversation) if outlook else None
    return answer(turn, ask, facts, outlook, draft)


def _asked(turn: Turn, refused: Refused, command: OfItem, item: Item) -> Refused:
    """The refusal with the command that confirms it, and the one that says another number."""
    sure = {"report-over": OVER, "report-again": AGAIN}.get(refused.refusal.code)
    if sure and isinstance(command, (ReportWork, ReportArrival)):
        wanted = turn.spell(replace(command, sure=sure))
    elif refused.refusal.code in SHORT and isinstance(command, ReportFinish):
        wanted = turn.spell(replace(command, enough=True))
    elif refused.refusal.code == "report-again":
        return Refused("report-done-already", **refused.refusal.facts)
    elif refused.refusal.code == "report-done":
        return _reopening(turn, refused)
    else:
        return refused
    verb = "到货" if item.type in RECEIVED else "报工"
    return Refused(refused.refusal.code, offers=(wanted, f"{verb} {item.code} <数量>"), **refused.refusal.facts)


def _reopening(turn: Turn, refused: Refused) -> Refused:
    """A done item is opened again by a correction of what finished it."""
    facts = refused.refusal.facts
    words = turn.uow.reports.words_of([facts["item"]]).get(facts["item"], ())
    ended = [one.no for one in words if one.kind in (ReportKind.FINISH, ReportKind.ARRIVAL)]
    offers = (f"更正 {ended[-1]} 作废",) if ended else ()
    return Refused(refused.refusal.code, offers=offers, **facts)


def _of_place(turn: Turn, ask: Ask, command: OfPlace) -> Reply:
    """Of an item, or of a whole department."""
    plan = turn.plan()
    department = turn.organisation.find_department(command.place)
    item = None if department else find_item(plan, command.place)
    acting_for = _require_of_place(turn, ask.person, item, department)
    said = report_of_place(turn, ask, item, department.id if department else "", command)
    report = replace(said, acting_for=acting_for)
    if item:
        require_open(item, report.kind)
    if repeats(turn.uow.reports.newest_of(ask.person.id), report):
        raise Refused("report-done-already", item=command.place)
    booked = record_fact(turn, plan, report)
    reply = answer(turn, ask, [booked])
    return with_change(turn, ask, reply, plan, booked.report)


def _require_of_place(turn: Turn, person: Person, item: Item | None, department: Department | None) -> str:
    """Whom they act for, where it is anybody."""
    if item:
        return require_reporter(turn, person, item)
    if department:
        require_reporter_of_place(turn, person, department)
    return ""


def _item(turn: Turn, words: str, unit: str = "") -> Item:
    item = find_item(turn.plan(), words)
    if unit and not same_unit(unit, item.unit):
        raise Refused("unit-mismatch", item=item.code, unit=item.unit, found=unit)
    return item


def _tolerance(turn: Turn) -> Decimal:
    return turn.environment.over_tolerance


def _tell_reporter(turn: Turn, first: Report, booked: Booked) -> None:
    """Who reported hears that somebody else has put it right, in their department's conversation."""
    person = turn.organisation.people[first.by]
    conversation = turn.environment.conversation_of(person.department)
    if conversation:
        facts = {"name": person.name, "no": first.no, "by": turn.organisation.name_of(booked.report.by)}
        turn.uow.outbox.say(conversation, turn.words("report.corrected-told", **facts), turn.now)
