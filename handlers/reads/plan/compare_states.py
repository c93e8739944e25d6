"""对比: two states of the plan side by side, department by department."""

from collections.abc import Sequence
from dataclasses import dataclass

from cards.lines.item import footnote
from cards.markdown import body
from cards.rows import Row
from handlers.language import NOW, Compare
from handlers.reads.plan.plan_states import Point, names, plan_at, point, reference
from handlers.turn import Ask, Turn
from planning.plan.summary import Summary, Total, summarise
from planning.refusal import Refused

DEPARTMENTS = 8
ROWS, ROWS_OF_ONE = 3, 12
"""Items shown of each department, and of the only one asked about."""
COUNTS = ("added", "dropped", "later", "earlier", "days", "late")


@dataclass(frozen=True, slots=True)
class Sides:
    """Points that are compared, and for whom (empty: everybody)."""

    before: Point
    after: Point
    department: str = ""


def compare(turn: Turn, ask: Ask, command: Compare) -> str:
    """Tell the differences, the departments with most first. Raises "unknown-point", "unknown-revision", "no-plan"."""
    turn.plan()
    sides = sides_of(turn, command.words)
    found = compared(turn, sides)
    shown = found.totals[:DEPARTMENTS]
    blocks = [_block(turn, found, total, ROWS_OF_ONE if sides.department else ROWS) for total in shown]
    hidden = len(found.totals) - len(shown)
    return body(
        turn.words.locale,
        "compare",
        before=_told(turn, sides.before),
        after=_told(turn, sides.after),
        whole=_sum(turn, found.whole),
        blocks=blocks,
        more=turn.words("compare.more", n=hidden) if hidden else "",
        late=found.late_orders[:ROWS],
        note=footnote(turn.words, (row.text for block in blocks for row in block.rows)),
    )


def sides_of(turn: Turn, words: Sequence[str]) -> Sides:
    """Up to two states, then a department. Left out: from the reference, to now."""
    points: list[Point] = []
    rest = list(words)
    while rest and len(points) < 2 and (found := point(turn, rest[0])):
        points.append(found)
        rest.pop(0)
    department = _department(turn, rest) if rest else ""
    if not points or (len(points) == 1 and words[0] == NOW):
        points.insert(0, reference(turn))
    before, after = points if len(points) == 2 else (points[0], Point(turn.plan().revision))
    return Sides(before, after, department)


def compared(turn: Turn, sides: Sides) -> Summary:
    """Summary of the differences, of the one department's items only, if one is named."""
    return summarise(plan_at(turn, sides.before), plan_at(turn, sides.after), sides.department or None)


def state(turn: Turn, word: str) -> Point:
    """The one state a word names. Raises Refused("unknown-point")."""
    found = point(turn, word)
    if found is None:
        raise _unknown(turn, word)
    return found


def _department(turn: Turn, words: Sequence[str]) -> str:
    known = turn.organisation.find_department(" ".join(words))
    if known is None:
        raise _unknown(turn, " ".join(words))
    return known.id


def _unknown(turn: Turn, word: str) -> Refused:
    facts = {"oldest": turn.uow.plans.oldest(), "newest": turn.plan().revision}
    return Refused("unknown-point", found=word, baselines=names(turn), **facts)


@dataclass(frozen=True, slots=True)
class Block:
    """One department's part of the answer."""

    department: str
    total: str
    rows: Sequence[Row]
    more: str


def _block(turn: Turn, found: Summary, total: Total, shown: int) -> Block:
    rows = turn.rows().rows(line for line in found.lines if line.department == total.department)
    name = turn.organisation.department_name(total.department) or turn.words("value.nobody")
    more = turn.words("card.more", n=len(rows) - shown) if len(rows) > shown else ""
    return Block(name, _sum(turn, total), rows[:shown], more)


def _told(turn: Turn, there: Point) -> str:
    if there.baseline:
        return turn.words("compare.baseline", name=there.baseline, revision=there.revision)
    code = "compare.now" if there.revision == turn.uow.plans.head() else "compare.revision"
    return turn.words(code, revision=there.revision)


def _sum(turn: Turn, total: Total) -> str:
    """12 项不同：推迟 4、净差 +8 天、晚交 1 单."""
    counts = [turn.words(f"compare.{name}", n=getattr(total, name)) for name in COUNTS if getattr(total, name)]
    if not total.items:
        return turn.words.list(counts)
    return turn.words("compare.items", n=total.items, parts=turn.words.list(counts)).rstrip("：: ")
