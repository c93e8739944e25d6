"""进度 图: how far each department is in a week and how far it should be, as bars; the same numbers as in words."""

from datetime import timedelta

from cards.chart import MOST_ROWS, Chart, Row, Section, Share, Wanted
from cards.words.dates import day
from handlers.govern.department_progress import week_progress
from handlers.reads.facts.department_progress import Standing, beside, measured_by, percents, standings
from handlers.reads.plan.figures import red_among, soon
from handlers.reads.plan.late_items import late_by_plan
from handlers.turn import Turn
from planning.facts.relation import Dates

MARKS = ("red", "green", "grey")


def progress_chart(turn: Turn, wanted: Wanted) -> Chart:
    """What the picture holds, as it is now."""
    plan, span = turn.plan(), Dates(wanted.begins, wanted.begins + timedelta(days=wanted.days - 1))
    week = week_progress(turn, plan, span)
    found = standings(turn, week, late_by_plan(turn), red_among(soon(turn, plan)[1]))
    rows = tuple(_row(turn, one) for one in found[:MOST_ROWS])
    drawn = {row.mark for row in rows}
    told = turn.words("chart.progress.told", plan=plan.name, revision=plan.revision, today=day(turn.today, turn.today))
    between = {"first": day(span.start, turn.today), "last": day(span.finish, turn.today)}
    return Chart(
        title=turn.words("chart.progress"),
        subtitle=turn.words("chart.between", told=told, **between),
        sections=(Section("", "", "", rows, ""),),
        legend=tuple((mark, turn.words(f"chart.progress.mark.{mark}")) for mark in MARKS if mark in drawn),
        foot=turn.words("progress.more", n=len(found) - len(rows)) if len(found) > len(rows) else "",
        note=turn.words("chart.progress.note", measured=measured_by(turn, week)),
    )


def _row(turn: Turn, one: Standing) -> Row:
    told, (actual, planned) = one.progress, percents(one.progress)
    if told.actual is None or told.planned is None:
        return Row(one.name, "", "grey", turn.words("progress.none"), "", " · ".join(beside(turn, one)), "")
    is_behind = told.spi is not None and told.spi < 1
    share = Share(float(told.actual), float(told.planned))
    of = turn.words("chart.progress.share", actual=actual, planned=planned)
    return Row(one.name, "", "red" if is_behind else "green", of, "", " · ".join(beside(turn, one)), "", share=share)
