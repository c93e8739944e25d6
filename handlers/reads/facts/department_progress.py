"""进度 按部门: how far each department is in a week, and how far it should be."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from cards.chart import Kind, Wanted
from cards.lines.item import footnote, marked
from cards.markdown import body
from cards.words.dates import day, moment
from handlers.govern.department_progress import WeekProgress, week_progress
from handlers.govern.sources import ages
from handlers.language import Span
from handlers.language.commands.reporting import ShowDepartmentProgress
from handlers.notify.facts.source_lines import sources_line
from handlers.reads.brief import department_of, named
from handlers.reads.plan.figures import red_among, soon
from handlers.reads.plan.late_items import late_by_plan
from handlers.reads.plan.plan_query import span_dates
from handlers.reply import Reply
from handlers.turn import Ask, Turn
from planning.facts.departments import DepartmentProgress, Share, percent
from planning.facts.relation import Dates
from planning.people.organisation import Department
from planning.plan.lateness import Lateness
from planning.plan.plan import Plan
from planning.readiness.line import Order

A_LINE, LINES = 3, 5
"""So many departments on a line, and so many lines of them."""
BEHIND = 3
"""Items that are furthest behind."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A department with what else is to be known of it: items that are overdue, and orders that start soon and are
    short of material."""

    id: str
    name: str
    progress: DepartmentProgress
    overdue: int
    red: int


def show_department_progress(turn: Turn, ask: Ask, command: ShowDepartmentProgress) -> Reply:
    """All departments in eight lines, or one with the items that are furthest behind."""
    department = department_of(turn, command.department)
    plan = turn.plan()
    span = Dates(*span_dates(command.span or Span.THIS_WEEK, turn.today))
    week = week_progress(turn, plan, span)
    found = standings(turn, week, late_by_plan(turn), red_among(soon(turn, plan)[1]))
    if department:
        return _one(turn, plan, week, department, found)
    told = _told(turn, turn.words("progress.departments", **_when(turn, plan, span)), list(_all(turn, found)), week)
    if command.picture and found:
        days = (span.finish - span.start).days + 1
        return Reply(told, picture=Wanted(Kind.PROGRESS, first=span.start.isoformat(), days=days))
    return Reply(told, tuple(_steps(turn, found, command.span)))


def standings(turn: Turn, week: WeekProgress, late: Sequence[Lateness], red: Sequence[Order]) -> list[Standing]:
    """In the order of the settings, nobody's work last."""
    overdue = Counter(one.item.department for one in late if one.overdue)
    short = Counter(order.item.department for order in red)
    return [Standing(id, named(turn, id), one, overdue[id], short[id]) for id, one in week.departments.items()]


def share_of(share: Fraction | None, *, provisional: bool = False) -> str:
    """36%, with a sign where its days are provisional; empty: of nothing."""
    return marked(f"{percent(share)}%", provisional) if share is not None else ""


def measured_by(turn: Turn, week: WeekProgress) -> str:
    if week.baseline is None:
        return turn.words("progress.by-plan")
    at = moment(week.baseline.frozen_at, turn.environment.zone, turn.today)
    return turn.words("progress.by-baseline", name=week.baseline.name, at=at)


def _all(turn: Turn, found: Sequence[Standing]) -> Iterator[str]:
    room = A_LINE * LINES if len(found) <= A_LINE * LINES else A_LINE * (LINES - 1)
    told = [_line(turn, one) for one in found[:room]]
    for n in range(0, len(told), A_LINE):
        yield " · ".join(told[n : n + A_LINE])
    if len(found) > room:
        yield turn.words("progress.more", n=len(found) - room)


def _line(turn: Turn, one: Standing) -> str:
    return " ".join([_share(turn, one), *beside(turn, one)])


def _share(turn: Turn, one: Standing) -> str:
    actual, planned = percents(one.progress)
    if not actual:
        return turn.words("progress.share.none", name=one.name)
    code = "progress.share.same" if actual == planned else "progress.share"
    return turn.words(code, name=one.name, actual=actual, planned=planned)


def beside(turn: Turn, one: Standing) -> Iterator[str]:
    """What else is to be known of a department, in words."""
    for what, n in (("overdue", one.overdue), ("red", one.red), ("silent", one.progress.silent)):
        if n:
            yield turn.words(f"progress.share.{what}", n=n)
    if one.progress.milestones:
        reached = one.progress.reached
        yield turn.words("progress.share.milestones", reached=reached, n=one.progress.milestones)


def percents(one: DepartmentProgress) -> tuple[str, str]:
    """What is done, and what should be; empty: of nothing."""
    actual, planned = (share_of(share, provisional=one.provisional) for share in (one.actual, one.planned))
    return actual, planned


def _one(turn: Turn, plan: Plan, week: WeekProgress, department: Department, found: Sequence[Standing]) -> Reply:
    mine = next((one for one in found if one.id == department.id), None)
    if mine is None:
        return Reply(turn.words("progress.no-items", department=department.name))
    actual, planned = percents(mine.progress)
    whole = turn.words("progress.whole.none")
    if actual:
        whole = turn.words("progress.whole", actual=actual, planned=planned, spi=spi_of(turn, mine.progress))
    behind = sorted((one for one in week.shares if one.item.department == department.id and one.behind > 0),
                    key=lambda one: (-one.behind, one.item.code))[:BEHIND]  # fmt: skip
    each = [_behind(turn, one) for one in behind]
    lines = [whole]
    lines += [" · ".join(more)] if (more := list(beside(turn, mine))) else []
    lines += [turn.words("progress.behind", items=turn.words.list(each))] if each else []
    title = turn.words("progress.department", department=department.name, **_when(turn, plan, week.span))
    return Reply(_told(turn, title, lines, week), tuple(f"进度 {one.item.code}" for one in behind[:2]))


def _behind(turn: Turn, one: Share) -> str:
    facts = {"actual": share_of(one.actual), "planned": share_of(Fraction(one.planned))}
    return turn.words("progress.behind.one", item=one.item.code, title=one.item.title, **facts)


def spi_of(turn: Turn, one: DepartmentProgress) -> str:
    """0.81, rounded half up."""
    return f"{percent(one.spi) / 100:.2f}" if one.spi is not None else turn.words("progress.none")


def _told(turn: Turn, title: str, lines: list[str], week: WeekProgress) -> str:
    note = turn.words.clauses(filter(None, (sources_line(turn, ages(turn)), footnote(turn.words, lines))))
    return body(turn.words.locale, "brief", title=title, lines=[*lines, measured_by(turn, week)], note=note)


def _when(turn: Turn, plan: Plan, span: Dates) -> dict[str, object]:
    told = "~".join(dict.fromkeys(day(one, turn.today) for one in span))
    at = f"{turn.now.astimezone(turn.environment.zone):%m-%d %H:%M}"
    return {"span": told, "at": at, "revision": plan.revision}


def _steps(turn: Turn, found: Sequence[Standing], span: Span | None) -> Iterator[str]:
    """The department that is furthest behind, and the same as a picture."""
    behind = [one for one in found if one.id and one.progress.spi is not None and one.progress.spi < 1]
    for one in sorted(behind, key=lambda one: (one.progress.spi, one.id))[:1]:
        yield turn.spell(ShowDepartmentProgress(one.name, span))
    if found:
        yield turn.spell(ShowDepartmentProgress("", span, picture=True))
