"""基线: naming the plan as it stands, and the states of it that people can name."""

from dataclasses import dataclass

from cards.markdown import body
from cards.words.dates import moment
from handlers.language import NOW, NameBaseline, ShowBaselines
from handlers.notify.audit import record
from handlers.turn import Ask, Turn
from planning.plan.baseline import Baseline, BaselineKind
from planning.plan.plan import Plan
from planning.refusal import Refused
from planning.trail.audit import Kind
from storage.plans import NotKept

SHOWN = 12


@dataclass(frozen=True, slots=True)
class Point:
    """A revision, and the baseline's name it was found by (empty: by its number)."""

    revision: int
    baseline: str = ""


def name_baseline(turn: Turn, ask: Ask, command: NameBaseline) -> str:
    """Freeze the head under a name. Raises "baseline-exists"."""
    revision = turn.plan().revision
    if known := turn.uow.baselines.named(command.name):
        raise Refused("baseline-exists", name=known.name, revision=known.revision)
    freeze(turn, command.name, revision, command.kind, ask.person.id)
    named = {"revision": revision, "baseline": command.kind.value}
    record(turn, Kind.BASELINED, ask.person.id, command.name, named)
    kind = turn.words(f"baseline.{command.kind.value}")
    return turn.words("baseline.named", name=command.name, kind=kind, revision=revision)


def freeze(turn: Turn, name: str, revision: int, kind: BaselineKind, by: str) -> None:
    turn.uow.baselines.freeze(Baseline(name, revision, kind, turn.now, by))


def point(turn: Turn, word: str) -> Point | None:
    """The state a word names: NOW, a revision's number (whether there is one or not), a baseline; None: nothing."""
    if word == NOW:
        return Point(turn.plan().revision)
    if word.isdecimal():
        return Point(int(word))
    known = turn.uow.baselines.named(word)
    return Point(known.revision, known.name) if known else None


def reference(turn: Turn) -> Point:
    """What the plan is measured against when nobody says: the newest promise, else the oldest revision kept."""
    promised = turn.uow.baselines.promise()
    return Point(promised.revision, promised.name) if promised else Point(turn.uow.plans.oldest())


def plan_at(turn: Turn, there: Point) -> Plan:
    """Raises Refused("unknown-revision"), Refused("no-plan")."""
    turn.plan()
    try:
        return turn.uow.plans.at(there.revision)
    except NotKept as missing:
        facts = {"revision": missing.revision, "oldest": missing.oldest, "newest": missing.newest}
        raise Refused("unknown-revision", **facts) from None


def names(turn: Turn) -> str:
    """The baselines there are, for a sentence."""
    known = [baseline.name for baseline in turn.uow.baselines.newest_first()[:SHOWN]]
    return turn.words.list(known) or turn.words("baseline.none")


def show(turn: Turn, ask: Ask, command: ShowBaselines) -> str:
    """The names there are, the newest first."""
    known = turn.uow.baselines.newest_first()
    rows = [
        {
            "name": baseline.name,
            "kind": turn.words(f"baseline.{baseline.kind.value}"),
            "revision": baseline.revision,
            "at": moment(baseline.frozen_at, turn.environment.zone, turn.today),
            "by": turn.organisation.name_of(baseline.frozen_by),
        }
        for baseline in known[:SHOWN]
    ]
    more = turn.words("more", n=len(known) - SHOWN) if len(known) > SHOWN else ""
    return body(turn.words.locale, "baselines", rows=rows, more=more, revision=turn.plan().revision)
