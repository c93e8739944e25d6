"""基线: the names that states of the plan have."""

from cards.markdown import body
from cards.words.dates import moment
from handlers.language import ShowBaselines
from handlers.turn import Ask, Turn

SHOWN = 12


def list_baselines(turn: Turn, ask: Ask, command: ShowBaselines) -> str:
    """The names there are, the newest first."""
    known = turn.uow.baselines.newest_first()
    rows = [
        {
            "name": baseline.name,
            "kind": turn.words(f"value.baseline.{baseline.kind.value}"),
            "revision": baseline.revision,
            "at": moment(baseline.frozen_at, turn.environment.zone, turn.today),
            "by": turn.organisation.name_of(baseline.frozen_by),
        }
        for baseline in known[:SHOWN]
    ]
    more = turn.words("card.more", n=len(known) - SHOWN) if len(known) > SHOWN else ""
    return body(turn.words.locale, "baselines", rows=rows, more=more, revision=turn.plan().revision)
