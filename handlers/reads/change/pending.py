"""待批: who has not decided yet, the longest wait first."""

from collections.abc import Sequence

from handlers.language import Pending
from handlers.reads.brief import brief, next_step
from handlers.reads.change.waiting import Wait, waits
from handlers.reply import Reply
from handlers.turn import Ask, Turn

PUSHED = 3
"""So many are offered to be gone on with."""


def pending(turn: Turn, ask: Ask, command: Pending) -> Reply:
    """A line for each department that owes its word, and for each proposer who is to modify."""
    found = waits(turn)
    held = sum(1 for change in turn.uow.changes.open_ones() if not change.state.is_deciding)
    by_whom: dict[str, list[Wait]] = {}
    for wait in found:
        by_whom.setdefault(wait.change.proposer if wait.is_returned else wait.step.department, []).append(wait)
    groups = list(by_whom.values())
    lines = [_line(turn, group) for group in groups]
    lines += [turn.words("brief.held", n=held)] if held else []
    if not lines:
        return Reply(turn.words("brief.nothing-pending"))
    title = turn.words("brief.pending", n=len({wait.change.no for wait in found}))
    first = list(dict.fromkeys(group[0].change.no for group in groups))
    steps = [next_step(turn, ask.person, turn.change(no)) for no in first[:PUSHED]]
    return Reply(brief(turn, title, lines), (*steps, "待办 全部"))


def _line(turn: Turn, group: Sequence[Wait]) -> str:
    first = group[0]
    view = turn.view(first.change)
    names = dict.fromkeys(turn.view(wait.change).waited_for(wait.step) for wait in group)
    facts = {
        "department": view.department(first.step.department),
        "names": view.proposer if first.is_returned else turn.words.list(list(names)),
        "n": len(group),
        "since": view.at(first.since),
        "no": first.change.no,
    }
    return turn.words("brief.returned-to" if first.is_returned else "brief.owes", **facts)
