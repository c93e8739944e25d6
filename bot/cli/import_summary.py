"""What tables would make of the plan, in lines for whoever imports them."""

from collections.abc import Iterator, Sequence

from bot.cli.plan_files import Tables
from cards.words import Words
from handlers.reads.import_preview import Foreseen
from planning.plan.impact import Line

SHOWN_LINES, SHOWN_ITEMS = 20, 10


def summary(words: Words, foreseen: Foreseen, tables: Tables) -> Iterator[str]:
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
    if read.remarks:
        yield words("cli.import-remarks")
    for remark in read.remarks:
        yield f"    {remark}"
    if foreseen.head:
        yield from _undone(words, foreseen)
        yield from _lines(words, foreseen.replacement.lines)


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
    if found.stock:
        yield words("cli.import-stock", count=len(found.stock))
    if found.recounted:
        yield words("cli.import-recounted")


def _undone(words: Words, foreseen: Foreseen) -> Iterator[str]:
    if foreseen.undone:
        yield words("cli.import-undone", count=len(foreseen.undone))
    for no, what, proposer in foreseen.told:
        yield words("cli.import-undone-line", no=no, what=what, proposer=proposer)


def _lines(words: Words, lines: Sequence[Line]) -> Iterator[str]:
    if lines:
        yield words("cli.changed", count=len(lines))
    for line in lines[:SHOWN_LINES]:
        before, after = line.before or "–", line.after or "–"
        field = words(f"value.field.{line.field}")
        yield words("cli.line", item=line.item, title=line.title, field=field, before=before, after=after)
    if len(lines) > SHOWN_LINES:
        yield words("cli.more", count=len(lines) - SHOWN_LINES)


def _some(words: Words, codes: Sequence[str]) -> str:
    more = len(codes) - SHOWN_ITEMS
    return words.list(list(codes[:SHOWN_ITEMS])) + (words("card.more", n=more) if more > 0 else "")
