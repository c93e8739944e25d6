"""The answer to a report: what was booked, and what it makes of its item, in a few lines."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from cards.lines.report import told
from cards.markdown import body
from cards.words.dates import day
from handlers.lifecycle.record_fact import Booked
from handlers.reads.facts.progress import forecast_lines, standing_line
from handlers.reply import Reply
from handlers.turn import Ask, Turn
from planning.change.change import Change
from planning.facts.forecast import Outlook
from planning.facts.report import BOOKS_NOTHING, NONE, ReportKind
from planning.plan.amount import plain
from planning.plan.item import Status


def answer(
    turn: Turn, ask: Ask, facts: Sequence[Booked], outlook: Outlook | None = None, draft: Change | None = None
) -> Reply:
    """As markdown, with next steps where there are any. `facts`: what one line has booked of one item, which is told as
    one: from what stood before the first to what stands after the last."""
    booked = replace(facts[-1], before=facts[0].before, revision=max(one.revision for one in facts))
    lines = [*_progress(turn, booked, outlook), *_standing(turn, booked), *_forecast(turn, booked, outlook)]
    if draft and draft.state.is_in_effect:
        lines.append(turn.words("report.absorbed", no=draft.no, rule=draft.policy.rule))
    elif draft and draft.proposer != ask.person.id:
        lines.append(turn.words("report.drafted", name=turn.organisation.name_of(draft.proposer)))
    hint = turn.words("report.hint", no=booked.report.no) if booked.report.kind is not ReportKind.CORRECTION else ""
    asks = tuple(_rest(turn, booked))
    lines += [text for text, _ in asks]
    text = body(turn.words.locale, "report", title=_title(turn, facts), lines=[*lines, hint] if hint else lines)
    return Reply(text, tuple(form for _, form in asks))


def _rest(turn: Turn, booked: Booked) -> Iterator[tuple[str, str]]:
    """Of goods that came in part: the question when the others come, and the command that tells it."""
    progress, report = booked.progress, booked.report
    if progress is None or report.kind is not ReportKind.ARRIVAL or report.expected or not progress.lives:
        return
    missing = (progress.planned.quantity or NONE) - progress.good
    if missing > 0:
        facts = {"rest": f"{plain(missing)}{progress.item.unit}"}
        yield turn.words("report.rest", **facts), f"报工 {progress.item.code} 预计 <日期>"


def _title(turn: Turn, facts: Sequence[Booked]) -> str:
    reports, item = [one.report for one in facts], facts[0].before
    gone = reports[0].item or turn.organisation.department_name(reports[0].department)
    what = [told(turn.words, one, turn.today, item.unit if item else "") for one in reports]
    return turn.words(
        "report.title", no=turn.words.list([one.no for one in reports]), what=turn.words.list(what),
        about=f"{item.code} {item.title}" if item else gone,
    )  # fmt: skip


def _progress(turn: Turn, booked: Booked, outlook: Outlook | None) -> Iterator[str]:
    if outlook and booked.report.kind not in BOOKS_NOTHING:
        yield standing_line(turn, outlook, booked.report.item)


def _forecast(turn: Turn, booked: Booked, outlook: Outlook | None) -> Iterator[str]:
    """Where something was said that bears on it."""
    if outlook and booked.before and booked.report.kind not in BOOKS_NOTHING:
        yield from forecast_lines(turn, booked.plan, outlook, booked.before.code)


def _standing(turn: Turn, booked: Booked) -> Iterator[str]:
    """What has become of the item's status and dates."""
    before, progress = booked.before, booked.progress
    if before is None or progress is None or booked.revision == 0:
        return
    now = progress.item
    facts = {"start": day(now.start, turn.today), "finish": day(now.finish, turn.today), "revision": booked.revision}
    if now.status is Status.DONE and before.status is not Status.DONE:
        yield turn.words("report.finished", **facts)
    elif before.status.has_started and not now.status.has_started:
        yield turn.words("report.as-planned", **facts)
    elif not before.status.has_started and booked.report.kind is ReportKind.ARRIVAL:
        yield turn.words("report.arriving", **facts)
    elif not before.status.has_started and now.status.has_started:
        yield turn.words("report.begun", **facts)
    elif before.status is Status.DONE and now.status is not Status.DONE:
        yield turn.words("report.reopened", **facts)
    else:
        yield turn.words("report.moved", **facts)
