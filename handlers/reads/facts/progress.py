"""进度: what was reported of an item, how far it is, when it will be finished, and who said what when."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from cards.lines.report import done, told
from cards.markdown import body
from cards.words.dates import day, moment
from handlers.govern.facts import outlook_of, promised_in
from handlers.language import find_item
from handlers.language.commands.reporting import ShowProgress
from handlers.notify.facts.source_lines import behind, sources_line
from handlers.reply import Reply
from handlers.turn import Ask, Turn
from planning.facts.departments import planned_part
from planning.facts.forecast import Forecast, Outlook
from planning.facts.progress import Progress
from planning.facts.promise import broken, delta, push
from planning.facts.relation import Dates, days_between
from planning.facts.report import Report
from planning.plan.item import Item, Status
from planning.plan.plan import Plan

SHOWN = 5
"""Reports, and items that would be pushed, that are told."""


def show_progress(turn: Turn, ask: Ask, command: ShowProgress) -> Reply:
    plan = turn.plan()
    item = find_item(plan, command.item)
    outlook = outlook_of(turn, plan, [item.code])
    lines = [
        standing_line(turn, outlook, item.code),
        *forecast_lines(turn, plan, outlook, item.code),
        *_said(turn, item),
    ]
    title = turn.words("progress.title", item=item.code, title=item.title,
                       status=turn.words(f"value.status.{item.status.value}"))  # fmt: skip
    note = sources_line(turn, behind(turn, [item.code]))
    return Reply(body(turn.words.locale, "brief", title=title, lines=lines, note=note))


def standing_line(turn: Turn, outlook: Outlook, code: str) -> str:
    """How far it is, and how far it should be by this evening."""
    progress, planned = outlook.progress_of(code), outlook.planned_of(code).item
    if not progress.lives or progress.item.status is Status.ON_HOLD:
        return done(turn.words, progress)
    dates = Dates(planned.start, planned.finish)
    due = planned_part(planned.type, dates, turn.today, outlook.calendar_of(planned))
    return done(turn.words, progress, Fraction(due))


def forecast_lines(turn: Turn, plan: Plan, outlook: Outlook, code: str) -> Iterator[str]:
    """When it will be finished by what was reported, whom that pushes, and which promises break."""
    progress, forecast = outlook.progress_of(code), outlook[code]
    if not progress.lives:
        return
    yield _forecast(turn, outlook, progress, forecast)
    if differs := _both(turn, outlook, progress, forecast):
        yield differs
    pushed = push(outlook, code)
    if pushed:
        told = [f"{other} {plan.items[other].title} {_days(turn, plan.items[other], to.finish)}"
                for other, to in list(pushed.items())[:SHOWN]]  # fmt: skip
        more = len(pushed) - SHOWN
        told += [turn.words("card.more", n=more)] if more > 0 else []
        yield turn.words("progress.pushes", items=turn.words.list(told))
    promised = promised_in(turn, plan, [code, *pushed])
    for one in broken(outlook, promised, [code, *pushed])[:SHOWN]:
        facts = {"item": one.item.code, "promised": day(one.promised, turn.today)}
        yield turn.words("progress.broken", forecast=day(one.forecast, turn.today), **facts)


def _forecast(turn: Turn, outlook: Outlook, progress: Progress, forecast: Forecast) -> str:
    late = delta(outlook, progress.item.code)
    facts = {
        "forecast": day(forecast.dates.finish, turn.today),
        "planned": day(progress.item.finish, turn.today),
        "n": abs(late),
    }
    if forecast.unknown:
        return turn.words("progress.unknown", **facts)
    if progress.begun and progress.part >= 1 and late <= 0:
        return turn.words("progress.to-finish", **facts)
    code = "late" if late > 0 else "early" if late < 0 else "in-time"
    return turn.words(f"progress.{code}", **facts)


def _both(turn: Turn, outlook: Outlook, progress: Progress, forecast: Forecast) -> str:
    """What was said beside what was computed, where they differ by more than a working day."""
    word = forecast.stated
    if word is None:
        return ""
    said = word.expected
    name = turn.organisation.name_of(word.by)
    if said and said < turn.today:
        return turn.words("progress.said-gone", name=name, said=day(said, turn.today))
    if forecast.computed is None:
        return turn.words("progress.said", name=name, said=day(forecast.dates.finish, turn.today))
    calendar = outlook.calendar_of(progress.item)
    if abs(days_between(calendar, forecast.computed, forecast.dates.finish)) <= 1:
        return ""
    facts = {"computed": day(forecast.computed, turn.today), "said": day(forecast.dates.finish, turn.today)}
    return turn.words("progress.said-and-computed", name=name, **facts)


def _days(turn: Turn, item: Item, finish: date) -> str:
    return f"{day(item.finish, turn.today)}→{day(finish, turn.today)}"


def _said(turn: Turn, item: Item) -> Iterator[str]:
    """Who said what when, the newest first; a report that was corrected says so."""
    rows = turn.uow.reports.of_item(item.code)
    corrected = {row.corrects: row.no for row in rows if row.corrects}
    for row in rows[::-1][:SHOWN]:
        yield _line(turn, item, row, corrected.get(row.no, ""))
    if len(rows) > SHOWN:
        yield turn.words("card.more", n=len(rows) - SHOWN)


def _line(turn: Turn, item: Item, row: Report, corrected_by: str) -> str:
    facts = {
        "at": moment(row.at, turn.environment.zone, turn.today),
        "name": turn.organisation.name_of(row.by),
        "what": told(turn.words, row, turn.today, item.unit),
        "no": row.no,
    }
    line = turn.words("progress.row", **facts)
    return line + (turn.words("progress.corrected", no=corrected_by) if corrected_by else "")
