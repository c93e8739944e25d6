"""What tables would make of the plan, in lines for whoever imports them."""

from collections.abc import Iterator, Sequence
from datetime import date

from bot.cli.plan_files import Tables
from cards.rows import RowWriter
from cards.words import Words
from handlers.reads.plan.import_preview import Foreseen
from planning.people.organisation import Organisation

SHOWN_ROWS, SHOWN_ITEMS = 20, 10


def summary(words: Words, organisation: Organisation, foreseen: Foreseen, tables: Tables) -> Iterator[str]:
    read, used = tables.read, tables.words
    if foreseen.is_same:
        yield words("cli.unchanged", revision=foreseen.head)
        return
    plan, source = foreseen.plan, foreseen.source
    if foreseen.head:
        yield words("cli.import-next", source=source, revision=plan.revision)
        yield from _compared(words, foreseen)
    else:
        yield words("cli.import-first", source=source, items=len(plan.items), links=len(plan.links))
    if used.are_new:
        yield words("cli.import-words", file=used.source)
    elif used.source:
        yield words("cli.import-words-kept", file=used.source, day=used.kept)
    if read.attributes:
        yield words("cli.import-attributes", columns=words.list(list(read.attributes)))
    if read.undated:
        yield words("cli.import-undated", count=read.undated)
        if read.earliest is None:
            yield words("cli.import-history")
        elif read.from_day:
            yield words("cli.import-from-day", count=read.from_day, day=read.earliest)
    if read.pushed:
        yield words("cli.import-pushed")
    for row in read.pushed:
        yield f"    {row}"
    if read.remarks:
        yield words("cli.import-remarks")
    for remark in read.remarks:
        yield f"    {remark}"
    if foreseen.head:
        yield from _undone(words, foreseen)
        yield from _rows(words, organisation, foreseen)


def _compared(words: Words, foreseen: Foreseen) -> Iterator[str]:
    found, then = foreseen.replacement, len(foreseen.plan.items)
    added, removed = found.comparison.added, found.comparison.removed
    counts = {"added": len(added), "changed": len(found.changed), "moved": len(found.moved), "removed": len(removed)}
    yield words("cli.import-items", before=found.size, after=then, **counts)
    if removed:
        yield words("cli.import-gone", items=_some(words, removed))
    linked, unlinked = found.comparison.links_added, found.comparison.links_removed
    if linked or unlinked:
        yield words("cli.import-links", added=len(linked), removed=len(unlinked))
    if found.otherwise:
        yield words("cli.import-otherwise", items=_some(words, found.otherwise))
    if found.stock:
        yield words("cli.import-stock", count=len(found.stock))
    if found.recounted:
        yield words("cli.import-recounted")


def _undone(words: Words, foreseen: Foreseen) -> Iterator[str]:
    if foreseen.undone:
        yield words("cli.import-undone", count=len(foreseen.undone))
    for no, what, proposer in foreseen.told:
        yield words("cli.import-undone-line", no=no, what=what, proposer=proposer)
    if foreseen.reported:
        yield words("cli.import-reports", count=len(foreseen.reported))
    for no, item, what in foreseen.reported:
        yield words("cli.import-report", no=no, item=item, what=what)


def _rows(words: Words, organisation: Organisation, foreseen: Foreseen) -> Iterator[str]:
    items, found = foreseen.plan.items, foreseen.replacement
    # No day is today: a date in a list to be kept has its year.
    writer = RowWriter(words, date.min, organisation, unit_of=lambda code: items[code].unit if code in items else "")
    rows = writer.rows([*found.lines, *found.retitled])
    if rows:
        yield words("cli.changed", count=len(rows))
    for row in rows[:SHOWN_ROWS]:
        yield words("cli.row", item=row.item, title=row.title, text=row.text)
    if len(rows) > SHOWN_ROWS:
        yield words("cli.more", count=len(rows) - SHOWN_ROWS)


def _some(words: Words, codes: Sequence[str]) -> str:
    more = len(codes) - SHOWN_ITEMS
    return words.list(list(codes[:SHOWN_ITEMS])) + (words("card.more", n=more) if more > 0 else "")
