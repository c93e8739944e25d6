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
from planning.change import Change, ChangeState
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
    CHOICES,
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
    RULES,
    SCOPES,
    SENSIBLE,
    SETTINGS,
    TYPED,
    WINDOWS,
)
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
drafts = when(lambda machine: any(c.state is ChangeState.DRAFT for c in machine.before.changes.values()))
in_effect = when(lambda machine: any(c.state.is_in_effect for c in machine.before.changes.values()))
conflicting = when(lambda machine: machine.before.conflicts)
windows = when(lambda machine: machine.before.windows)
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
        self.broken = False

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
    @does(number=NUMBERS, person=ANYBODY, verb=st.sampled_from(sorted(Verb)), choice=CHOICES, typed=TYPED)
    def press_any(self, number: int, person: str, verb: Verb, choice: str, typed: str) -> None:
        """Any button made up for any card there ever was, by anybody."""
        if row := self._pick(list(self.before.cards.values()), number):
            self._press(Press(person, row.card_id, verb, choice, typed))

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
        self._decide(number, which, Verb.REJECT, choice="capacity")

    @deciding
    @does(number=NUMBERS, which=NUMBERS, typed=TYPED)
    def send_back(self, number: int, which: int, typed: str) -> None:
        self._decide(number, which, Verb.MODIFY, typed=typed)

    @deciding
    @does(number=NUMBERS, which=NUMBERS)
    def suggest_instead(self, number: int, which: int) -> None:
        """A rejection that says what would do; its proposer may submit that."""
        known = set(self.before.changes)
        self._decide(number, which, Verb.REJECT, typed="太急 建议 改期 SO-1 推迟1天")
        for no in sorted(set(self.before.changes) - known):
            if (proposer := self.before.changes[no].proposer) in PEOPLE:
                self._press(Press(proposer, self._card_of(no, Purpose.PROPOSAL).card_id, Verb.SUBMIT))

    @conflicting
    @does(number=NUMBERS, person=st.sampled_from(("he", "qian", "han", "lin", "boss", "su")), choice=CHOICES)
    def settle(self, number: int, person: str, choice: str) -> None:
        rows = [row for row in self.before.cards.values() if row.purpose is Purpose.CONFLICT]
        if row := self._pick(rows, number):
            self._press(Press(person, row.card_id, Verb.SETTLE, choice))

    @drafts
    @does(number=NUMBERS, verb=st.sampled_from((Verb.DETOUR, Verb.URGENT)))
    def go_round_or_through(self, number: int, verb: Verb) -> None:
        """What a fence holds: on a day outside, or as an emergency."""
        known = self.before.changes.values()
        drafts = [change for change in known if change.state is ChangeState.DRAFT and change.proposer in PEOPLE]
        if change := self._pick(drafts, number):
            self._press(Press(change.proposer, self._proposal_card(change), verb))

    @deciding
    @does(number=NUMBERS, which=NUMBERS)
    def hand_on(self, number: int, which: int) -> None:
        self._decide(number, which, Verb.TRANSFER, choice=PEOPLE[which % len(PEOPLE)])

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

    @does(number=NUMBERS, clicks=st.booleans())
    def platform_repeats(self, number: int, clicks: bool) -> None:
        """An event it has brought before."""
        if clicks and (event := self._pick(self.events, number)):
            self._do(Act(What.CLICK, repeated=True), lambda: self._works.click(event))
        elif said := self._pick(self.said, number):
            self._do(Act(What.SAY, repeated=True), lambda: self._works.hear(said))

    @does(person=st.sampled_from(PEOPLE), text=COMMANDS)
    def process_ends_before_it_understood(self, person: str, text: str) -> None:
        """Heard, written down, gone; the next process picks it up once the lease is over."""
        said = self._works.company.said(person, text, self._works.room(person), self._works.next_event())
        self._do(Act(What.RESTART), lambda: self._works.lose(said))
        self._do(Act(What.SAY, person, text), lambda: self._works.live(timedelta(seconds=40)))

    @in_effect
    @does(number=NUMBERS, person=st.sampled_from(("", "", "lin", "su")))
    def undo(self, number: int, person: str) -> None:
        """By the one who proposed it, mostly, and mostly in time."""
        done = [change for change in self.before.changes.values() if change.state.is_in_effect]
        if change := self._pick(done, number % 3):
            self._say(person or (change.proposer if change.proposer in PEOPLE else "lin"), f"撤销 {change.no}")

    # -- people come and go -----------------------------------------------------------------------------

    @does(person=st.sampled_from(PEOPLE), deputy=st.sampled_from(PEOPLE), days=LEAVES)
    def leave(self, person: str, deputy: str, days: str) -> None:
        """Somebody goes, or comes back early."""
        self._say(person, f"代理 {deputy} {days}" if days else "代理 取消")

    # -- rules and fences -------------------------------------------------------------------------------

    @does(person=KEEPERS, scope=SCOPES, days=WINDOWS, enforce=st.sampled_from((True, True, False)))
    def lock_down(self, person: str, scope: str, days: str, enforce: bool) -> None:
        known = len(self.before.windows)
        self._say(person, f"冻结 {scope} {days} 因为 月结")
        if enforce and len(self.before.windows) > known:
            self._say(person, f"冻结 确认 {self.before.windows[-1].fence.id}")

    @windows
    @does(person=KEEPERS, number=NUMBERS, verb=st.sampled_from(("冻结 确认", "解冻", "解冻")))
    def enforce_or_lift(self, person: str, number: int, verb: str) -> None:
        self._say(person, f"{verb} {self._pick(self.before.windows, number).fence.id}")

    @does(person=st.sampled_from(("admin", "admin", "lin")), name=RULES, switch=st.sampled_from(("启用", "停用")))
    def switch_rule(self, person: str, name: str, switch: str) -> None:
        self._say(person, f"规则 {switch} {name}")

    # -- time and trouble -------------------------------------------------------------------------------

    @does(hours=HOURS)
    def wait(self, hours: float) -> None:
        self._do(Act(What.TIME), lambda: self._works.live(timedelta(hours=hours)))

    @does(hours=st.one_of(st.just(0), HOURS), house=SETTINGS)
    def new_process(self, hours: float, house: str) -> None:
        """After an outage or at once; rules, fences, language or holidays may be others by then: what is submitted
        keeps its rule (edge case 11)."""
        now = self._works.house
        made = town.HOUSES[house]() if house in town.HOUSES else now if not house else town.with_newer_holidays(now)
        self._do(Act(What.RESTART), lambda: self._works.sleep(timedelta(hours=hours), made))

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
        events = [
            works.pressed(p.person, row, p.verb, p.choice, **({"input": p.typed} if p.typed else {}))
            for p, row in zip(presses, rows, strict=True)
        ]
        self._do(Act(What.CLICK, presses[0].person, presses=presses), lambda: works.click(*events))
        self.events = [*self.events[-9:], *events]

    def _decide(self, number: int, which: int, verb: Verb, choice: str = "", typed: str = "") -> None:
        if change := self._pick(self._deciding(), number):
            waiting = [step for step in change.waiting if step.approvers]
            if step := self._pick(waiting, which):
                row = self._card_of(change.no, Purpose.APPROVAL, step.department)
                self._press(Press(step.approvers[which % len(step.approvers)], row.card_id, verb, choice, typed))

    def _do(self, act: Act, work: Callable[[], object]) -> None:
        """One step: what is done, then everything that has to hold."""
        TALLY[self.doing] += 1
        self.broken = True
        work()
        after = self.camera.take()
        SEEN.update(f"{event.kind} {event.facts.get('code', '')}".strip() for event in after.audit)
        taken = Taken(self.before, after, act, self._works.house)
        self.before = after
        for check in (*INVARIANTS.values(), *MODEL):
            check(taken)
        self.broken = False
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

    @staticmethod
    def _pick(things: Any, number: int) -> Any:
        """One of them, the newest most often; None of none."""
        return things[-1 - number % len(things)] if things else None

    def teardown(self) -> None:
        if self.works is None:
            return
        try:
            if not self.broken:
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
