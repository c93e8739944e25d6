"""Who plays the machine: does one thing, takes a picture, and looks whether everything holds."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from cards.action import Verb
from handlers.events import Clicked, Said
from handlers.reads.trail.proof import faults
from handlers.turn import Turn
from planning.change.change import Change, Step
from planning.exceptions.episode import Episode, State
from planning.people.masks import HIDDEN
from planning.trail.audit import AuditEvent
from storage.delivery.cards import CardRow, Purpose
from tests.machine import town
from tests.machine.invariants import INVARIANTS
from tests.machine.model import MODEL, everything_has_ended
from tests.machine.snapshot import Camera, Snapshot
from tests.machine.step import Act, Press, Taken, What
from tests.machine.works import Works

TALLY: Counter[str] = Counter()
"""How often each rule was taken, over all runs of this process."""
SEEN: Counter[str] = Counter()
"""What came of it, as the audit trail tells it: kinds, and codes of refusals."""

NIGHTS = 14
"""More than people are ever off at a stretch."""


def does(**given: st.SearchStrategy[Any]) -> Callable[[Callable[..., None]], Any]:
    """A rule whose name is counted for each step it takes."""

    def decorated(function: Callable[..., None]) -> Any:
        @wraps(function)
        def taken(self: "Player", **drawn: Any) -> None:
            self.doing = function.__name__
            function(self, **drawn)

        made: Callable[[Callable[..., None]], Any] = rule(**given)  # type: ignore[call-overload]
        return made(taken)

    return decorated


def when(thing: Callable[["Player"], object]) -> Callable[[Any], Any]:
    """Only while there is something to do it to."""
    return precondition(lambda player: player.works is not None and bool(thing(player)))


class Player(RuleBasedStateMachine):
    """`before` is how everything stands."""

    before: Snapshot
    camera: Camera

    def __init__(self) -> None:
        super().__init__()
        self.works: Works | None = None
        self.doing = ""
        self.broken = False
        self.events: list[Clicked] = []
        self.said: list[Said] = []

    @initialize(environment=st.sampled_from(sorted(town.HOUSES)))
    def open(self, environment: str) -> None:
        self.works = Works(town.HOUSES[environment]())
        self.camera = Camera(self.works)
        self.works.restart()  # start-up hooks, as of every process
        self.before = self.camera.take()

    @property
    def at(self) -> Works:
        assert self.works is not None
        return self.works

    def submit(self, person: str, text: str) -> list[str]:
        known = set(self.before.changes)
        self.say(person, text)
        previews = [self.card_of(no, Purpose.PROPOSAL) for no in self.before.changes if no not in known]
        for row in previews:
            self.press(Press(person, row.card_id, Verb.SUBMIT))
        return [self.before.cards[row.card_id].subject.id for row in previews]

    def approve_all(self, no: str) -> None:
        for asked in self.before.changes[no].waiting:
            if self.before.changes[no].state.is_deciding and asked.approvers:
                row = self.card_of(no, Purpose.APPROVAL, asked.department)
                self.press(Press(asked.approvers[0], row.card_id, Verb.APPROVE))

    def say(self, person: str, text: str, *, writes: bool = True) -> None:
        heard: list[Said] = []
        self.do(Act(What.SAY, person, text, writes=writes), lambda: heard.append(self.at.say(person, text)))
        self.said = [*self.said[-9:], *heard]

    def press(self, *presses: Press) -> None:
        works = self.at
        rows = [self.before.cards[press.card] for press in presses]
        events = [
            works.pressed(p.person, row, p.verb, p.choice, **({"input": p.typed} if p.typed else {}))
            for p, row in zip(presses, rows, strict=True)
        ]
        self.do(Act(What.CLICK, presses[0].person, presses=presses), lambda: works.click(*events))
        self.events = [*self.events[-9:], *events]

    def decide(self, number: int, which: int, verb: Verb, choice: str = "", typed: str = "") -> None:
        for person, row in self.somebody_asked(number, which):
            self.press(Press(person, row.card_id, verb, choice, typed))

    def somebody_asked(self, number: int, which: int) -> list[tuple[str, CardRow]]:
        """And the card they are asked on; none when nobody is."""
        change = self.pick(self.deciding(), number)
        step = self.pick([step for step in change.waiting if step.approvers], which) if change else None
        if step is None:
            return []
        return [(self.pick(step.approvers, which), self.card_of(change.no, Purpose.APPROVAL, step.department))]

    def settle_newest(self, person: str, choice: str, number: int = 0) -> None:
        rows = [row for row in self.before.cards.values() if row.purpose is Purpose.CONFLICT]
        if row := self.pick(rows, number):
            self.press(Press(person, row.card_id, Verb.SETTLE, choice))

    def do(self, act: Act, work: Callable[[], object]) -> None:
        """One step: what is done, then everything that has to hold."""
        TALLY[self.doing] += 1
        self.broken = True
        answers = work()
        after = self.camera.take()
        SEEN.update(map(_kind, after.audit))
        shown = (*self.at.shown(), *map(repr, answers if isinstance(answers, list) else ()))
        SEEN["a masked column was shown hidden"] += sum(HIDDEN in text for text in shown)
        taken = Taken(self.before, after, act, self.at.environment, shown)
        self.before = after
        for check in (*INVARIANTS.values(), *MODEL):
            check(taken)
        self.broken = False
        self.at.clock.move(seconds=1)

    def deciding(self) -> list[Change]:
        return [change for change in self.before.changes.values() if change.state.is_deciding]

    def going_wrong(self) -> list[Episode]:
        return [one for one in self.before.episodes.values() if one.state is State.OPEN]

    def exception_cards(self) -> list[CardRow]:
        return [row for row in self.before.cards.values() if row.purpose is Purpose.EXCEPTION]

    def card_of(self, no: str, purpose: Purpose, department: str = "") -> CardRow:
        """The newest."""
        wanted = no, purpose, department
        rows = [r for r in self.before.cards.values() if (r.subject.id, r.purpose, r.department) == wanted]
        assert rows, f"{no} has no {purpose} card for {department or 'the proposer'}"
        return max(rows, key=lambda row: (row.round, row.created_at))

    def step_shown(self, row: CardRow) -> Step | None:
        """The step a card asks for, as it is now."""
        change = self.before.changes.get(row.subject.id)
        return change.step_of(row.department) if change else None

    def proposal_card(self, change: Change) -> str:
        rows = [row for row in self.before.cards.values() if row.subject == change.subject]
        return next((row.card_id for row in rows if row.purpose is Purpose.PROPOSAL), rows[0].card_id if rows else "")

    @staticmethod
    def pick(things: Any, number: int) -> Any:
        """One of them, the newest most often; None of none."""
        return things[-1 - number % len(things)] if things else None

    def teardown(self) -> None:
        if self.works is None:
            return
        try:
            if not self.broken:
                self._let_it_end()
                assert self._unproven() == [], "the database does not prove itself"
        finally:
            self.camera.close()
            self.works.close()

    def _unproven(self) -> list[str]:
        works = self.at
        return works.database.look(lambda uow: faults(Turn(uow, works.now, works.environment)))

    def _let_it_end(self) -> None:
        """Time passes until nothing waits any more: whoever was asked has acted, was asked by the ladder, or was
        excused."""
        self.doing = "let it end"
        for _ in range(60):
            if not any(change.state.is_pending for change in self.before.changes.values()):
                break
            self.do(Act(What.TIME), lambda: self.at.live(timedelta(hours=24)))
        for _ in range(NIGHTS):  # what is told when people work waits for the next working day
            if not any(message.state == "new" for message in self.before.messages.values()):
                break
            self.do(Act(What.TIME), lambda: self.at.live(timedelta(hours=24)))
            self.do(Act(What.DELIVER), self.at.deliver)
        for _ in range(3):  # what a platform was too busy for is tried again
            self.do(Act(What.DELIVER), lambda: self.at.live(timedelta(minutes=11)))
            self.do(Act(What.DELIVER), self.at.deliver)
        everything_has_ended(self.before)


def _kind(event: AuditEvent) -> str:
    """With the code of a refusal."""
    code = "" if event.kind.startswith("exception.") else event.facts.get("code", "")
    return f"{event.kind} {code}".strip()
