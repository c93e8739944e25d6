"""From a command as typed to its value: one reader per verb."""

from collections.abc import Callable, Mapping
from datetime import date

from handlers.language import baselines, conflicts, decisions, freezing, leave, objections, reads, ruling, shadow
from handlers.language.commands import Command
from handlers.language.typed import Typed
from handlers.language.what_if import what_if
from handlers.language.writes import WRITES
from planning.refusal import Refused

_FILLED = {"<单号>": "X-1", "<原因>": "x", "<reason>": "x"}

READERS: Mapping[str, Callable[[Typed], Command]] = {
    **WRITES,
    "impact": what_if,
    "plan": reads.query_plan,
    "todo": reads.todo,
    "why": reads.why,
    "digest": reads.digest,
    "baseline": baselines.name_baseline,
    "compare": baselines.compare,
    "freeze": freezing.freeze,
    "unfreeze": freezing.unfreeze,
    "rules": ruling.rules,
    "shadow": shadow.shadow,
    "help": reads.ask_help,
    "approve": decisions.approve,
    "reject": objections.reject,
    "modify": objections.modify,
    "revise": objections.revise,
    "transfer": decisions.transfer,
    "withdraw": decisions.withdraw,
    "undo": decisions.undo,
    "extend": decisions.extend,
    "acks": decisions.acks,
    "remind": decisions.remind,
    "delegate": leave.delegate,
    "conflicts": conflicts.conflicts,
}


def understand(text: str, today: date) -> Command | None:
    """One command in cleaned text; None when it starts with no command.

    Raises `planning.refusal.Refused` where the command is known and its arguments are not. An `example` among its
    facts is made of the person's words where that makes a command that works, else it is the table's own.
    """
    typed = Typed.of(text, today)
    if typed is None:
        return None
    try:
        return READERS[typed.spec.english](typed)
    except Refused as refused:
        raise _with_a_working_example(refused, typed) from None


def works(form: str, today: date) -> bool:
    """Whether a right form, once its placeholders are filled in, is understood."""
    for placeholder, word in _FILLED.items():
        form = form.replace(placeholder, word)
    try:
        typed = Typed.of(form, today)
        return typed is not None and bool(READERS[typed.spec.english](typed))
    except Refused:
        return False


def _with_a_working_example(refused: Refused, typed: Typed) -> Refused:
    facts = refused.refusal.facts
    if "example" not in facts or works(facts["example"], typed.today):
        return refused
    example = typed.spec.example_en if typed.is_english else typed.spec.example
    return Refused(refused.refusal.code, **{**facts, "example": example})
