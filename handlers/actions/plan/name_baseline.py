"""基线: the plan as it stands is given a name."""

from handlers.language import NameBaseline
from handlers.notify.audit import record
from handlers.turn import Ask, Turn
from planning.plan.revision import Baseline, BaselineKind
from planning.refusal import Refused
from planning.trail.audit import Kind


def name_baseline(turn: Turn, ask: Ask, command: NameBaseline) -> str:
    """Freeze the head under a name. Raises "baseline-exists"."""
    revision = turn.plan().revision
    if known := turn.uow.baselines.named(command.name):
        raise Refused("baseline-exists", name=known.name, revision=known.revision)
    freeze(turn, command.name, revision, command.kind, ask.person.id)
    named = {"revision": revision, "baseline": command.kind.value}
    record(turn, Kind.BASELINED, ask.person.id, command.name, named)
    kind = turn.words(f"value.baseline.{command.kind.value}")
    return turn.words("answer.baseline-named", name=command.name, kind=kind, revision=revision)


def freeze(turn: Turn, name: str, revision: int, kind: BaselineKind, by: str) -> None:
    turn.uow.baselines.freeze(Baseline(name, revision, kind, turn.now, by))
