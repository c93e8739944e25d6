"""How a database fails to prove itself: its trail with guards and anchors, the plan, requests, votes, settings."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from handlers.reads.trail.audit_sentences import told_break
from handlers.reads.trail.settings_proof import SettingsProof
from handlers.turn import Turn
from planning.change.attested import Attested, Difference
from planning.exceptions.episode import State
from planning.plan.revision import first_broken
from planning.trail.anchor import Anchor
from planning.trail.audit import AuditEvent

SHOWN = 5
"""Requests and votes that are named; the rest are counted."""


def faults(turn: Turn, told: Sequence[Anchor] = ()) -> list[str]:
    """Sentences, empty where everything holds; on a snapshot. `told`: anchors that somebody has kept elsewhere."""
    guards = turn.uow.proof.missing_guards()
    found = [turn.words("proof.guards", names=turn.words.list(guards))] if guards else []
    return [*found, *_trail(turn, told)]


def _trail(turn: Turn, told: Sequence[Anchor]) -> Iterator[str]:
    attested, anchors, settings = Attested(), _Anchors(turn, told), SettingsProof(turn)

    def read(event: AuditEvent) -> None:
        attested.read(event)
        settings.read(event)
        anchors.read(event)

    if broken := turn.uow.audit.first_break(read):
        yield told_break(turn, broken)
    else:  # a broken trail is no measure for the rest
        yield from anchors.faults()
        yield from _differences(turn, attested)
        yield from settings.faults()
    yield from _plan(turn)


def _differences(turn: Turn, attested: Attested) -> Iterator[str]:
    proof, chain = turn.uow.proof, turn.uow.revisions.chain()
    exceptions = ((f"EX-{number}", _told(state)) for number, state in turn.uow.exceptions.states())
    found = attested.differences(proof.states(), proof.votes(), chain, turn.uow.reports.all(), exceptions)
    yield from (_difference(turn, one) for one in found[:SHOWN])
    if len(found) > SHOWN:
        yield turn.words("proof.more", n=len(found) - SHOWN)


def _told(state: State) -> str:
    """What the trail says of a row in it: one that is seen again has not come back until a second scan sees it."""
    return (State.OPEN if state is State.OPEN else State.CLOSED).value


def _difference(turn: Turn, one: Difference) -> str:
    words, nothing = turn.words, turn.words("proof.nothing")
    facts = {"expected": one.expected or nothing, "found": one.found or nothing, "change": one.change}
    return words(f"proof.{one.fault.value}", **facts)


def _plan(turn: Turn) -> Iterator[str]:
    """About revisions and the plan they made; nothing where there is no plan."""
    if not turn.uow.plans.exists():
        return
    chain, head = turn.uow.revisions.chain(), turn.uow.plans.head()
    if broken := first_broken(chain):
        yield turn.words("doctor.chain-broken", revision=broken.number, change=broken.change)
    elif not chain or chain[-1].number != head:
        yield turn.words("doctor.head-differs", head=head, last=chain[-1].number if chain else 0)
    elif other := turn.uow.proof.first_other_content():
        yield turn.words("proof.content" if other == head else "proof.content-past", revision=other, head=head)


class _Anchors:
    """Anchors that were told, compared with the trail as it is gone through."""

    def __init__(self, turn: Turn, told: Sequence[Anchor]) -> None:
        self._turn = turn
        self._known = [*map(Anchor.read, turn.uow.anchors.all()), *told]
        self._open: dict[int, list[Anchor]] = defaultdict(list)
        for anchor in self._known:
            self._open[anchor.number].append(anchor)
        self._rewritten: list[Anchor] = []

    def read(self, event: AuditEvent) -> None:
        self._rewritten += (a for a in self._open.pop(event.number, []) if not a.fits(event.hash))

    def faults(self) -> Iterator[str]:
        words, end = self._turn.words, self._turn.uow.audit.head().number
        if unsigned := next(self._unsigned(), None):
            yield words("proof.signature", anchor=unsigned)
        if self._rewritten:
            yield words("proof.rewritten", number=self._rewritten[0].number, anchor=self._rewritten[0])
        if self._open:
            last = max(self._open)
            yield words("proof.cut", end=end, number=last, anchor=self._open[last][0])

    def _unsigned(self) -> Iterator[Anchor]:
        """Anchors that our key did not sign, from the first on that was signed at all."""
        key, signed = self._turn.environment.anchor_key, False
        for anchor in self._known if key else ():
            signed = signed or bool(anchor.signature)
            if signed and not anchor.is_signed(self._turn.uow.plan_id, key):
                yield anchor
