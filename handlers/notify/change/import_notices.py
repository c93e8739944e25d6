"""Notices of a plan that tables have replaced, to the departments whose items are others: one message to each room."""

from cards.markdown import Code, plain
from cards.rows import Row, shown_rows
from handlers.language import Compare
from handlers.language.commands.baselines import NOW
from handlers.turn import Turn
from planning.plan.impact import Line
from planning.plan.replacement import Replacement


def tell_imported(turn: Turn, found: Replacement, source: str, by: str, revision: int) -> None:
    """`source` names the files, `by` who brought them."""
    rooms: dict[str, list[Line]] = {}
    for department, lines in _by_department(turn, found).items():
        if room := turn.environment.conversation_of(department):
            rooms.setdefault(room, []).extend(lines)
    compare = Code(turn.spell(Compare((str(revision - 1), NOW))))
    facts = {"source": plain(source), "name": plain(by), "revision": revision, "compare": str(compare)}
    writer = turn.rows()
    for room, lines in sorted(rooms.items()):
        rows = writer.rows(dict.fromkeys(lines))
        shown, more = shown_rows(turn.words, rows)
        heading = turn.words("answer.imported", count=len(rows), **facts)
        text = "\n".join([heading, *(_told(turn, row) for row in shown), *filter(None, [more])])
        turn.uow.outbox.say(room, text, turn.now, f"import:{revision}:{room}")


def _told(turn: Turn, row: Row) -> str:
    return turn.words("answer.imported-row", item=row.item, title=plain(row.title), text=row.text)


def _by_department(turn: Turn, found: Replacement) -> dict[str, list[Line]]:
    """Lines of those who own them, or did, and of those who are to know of them."""
    items = turn.plan().items
    told: dict[str, list[Line]] = {}
    for line in found.lines:
        item = items.get(line.item)
        gone = [line.before] if line.field == "department" else []
        for department in dict.fromkeys([line.department, *gone, *(item.also_informs if item else ())]):
            told.setdefault(department, []).append(line)
    return told
