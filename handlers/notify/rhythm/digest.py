"""The digest of every morning: changed since the last one, overdue, due, at risk, waiting for whom since when."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from cards.lines.item import footnote
from cards.lines.standing import held_row
from cards.markdown import body, own, without_signs
from handlers.notify.best_before import today_only
from handlers.notify.facts.exception_digest import DigestExceptions
from handlers.notify.facts.readiness_news import not_ready_of
from handlers.notify.facts.source_lines import expected, sources_line
from handlers.notify.links import page_address
from handlers.notify.rhythm.digest_items import DigestItems, cut
from handlers.turn import Turn
from planning.change.approvers import awaited
from planning.change.change import Change, Step
from planning.people.organisation import Department
from planning.people.principal import Principal
from planning.plan.calendar import ONE_DAY
from planning.trail.anchor import Anchor
from storage.unit_of_work import UnitOfWork

KEY = "digest:"
"""Begins the key of a digest's message."""
NAMED = 3
"""Emergencies of one person named by number, the newest."""


def morning(turn: Turn, department: Department) -> bool:
    """The day's digest of a conversation, once whatever restarts; False when it has been said today."""
    last = turn.uow.digests.last(department.conversation)
    text = digest(turn, department, (turn.today, turn.today), last)
    if not turn.uow.digests.ran(department.conversation, turn.today, turn.now, turn.uow.plans.head()):
        return False
    text = "\n\n".join(filter(None, (text, _anchor(turn, department))))
    key = f"{KEY}{department.conversation}:{turn.today.isoformat()}"
    return turn.uow.outbox.say(department.conversation, text, turn.now, key, best_before=today_only(turn))


def unsaid(uow: UnitOfWork, key: str) -> None:
    """A message was dropped because it came too late; of a digest, what it told is told by the next one."""
    if key.startswith(KEY):
        conversation, _, day = key.removeprefix(KEY).rpartition(":")
        uow.digests.unsaid(conversation, date.fromisoformat(day))


def _anchor(turn: Turn, department: Department) -> str:
    """The end of the trail, said where the coordinators hear, so that it is kept outside this machine; empty: said to
    others, or there is no trail yet."""
    home, end = turn.environment.coordinators_department(), turn.uow.audit.head()
    if home is None or department.conversation != home.conversation or not end.number:
        return ""
    anchor = Anchor.of(turn.uow.plan_id, end, turn.environment.anchor_key)
    turn.uow.anchors.add(anchor, turn.now)
    return turn.words("proof.anchor", anchor=anchor)


def digest(
    turn: Turn, department: Department, days: tuple[date, date], since: datetime | None = None
) -> str:
    """`since`: when the last one was; None: the last 24 hours and the weekend before them."""
    since = since or _yesterday(turn, department)
    past = turn.uow.revisions.lines_since(since)
    wrong = DigestExceptions(turn, department, since)
    items = DigestItems(turn, department, days, past, told_already=wrong.covered())
    changed, overdue, due, risks = items.changed(), items.overdue(), items.due(), items.risks()
    not_ready = cut(turn, not_ready_of(turn, department))
    told = body(
        turn.words.locale,
        "digest",
        department=department.name,
        today=turn.today,
        weekday=turn.words(f"value.weekday.{turn.today.weekday()}"),
        days=days,
        revision=turn.plan().revision,
        changed=changed,
        overdue=overdue,
        due=due,
        risks=risks,
        exceptions=[*cut(turn, wrong.lines()), *wrong.ended()],
        trial=wrong.trial(),
        critical=wrong.too_critical(_last_week(turn, department)),
        ready=not_ready,
        waiting=cut(turn, _waiting(turn, department)),
        emergencies=_emergencies(turn, department),
        clear=turn.words("answer.clear-day"),
        note=footnote(turn.words, (*changed, *overdue, *due, *risks)),
        sources=sources_line(turn, expected(turn)),
    )
    return "\n\n".join(filter(None, (without_signs(told), _page(turn, department))))


def _page(turn: Turn, department: Department) -> str:
    """Where all of its items are; empty: there are no pages."""
    address = page_address(turn, "/board", department=department.id)
    return turn.words("chart.page", link=own(address)) if address else ""


def _yesterday(turn: Turn, department: Department) -> datetime:
    """A day back, and over the department's days off before it."""
    calendar, day = turn.environment.calendar_of(department.id), turn.today
    back = (day - calendar.on_or_before(day - timedelta(days=1))).days
    return turn.now - timedelta(days=max(back, 1))


def _emergencies(turn: Turn, department: Department) -> str:
    """Line for the coordinators, on the first working day of a week: how often each person took the emergency way in
    the last one that was worked. Empty: nobody did."""
    week = _last_week(turn, department)
    if week is None:
        return ""
    used: dict[str, list[str]] = {}
    for proposer, no in turn.uow.changes.emergencies(*week):
        used.setdefault(proposer, []).append(no)
    often = sorted(used.items(), key=lambda entry: (-len(entry[1]), entry[0]))
    each = [_used(turn, proposer, nos) for proposer, nos in often]
    return turn.words("answer.emergencies", each=turn.words.list(each)) if each else ""


def _last_week(turn: Turn, department: Department) -> tuple[datetime, datetime] | None:
    """The last week that was worked, until this one began: told to the coordinators on the first working day of a week.
    None: it is not told here, or not today."""
    home, today = turn.environment.coordinators_department(), turn.today
    last = turn.environment.calendar_of(department.id).on_or_before(today - ONE_DAY)
    if home is None or department.id != home.id or _monday(last) == _monday(today):
        return None
    zone = turn.environment.zone
    begins, ends = (datetime.combine(_monday(day), time.min, zone).astimezone(UTC) for day in (last, today))
    return begins, ends


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
    """Requests whose decision the department owes, the first to expire first, then those it waits for; a line each."""
    owed, own = list[str](), list[str]()
    for change in sorted(turn.uow.changes.open_ones(), key=lambda change: (change.expires_at or turn.now, change.no)):
        proposer = turn.organisation.people.get(change.proposer)
        proposed = proposer is not None and proposer.department == department.id
        mine = [step for step in change.waiting if _owes(turn, change, step, department)]
        if mine or proposed:
            (owed if mine else own).append(_request(turn, change, change.waiting if proposed else mine, proposed))
    return [*filter(None, owed), *filter(None, own)]


def _request(turn: Turn, change: Change, steps: Sequence[Step], proposed: bool) -> str:
    """One request, and whom it waits for; empty: for nobody this department knows of."""
    view = turn.view(change)
    if held := held_row(change, turn.words, turn.hours):
        return f"{change.no} {view.headline} {held}"
    told = [view.returned] if proposed and change.returned else []
    if steps and not change.goes_back:
        names = turn.words.list([view.owed(step) for step in steps])
        since = view.at(min(step.opened_at or turn.now for step in steps))
        told.insert(0, turn.words("answer.waiting-since", names=names, since=since, until=view.at(change.expires_at)))
    if not told:
        return ""
    return turn.words("answer.waiting-for", no=change.no, headline=view.headline, what=turn.words.clauses(told))
