"""Anybody does anything at any moment; after every step the invariants hold and the model agrees."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import wraps
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from bot.channels.channel import TryLater
from cards.action import Verb
from handlers.events import Clicked
from handlers.proposals import draft, submit_draft
from handlers.turn import Turn
from planning.change import Change
from planning.item import Status
from planning.operation import Operation
from storage.cards import CardRow, Purpose
from tests.machine import town
from tests.machine.invariants import INVARIANTS
from tests.machine.model import MODEL
from tests.machine.snapshot import Camera, Snapshot
from tests.machine.step import Act, Press, Taken, What
from tests.machine.words import (
    ABOUT_A_CHANGE,
    ANYBODY,
    COMMANDS,
    HOURS,
    ITEMS,
    KEEPERS,
    LEAVES,
    NUMBERS,
    OPERATIONS,
    PEOPLE,
    PLANNERS,
    QUESTIONS,
    SCOPES,
    SENSIBLE,
    WINDOWS,
)  # fmt: skip
from tests.machine.works import Works

TALLY: Counter[str] = Counter()
"""How often each rule was taken, over all runs of this process."""
SEEN: Counter[str] = Counter()
"""What came of it, as the audit trail tells it: kinds, and codes of refusals."""
ERP = "api:erp"

def does(**given: st.SearchStrategy[Any]) -> Callable[[Callable[..., None]], Any]:
    """A rule whose name is counted for each step it takes."""

    def decorated(function: Callable[..., None]) -> Any:
        @wraps(function)
        def taken(self: "ChangeControl", **drawn: Any) -> None:
            self.doing = function.__name__
            function(self, **drawn)

        made: Callable[[Callable[..., None]], Any] = rule(**given)  # type: ignore[call-overload]
        return made(taken)

    return decorated


def when(thing: Callable[["ChangeControl"], object]) -> Callable[[Any], Any]:
    """Only while there is something to do it to."""
    return precondition(lambda machine: machine.works is not None and bool(thing(machine)))


deciding = when(lambda machine: machine._deciding())
waiting_letters = when(lambda machine: any(row.state == "new" for row in machine.before.letters.values()))
any_card = when(lambda machine: machine.before.cards)
any_change = when(lambda machine: machine.before.changes)


class ChangeControl(RuleBasedStateMachine):
    """`TALLY` counts the rules taken; the checks run after each."""

    before: Snapshot
    camera: Camera

    def __init__(self) -> None:
        super().__init__()
        self.works: Works | None = None
        self.doing = ""

    @initialize(house=st.sampled_from(sorted(town.HOUSES)))
    def open(self, house: str) -> None:
        self.works = Works(town.HOUSES[house]())
        self.camera = Camera(self.works)
        self.works.restart()  # start-up hooks, as of every process
        self.before = self.camera.take()
        self.events: list[Clicked] = []
        self.said: list[Any] = []

    # -- proposing --------------------------------------------------------------------------------------

    @does(person=ANYBODY, text=COMMANDS)
    def propose(self, person: str, text: str) -> None:
        self._say(person, text)

    @does(person=PLANNERS, text=st.one_of(SENSIBLE, SENSIBLE, COMMANDS))
    def propose_and_submit(self, person: str, text: str) -> None:
        """What makes most requests: a planner types, reads the preview and submits it."""
        self._submit(person, text)

    @does(first=SENSIBLE, second=SENSIBLE, number=NUMBERS)
    def compete(self, first: str, second: str, number: int) -> None:
        """Two requests on the same chain at once: one is decided, the other has to be looked at again."""
        nos = [no for person, text in (("he", first), ("qian", second)) for no in self._submit(person, text)]
        for no in nos if number % 2 else reversed(nos):
            self._approve_all(no)

    @does(operations=st.lists(OPERATIONS, min_size=1, max_size=3), submit=st.booleans())
    def system_proposes(self, operations: list[Operation], submit: bool) -> None:
        def work(turn: Turn) -> Change:
            turn.uow.plans.lock()
            change = draft(turn, turn.plan(), tuple(operations), ERP, "系统同步", "", "")
            return submit_draft(turn, change, ERP) if submit else change

        self._do(Act(What.SYSTEM, ERP), lambda: self._works.do(work))

    # -- pressing ---------------------------------------------------------------------------------------

    @any_card
    @does(number=NUMBERS, person=ANYBODY, verb=st.sampled_from(sorted(Verb)), choice=st.booleans())
    def press_any(self, number: int, person: str, verb: Verb, choice: bool) -> None:
        """Any card there ever was, by anybody."""
        if row := self._pick(list(self.before.cards.values()), number):
            self._press(Press(person, row.card_id, verb, self._choice(row, verb, person) if choice else ""))

    @deciding
    @does(number=NUMBERS, which=NUMBERS)
    def approve(self, number: int, which: int) -> None:
        """By one who is asked."""
        self._decide(number, which, Verb.APPROVE)

    @deciding
    @does(number=NUMBERS)
    def approve_all(self, number: int) -> None:
        """One after the other, until it is decided."""
        if change := self._pick(self._deciding(), number):
            self._approve_all(change.no)

    @deciding
    @does(number=NUMBERS, which=NUMBERS)
    def reject(self, number: int, which: int) -> None:
        self._decide(number, which, Verb.REJECT, "capacity")

    @deciding
    @does(number=NUMBERS, which=NUMBERS)
    def hand_on(self, number: int, which: int) -> None:
        self._decide(number, which, Verb.TRANSFER, PEOPLE[which % len(PEOPLE)])

    @any_change
    @does(number=NUMBERS)
    def withdraw(self, number: int) -> None:
        mine = [c for c in self.before.changes.values() if c.state.is_open and c.proposer in PEOPLE]
        if change := self._pick(mine, number):
            self._press(Press(change.proposer, self._proposal_card(change), Verb.DISCARD))

    @any_card
    @does(number=NUMBERS, one=ANYBODY, other=ANYBODY, verbs=st.permutations((Verb.APPROVE, Verb.REJECT)))
    def press_at_once(self, number: int, one: str, other: str, verbs: list[Verb]) -> None:
        """Two people press at the same moment, on the same card, against each other."""
        rows = [r for r in self.before.cards.values() if r.purpose is not Purpose.NOTICE]
        if row := self._pick(rows, number):
            asked = self.before.changes[row.change_no].step_of(row.department)
            first = asked.approvers[0] if asked and asked.approvers else one
            choices = [("capacity" if verb is Verb.REJECT else "") for verb in verbs]
            pairs = zip((first, other), verbs, choices, strict=True)
            self._press(*(Press(who, row.card_id, verb, choice) for who, verb, choice in pairs))

    @does(number=NUMBERS)
    def platform_repeats_a_click(self, number: int) -> None:
        if event := self._pick(self.events, number):
            self._do(Act(What.CLICK, repeated=True), lambda: self._works.click(event))

    # -- speaking ---------------------------------------------------------------------------------------

    @any_change
    @does(number=NUMBERS, person=ANYBODY, verb=ABOUT_A_CHANGE)
    def speak(self, number: int, person: str, verb: str) -> None:
        """About any request, by word; every third time by somebody who is asked."""
        if change := self._pick(list(self.before.changes.values()), number):
            asked = [who for step in change.waiting for who in step.approvers]
            who = asked[number % len(asked)] if asked and number % 3 == 0 else person
            self._say(who, verb.format(no=change.no))

    @does(number=NUMBERS, person=ANYBODY, text=QUESTIONS)
    def read(self, number: int, person: str, text: str) -> None:
        no = change.no if (change := self._pick(list(self.before.changes.values()), number)) else "CR-20261123-001"
        self._say(person, text.format(no=no), writes=False)

    @does(number=NUMBERS)
    def platform_repeats_a_message(self, number: int) -> None:
        if said := self._pick(self.said, number):
            self._do(Act(What.SAY, repeated=True), lambda: self._works.run(self._works._said(said)))

    @does(person=st.sampled_from(PEOPLE), text=COMMANDS)
    def process_ends_before_it_understood(self, person: str, text: str) -> None:
        """Heard, written down, gone; the next process picks it up once the lease is over."""
        said = self._works.company.said(person, text, self._works.room(person), self._works.next_event())
        self._do(Act(What.RESTART), lambda: self._works.lose(said))
        self._do(Act(What.SAY, person, text), lambda: self._works.live(timedelta(seconds=40)))

    # -- people come and go -----------------------------------------------------------------------------

    @does(person=st.sampled_from(PEOPLE), deputy=st.sampled_from(PEOPLE), days=LEAVES)
    def leave(self, person: str, deputy: str, days: str) -> None:
        self._say(person, f"代理 {deputy} {days}")

    @does(person=st.sampled_from(PEOPLE))
    def come_back(self, person: str) -> None:
        self._say(person, "代理 取消")

    # -- rules and fences -------------------------------------------------------------------------------

    @does(person=KEEPERS, scope=SCOPES, days=WINDOWS)
    def lock_down(self, person: str, scope: str, days: str) -> None:
        self._say(person, f"冻结 {scope} {days} 因为 月结")

    @does(person=KEEPERS, number=st.integers(1, 3), verb=st.sampled_from(("生效", "生效", "解冻")))
    def enforce_or_lift(self, person: str, number: int, verb: str) -> None:
        text = f"冻结 生效 F-{number:03d}" if verb == "生效" else f"解冻 F-{number:03d}"
        self._say(person, text)

    @does(person=st.sampled_from(("admin", "admin", "lin")), name=st.sampled_from(("small", "machine-down", "none")),
          switch=st.sampled_from(("启用", "停用")))  # fmt: skip
    def switch_rule(self, person: str, name: str, switch: str) -> None:
        self._say(person, f"规则 {switch} {name}")

    # -- time and trouble -------------------------------------------------------------------------------

    @does(hours=HOURS)
    def wait(self, hours: float) -> None:
        self._do(Act(What.TIME), lambda: self._works.live(timedelta(hours=hours)))

    @does(hours=HOURS)
    def outage(self, hours: float) -> None:
        self._do(Act(What.RESTART), lambda: self._works.sleep(timedelta(hours=hours)))

    @does()
    def restart(self) -> None:
        self._do(Act(What.RESTART), self._works.restart)

    @does(house=st.sampled_from((*sorted(town.HOUSES), "newer")))
    def restart_with_other_settings(self, house: str) -> None:
        """Rules, fences, language or holidays are others; what is submitted keeps its rule (edge case 11)."""
        made = town.HOUSES[house]() if house in town.HOUSES else town.with_newer_holidays(self._works.house)
        self._do(Act(What.RESTART), lambda: self._works.restart(made))

    @does(status=st.sampled_from((Status.IN_PROGRESS, Status.DONE, Status.RELEASED)), code=st.sampled_from(ITEMS),
          stale=st.booleans())  # fmt: skip
    def bring_tables(self, status: Status, code: str, stale: bool) -> None:
        """Exported, edited, brought back: something has begun or is done. A table that is too old is refused."""
        plan = self.before.plan
        wanted = plan.with_items([replace(plan.items[code], status=status)])
        revision = plan.revision - 1 if stale else plan.revision
        self._do(Act(What.IMPORT), lambda: self._works.bring(replace(wanted, revision=revision)))

    @waiting_letters
    @does(number=NUMBERS, what=st.sampled_from(("", "lost", "busy")))
    def deliver(self, number: int, what: str) -> None:
        """An answer of the platform may be lost, or it may be too busy; then it is tried again, and shown once."""
        rooms = sorted({letter.conversation for letter in self.before.letters.values() if letter.state == "new"})
        if what and (room := self._pick(rooms, number)):
            self._works.trouble(room, "lost" if what == "lost" else TryLater("busy"))
        self._do(Act(What.DELIVER), self._works.deliver)

    # -- how it goes ------------------------------------------------------------------------------------

    @property
    def _works(self) -> Works:
        assert self.works is not None
        return self.works

    def _submit(self, person: str, text: str) -> list[str]:
        known = set(self.before.changes)
        self._say(person, text)
        new = sorted(set(self.before.changes) - known)
        for no in new:
            self._press(Press(person, self._card_of(no, Purpose.PROPOSAL).card_id, Verb.SUBMIT))
        return new

    def _approve_all(self, no: str) -> None:
        for asked in self.before.changes[no].waiting:
            if self.before.changes[no].state.is_deciding and asked.approvers:
                row = self._card_of(no, Purpose.APPROVAL, asked.department)
                self._press(Press(asked.approvers[0], row.card_id, Verb.APPROVE))

    def _say(self, person: str, text: str, *, writes: bool = True) -> None:
        heard: list[Any] = []
        self._do(Act(What.SAY, person, text, writes=writes), lambda: heard.append(self._works.say(person, text)))
        self.said = [*self.said[-9:], *heard]

    def _press(self, *presses: Press) -> None:
        works = self._works
        rows = [self.before.cards[press.card] for press in presses]
        events = [works.pressed(p.person, row, p.verb, p.choice) for p, row in zip(presses, rows, strict=True)]
        self._do(Act(What.CLICK, presses[0].person, presses=presses), lambda: works.click(*events))
        self.events = [*self.events[-9:], *events]

    def _decide(self, number: int, which: int, verb: Verb, choice: str = "") -> None:
        if change := self._pick(self._deciding(), number):
            waiting = [step for step in change.waiting if step.approvers]
            if step := self._pick(waiting, which):
                row = self._card_of(change.no, Purpose.APPROVAL, step.department)
                self._press(Press(step.approvers[which % len(step.approvers)], row.card_id, verb, choice))

    def _do(self, act: Act, work: Callable[[], object]) -> None:
        """One step: what is done, then everything that has to hold."""
        TALLY[self.doing] += 1
        work()
        after = self.camera.take()
        SEEN.update(f"{event.kind} {event.facts.get('code', '')}".strip() for event in after.audit)
        taken = Taken(self.before, after, act, self._works.house)
        self.before = after
        for check in (*INVARIANTS.values(), *MODEL):
            check(taken)
        self._works.clock.move(seconds=1)

    def _deciding(self) -> list[Change]:
        return [change for change in self.before.changes.values() if change.state.is_deciding]

    def _card_of(self, no: str, purpose: Purpose, department: str = "") -> CardRow:
        """The newest."""
        wanted = no, purpose, department
        rows = [r for r in self.before.cards.values() if (r.change_no, r.purpose, r.department) == wanted]
        assert rows, f"{no} has no {purpose} card for {department or 'the proposer'}"
        return max(rows, key=lambda row: (row.round, row.created_at))

    def _proposal_card(self, change: Change) -> str:
        rows = [row for row in self.before.cards.values() if row.change_no == change.no]
        return next((row.card_id for row in rows if row.purpose is Purpose.PROPOSAL), rows[0].card_id if rows else "")

    def _choice(self, row: CardRow, verb: Verb, person: str) -> str:
        return {Verb.REJECT: "capacity", Verb.TRANSFER: person}.get(verb, "")

    @staticmethod
    def _pick(things: Any, number: int) -> Any:
        """One of them, the newest most often; None of none."""
        return things[-1 - number % len(things)] if things else None

    def teardown(self) -> None:
        if self.works is None:
            return
        try:
            self._let_it_end()
        finally:
            self.camera.close()
            self.works.close()

    def _let_it_end(self) -> None:
        """Time passes until nothing waits any more: whoever was asked has acted, was asked by the ladder, or was
        excused."""
        self.doing = "let it end"
        for _ in range(60):
            if not any(change.state.is_pending for change in self.before.changes.values()):
                break
            self._do(Act(What.TIME), lambda: self._works.live(timedelta(hours=12)))
        self._do(Act(What.DELIVER), self._works.deliver)


__all__ = ["TALLY", "ChangeControl", "Snapshot"]
