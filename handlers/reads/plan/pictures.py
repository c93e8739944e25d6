"""看板 and 甘特 as a picture: the rows and numbers of their pages, the worst first; and the same in words."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from heapq import nsmallest

from cards.chart import MOST_ROWS, Chart, Kind, Row, Section, Wanted
from cards.markdown import body, own, without_signs
from cards.words.dates import day
from handlers.language import find_item
from handlers.language.commands.pages import PAGES
from handlers.language.commands.pictures import ShowBoard, ShowGantt
from handlers.notify.links import page_address
from handlers.reads.brief import LINES, department_of
from handlers.reads.facts.progress_picture import progress_chart
from handlers.reads.plan.board import columns_of
from handlers.reads.plan.gantt import EIGHT_WEEKS, baseline_of, baseline_told, marks_of, now_in, rows_of
from handlers.reads.plan.late_items import days_late
from handlers.reads.plan.plan_query import span_dates
from handlers.reply import Reply
from handlers.turn import Ask, Turn
from planning.plan.item import Item
from planning.plan.selection import ALL, OPEN, Selection

MARKS = ("red", "amber", "green", "grey")


def show_board(turn: Turn, ask: Ask, command: ShowBoard) -> Reply:
    department = department_of(turn, command.department)
    return _shown(turn, Wanted(Kind.BOARD, department.id if department else ""))


def show_gantt(turn: Turn, ask: Ask, command: ShowGantt) -> Reply:
    """One item stands in days in which it is drawn, whether it is over or not."""
    first, days = turn.today - timedelta(days=turn.today.weekday()), EIGHT_WEEKS
    if command.span:
        first, last = span_dates(command.span, turn.today)
        days = (last - first).days + 1
    department = turn.organisation.find_department(command.words) if command.words else None
    if department or not command.words:
        return _shown(turn, Wanted(Kind.GANTT, department.id if department else "", first=f"{first}", days=days))
    item = find_item(turn.plan(), command.words)
    if not command.span and not _meets(item, first, days):
        first = item.start - timedelta(days=item.start.weekday())
    return _shown(turn, Wanted(Kind.GANTT, text=item.code, status=ALL, first=f"{first}", days=days))


def chart_of(turn: Turn, wanted: Wanted) -> Chart:
    """What the picture holds, as it is now."""
    if wanted.kind is Kind.PROGRESS:
        return progress_chart(turn, wanted)
    plan, found = turn.plan(), _found(turn, wanted)
    is_board = wanted.kind is Kind.BOARD
    sections = tuple(_columns(turn, wanted, found) if is_board else _bars(turn, wanted, found))
    chart = Chart(
        title=turn.words(f"chart.{wanted.kind}", of=_of(turn, wanted)),
        subtitle=_subtitle(turn, wanted, found),
        sections=sections,
        legend=(),
        foot=_rest(turn, wanted, len(found) - sum(len(section.rows) for section in sections)),
    )
    drawn = Counter(row.mark for row in chart.rows)
    legend = tuple((mark, turn.words(f"chart.mark.{mark}")) for mark in MARKS if drawn[mark])
    if is_board or not plan.items:
        return replace(chart, legend=legend)
    first, days = wanted.begins, wanted.days
    ticks = tuple((mark.x, mark.text) for mark in marks_of(turn, first, days))
    today, name = now_in(turn, first, days), turn.words("chart.today")
    baseline = baseline_told(turn)
    note = turn.words("chart.note", baseline=baseline) if baseline else turn.words("chart.note.no-baseline")
    return replace(chart, legend=legend, note=note, days=days, today=today, today_name=name, ticks=ticks)


def in_words(turn: Turn, wanted: Wanted, why: str = "") -> str:
    """The same as text. `why` there is no picture: no-font, no-picture, too-large, refused or no-way."""
    chart, n = chart_of(turn, wanted), len(_found(turn, wanted))
    if wanted.kind is Kind.PROGRESS:
        n = len(chart.rows)
    if not n:
        return _nothing(turn, wanted)
    told = [_line(turn, row) for row in _worst_first(turn, chart)]
    shown = told if n <= LINES - 1 else told[: LINES - 2]
    lines = [chart.subtitle, *shown, *([turn.words("card.more", n=n - len(shown))] if n > len(shown) else [])]
    text = without_signs(body(turn.words.locale, "brief", title=chart.title, lines=lines, note=""))
    link = address_of(turn, wanted)
    page = turn.words("chart.page", link=own(link)) if link else ""
    sentence = turn.words(f"chart.as-text.{why}") if why else ""
    return "\n\n".join(filter(None, (" ".join(filter(None, (sentence, page))), text)))


def address_of(turn: Turn, wanted: Wanted) -> str:
    """The page that shows the same to whoever is logged in; empty: there are none."""
    return page_address(turn, f"/{wanted.kind.page}", **wanted.query)


def _shown(turn: Turn, wanted: Wanted) -> Reply:
    """Where nothing is to be drawn, a sentence says so."""
    return Reply(in_words(turn, wanted), picture=wanted if _found(turn, wanted) else None)


def _nothing(turn: Turn, wanted: Wanted) -> str:
    of = _of(turn, wanted)
    if wanted.kind is Kind.BOARD:
        return turn.words("chart.none", of=of)
    return turn.words("chart.none-in-span", of=of, **_span(turn, wanted))


def _found(turn: Turn, wanted: Wanted) -> list[Item]:
    first, last = date.min, date.max
    if wanted.days:
        first, last = wanted.begins, wanted.begins + timedelta(days=wanted.days - 1)
    chosen = Selection(wanted.department, text=wanted.text, status=wanted.status or OPEN, first=first, last=last)
    return chosen.of(turn.plan(), turn.today)


def _meets(item: Item, first: date, days: int) -> bool:
    return item.start < first + timedelta(days=days) and item.finish >= first


def _of(turn: Turn, wanted: Wanted) -> str:
    named = turn.organisation.department_name(wanted.department) if wanted.department else wanted.text
    return named or turn.words("chart.whole")


def _subtitle(turn: Turn, wanted: Wanted, found: Iterable[Item]) -> str:
    plan, late = turn.plan(), days_late(turn)
    codes = [item.code for item in found]
    told = turn.words(
        "chart.told", plan=plan.name, revision=plan.revision, today=day(turn.today, turn.today), n=len(codes),
        late=sum(code in late for code in codes),
    )  # fmt: skip
    return turn.words("chart.between", told=told, **_span(turn, wanted)) if wanted.days else told


def _span(turn: Turn, wanted: Wanted) -> dict[str, str]:
    last = wanted.begins + timedelta(days=wanted.days - 1)
    return {"first": day(wanted.begins, turn.today), "last": day(last, turn.today)}


def _rest(turn: Turn, wanted: Wanted, n: int) -> str:
    if not n:
        return ""
    key = "chart.rest" if turn.environment.pages_at else "card.more"
    return turn.words(key, n=n, page=wanted.kind if turn.words.locale == "en" else PAGES[wanted.kind])


def _columns(turn: Turn, wanted: Wanted, found: list[Item]) -> Iterator[Section]:
    words = turn.words
    columns = columns_of(turn, found, "status", wanted.status or OPEN, MOST_ROWS)
    for column in sorted(columns, key=lambda column: -column.late):  # a phone shows what is first
        if not column.count:
            continue
        rows = tuple(
            Row(
                card.code, card.title, card.mark, card.dates, card.status,
                " · ".join(filter(None, (card.amount, "" if wanted.department else card.department))),
                _bare(card.late),
            )
            for card in column.cards
        )  # fmt: skip
        late = words("chart.late", n=column.late) if column.late else ""
        more = words("card.more", n=column.more) if column.more else ""
        yield Section(column.name, words("chart.count", n=column.count), late, rows, more)


def _bars(turn: Turn, wanted: Wanted, found: list[Item]) -> Iterator[Section]:
    late = days_late(turn)
    worst = nsmallest(MOST_ROWS, found, key=lambda item: (-late.get(item.code, 0), item.start, item.code))
    rows = tuple(
        Row(
            row.code, row.title, row.mark, row.dates, row.status, row.department, _bare(row.late), row.bar,
            row.off, row.was, row.to_come,
        )
        for row in rows_of(turn, worst, 0, wanted.begins, wanted.days, baseline_of(turn)[1])
    )  # fmt: skip
    yield Section("", "", "", rows, "")


def _worst_first(turn: Turn, chart: Chart) -> list[Row]:
    """The rows of all sections in one order: late ones as they stand, then the others."""
    late = days_late(turn)
    return sorted(chart.rows, key=lambda row: -late.get(row.code, 0))


def _line(turn: Turn, row: Row) -> str:
    if not row.status:
        return " · ".join(filter(None, (f"{row.code} {row.dates}", row.more)))
    told = turn.words("chart.line", code=row.code, title=row.title, dates=row.dates, status=row.status)
    return f"{told} ⚠ {row.late}" if row.late else told


def _bare(late: str) -> str:
    """A mark is drawn beside it."""
    return late.lstrip("⚠ ")
