"""The digest: due today, changed since the last one, at risk, waiting for whom since when; said every morning."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from cards.lines.item import footnote, item_dates
from cards.lines.standing import held_row
from cards.markdown import body
from handlers.turn import Turn
from planning.change.approvers import awaited
from planning.change.change import Change, Step
from planning.people.organisation import Department
from planning.people.principal import Principal
from planning.plan.calendar import ONE_DAY
from planning.plan.item import Item
from planning.plan.lateness import lateness
from planning.plan.timetable import Timetable
from storage.revisions import PastLine

SHOWN = 6
NAMED = 3
"""Emergencies of one person named by number, the newest."""


def morning(turn: Turn, department: Department) -> bool:
    """The day's digest of a conversation, once whatever restarts; False when it has been said today."""
    last = turn.uow.digests.last(department.conversation)
    text = digest(turn, department, (turn.today, turn.today), last)
    if not turn.uow.digests.ran(department.conversation, turn.today, turn.now, turn.uow.plans.head()):
        return False
    return turn.uow.outbox.say(
        department.conversation, text, turn.now, f"digest:{department.conversation}:{turn.today.isoformat()}"
    )


def digest(
    turn: Turn, department: Department, days: tuple[date, date], since: datetime | None = None
) -> str:
    """`since`: when the last one was; None: the last 24 hours and the weekend before them."""
    plan = turn.plan()
    timetable = Timetable(plan)
    mine = [i for i in plan.items.values() if i.department == department.id and not i.status.is_over]
    changed = turn.uow.revisions.lines_since(since or _yesterday(turn, department))
    due = _shown(turn, timetable, [i for i in mine if i.finish <= days[1]])
    risks = _shown(turn, timetable, _at_risk(turn, timetable, mine))
    return body(
        turn.words.locale,
        "digest",
        department=department.name,
        today=turn.today,
        weekday=turn.words(f"value.weekday.{turn.today.weekday()}"),
        days=days,
        revision=plan.revision,
        due=due,
        changed=_changes(turn, changed, department),
        risks=risks,
        waiting=_waiting(turn, department),
        emergencies=_emergencies(turn, department),
        clear=turn.words("answer.clear-day"),
        note=footnote(turn.words, (*due, *risks)),
    )


def _yesterday(turn: Turn, department: Department) -> datetime:
    """A day back, and over the department's days off before it."""
    calendar, day = turn.environment.calendar_of(department.id), turn.today
    back = (day - calendar.on_or_before(day - timedelta(days=1))).days
    return turn.now - timedelta(days=max(back, 1))


def _at_risk(turn: Turn, timetable: Timetable, items: Iterable[Item]) -> list[Item]:
    """Late against what was promised, or overdue; the worst first."""
    risky = [(lateness, item) for item in items if (lateness := _lateness(turn, timetable, item)) > 0]
    return [item for _, item in sorted(risky, key=lambda pair: (-pair[0], pair[1].code))]


def _lateness(turn: Turn, timetable: Timetable, item: Item) -> int:
    return lateness(item, timetable.of(item), turn.today).days


def _shown(turn: Turn, timetable: Timetable, items: list[Item]) -> list[str]:
    written = [_line(turn, timetable, item) for item in sorted(items, key=lambda i: (i.finish, i.code))[:SHOWN]]
    hidden = len(items) - SHOWN
    return [*written, turn.words("card.more", n=hidden)] if hidden > 0 else written


def _line(turn: Turn, timetable: Timetable, item: Item) -> str:
    late = _lateness(turn, timetable, item)
    mark = turn.words("answer.late-by", n=late) if late > 0 else ""
    status = turn.words(f"value.status.{item.status.value}")
    return f"{item.code} {item.title} {item_dates(item, turn.today, timetable.of(item))} {status} {mark}".strip()


def _changes(turn: Turn, past: list[PastLine], department: Department) -> list[str]:
    """Each applied change that touched the department, in a line."""
    touched = dict.fromkeys(p.change for p in past if p.line.department == department.id)
    lines = []
    for no in touched:
        change = turn.uow.changes.get(no)
        if change is not None:
            view = turn.view(change)
            lines.append(f"{view.headline}（{no}，{view.proposer}：{view.reason}）")
    hidden = len(lines) - SHOWN
    return [*lines[:SHOWN], turn.words("card.more", n=hidden)] if hidden > 0 else lines


def _emergencies(turn: Turn, department: Department) -> str:
    """Line for the coordinators, on the first working day of a week: how often each person took the emergency way in
    the last one that was worked. Empty: nobody did."""
    home, today = turn.environment.coordinators_department(), turn.today
    last = turn.environment.calendar_of(department.id).on_or_before(today - ONE_DAY)
    if home is None or department.id != home.id or _monday(last) == _monday(today):
        return ""
    week = (datetime.combine(_monday(day), time.min, turn.environment.zone).astimezone(UTC) for day in (last, today))
    used: dict[str, list[str]] = {}
    for proposer, no in turn.uow.changes.emergencies(*week):
        used.setdefault(proposer, []).append(no)
    often = sorted(used.items(), key=lambda entry: (-len(entry[1]), entry[0]))
    each = [_used(turn, proposer, nos) for proposer, nos in often]
    return turn.words("answer.emergencies", each=turn.words.list(each)) if each else ""


def _used(turn: Turn, proposer: str, nos: list[str]) -> str:
    name = turn.organisation.name_of(proposer)
    return turn.words("answer.emergencies.each", name=name, n=len(nos), nos=turn.words.list(nos[-NAMED:]))


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _owes(turn: Turn, change: Change, step: Step, department: Department) -> bool:
    """Check whether the department owes a word: its own step, or one of `role:…`, or in somebody's place, that waits
    for somebody of it."""
    if step.department == department.id:
        return True
    people = turn.organisation.people
    waited_for = awaited(step, change.proposers, turn.organisation, turn.deputies())
    homes = {people[who].department for who in waited_for.values()}
    return (step.fallback or Principal.parse(step.department).is_role) and department.id in homes


def _waiting(turn: Turn, department: Department) -> list[str]:
    """Decisions the department owes, and those it waits for."""
    lines = []
    for change in turn.uow.changes.open_ones():
        proposer = turn.organisation.people.get(change.proposer)
        view = turn.view(change)
        if held := held_row(change, turn.words, turn.hours):
            own = proposer is not None and proposer.department == department.id
            if own or any(_owes(turn, change, step, department) for step in change.waiting):
                lines.append(f"{change.no} {view.headline} {held}")
            continue
        for step in () if change.goes_back else change.waiting:
            if _owes(turn, change, step, department) or (proposer and proposer.department == department.id):
                since, names = view.at(step.opened_at), view.owed(step)
                facts = {"no": change.no, "headline": view.headline, "names": names, "since": since}
                lines.append(turn.words("answer.waiting-for", **facts))
        if change.returned and proposer and proposer.department == department.id:
            lines.append(f"{change.no} {view.headline} {view.returned}")
    return lines[:SHOWN]
