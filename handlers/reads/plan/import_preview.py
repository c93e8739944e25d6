"""What tables would make of the plan, before they do: also which changes in effect they would undo."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from cards.lines.report import told as in_words
from handlers.stocks import as_counted
from handlers.turn import Turn
from planning.change.change import Change, ChangeState
from planning.facts.report import is_report
from planning.plan.difference import value_of
from planning.plan.impact import Line
from planning.plan.plan import Plan
from planning.plan.replacement import Replacement, nothing_before, replacement
from planning.refusal import Refused


@dataclass(frozen=True, slots=True)
class Foreseen:
    head: int
    """The revision it was seen from; 0: there is no plan yet."""
    plan: Plan
    """As it would be, as the next revision."""
    replacement: Replacement
    undone: tuple[Change, ...]
    """Changes in effect of which something would be undone, oldest first."""
    told: tuple[tuple[str, str, str], ...]
    """Number, headline and proposer of each of them."""
    reported: tuple[tuple[str, str, str], ...]
    """Number, item and what was said of each report that has set a date or a state which would be undone."""
    source: str

    @property
    def is_same(self) -> bool:
        """True where the tables say what the plan says already."""
        return bool(self.head) and self.replacement.is_empty

    @property
    def is_harmless(self) -> bool:
        """True for one that removes, moves and undoes nothing."""
        return not self.head or (self.replacement.takes_nothing and not self.undone and not self.reported)

    @property
    def emptied(self) -> tuple[Change, ...]:
        """The emergencies to be ratified of which the plan would keep nothing."""
        waiting = (change for change in self.undone if change.state is ChangeState.PROVISIONAL)
        return tuple(change for change in waiting if not _stands(change, self.plan))


def foresee(turn: Turn, plan: Plan, source: str) -> Foreseen:
    """Compare the tables' plan with the one there is; `source` names the files.

    Raises Refused("stale-table") for tables that were exported from an older revision, so that they cannot undo what
    was decided since (edge case 21).
    """
    head = turn.uow.plans.head() if turn.uow.plans.exists() else 0
    if plan.revision and plan.revision < head:
        raise Refused("stale-table", revision=plan.revision, head=head, file=source)
    after = replace(plan, revision=head + 1, calendars=turn.environment.kept_calendars())
    before = as_counted(turn.uow, turn.uow.plans.load()) if head else nothing_before(after)
    after = replace(after, stock={**before.stock, **after.stock})  # a product they do not name was not counted anew
    numbers = list(_undone(turn, before, after)) if head else []
    known = map(turn.uow.changes.get, numbers)
    undone = tuple(change for change in known if change and change.state.is_in_effect)
    told = tuple((change.no, view.headline, view.proposer) for change in undone for view in (turn.view(change),))
    reported = tuple(_reported(turn, before, filter(is_report, numbers)))
    return Foreseen(head, after, replacement(before, after), undone, told, reported, source)


def refuse_much_gone(foreseen: Foreseen) -> None:
    """Raise Refused("import-removes") for tables that may well be a part of the plan only."""
    if foreseen.replacement.removes_much:
        removed = len(foreseen.replacement.comparison.removed)
        raise Refused("import-removes", file=foreseen.source, removed=removed, items=foreseen.replacement.size)


def _reported(turn: Turn, plan: Plan, numbers: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    for report in filter(None, map(turn.uow.reports.get, numbers)):
        item = plan.items.get(report.item)
        said = in_words(turn.words, report, turn.today, item.unit if item else "")
        name = turn.organisation.name_of(report.by)
        yield report.no, report.item, turn.words("report.said-by", name=name, what=said)


def _undone(turn: Turn, before: Plan, after: Plan) -> Iterator[str]:
    """Numbers of the changes and reports since the last import whose values the tables replace, back to the one that
    agrees with them; oldest first."""
    settled: set[tuple[str, str]] = set()
    found: dict[str, None] = {}
    is_in, will_be_in = _values_in(before), _values_in(after)
    for past in reversed(turn.uow.revisions.lines_after(turn.uow.revisions.newest_import())):
        line = past.line
        key = (line.item, f"link {line.after or line.before}" if line.field == "link" else line.field)
        if key in settled:
            continue
        value = will_be_in(line)
        if value in (is_in(line), _after(line)):
            settled.add(key)
        else:
            found[past.change] = None
    return reversed(found)


def _stands(change: Change, plan: Plan) -> bool:
    """Check whether the plan keeps anything of a change."""
    value = _values_in(plan)
    return any(value(line) == _after(line) for line in change.impact.lines)


Value = tuple[bool, str]
"""Whether there is such an item or link, and the value of a field."""


def _values_in(plan: Plan) -> Callable[[Line], Value]:
    """What a plan says of the field or link that a line is about."""
    joined = {frozenset(link.ends) for link in plan.links}

    def value(line: Line) -> Value:
        if line.field == "link":
            return frozenset((line.item, line.after or line.before)) in joined, ""
        item = plan.items.get(line.item)
        return item is not None, value_of(item, line.field)

    return value


def _after(line: Line) -> Value:
    return (bool(line.after), "") if line.field == "link" else (True, line.after)
