"""Anybody does anything at any moment; after every step the invariants hold and the model agrees."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import strategies as st

from bot.channels.common.channel import TryLater
from cards.action import Verb
from handlers.actions.change.propose import draft, submit_draft
from handlers.turn import Turn
from planning.change.change import Change, ChangeState
from planning.plan.item import Status
from planning.plan.operation import Operation
from storage.delivery.cards import Purpose
from tests.machine import town
from tests.machine.player import does, when
from tests.machine.reality import Reality
from tests.machine.step import Act, Press, What
from tests.machine.words import (
    ABOUT_A_CHANGE,
    ANYBODY,
    ARBITERS,
    CHOICES,
    COLLEAGUES,
    COMMANDS,
    CONTESTED,
    HOURS,
    ITEMS,
    KEEPERS,
    LEAVES,
    NUMBERS,
    OPERATIONS,
    OUTCOMES,
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

ERP = "api:erp"

being_decided = when(lambda player: player.deciding())
waiting_messages = when(lambda player: any(row.state == "new" for row in player.before.messages.values()))
drafts = when(lambda player: any(c.state is ChangeState.DRAFT for c in player.before.changes.values()))
in_effect = when(lambda player: any(c.state.is_in_effect for c in player.before.changes.values()))
conflicting = when(lambda player: player.before.conflicts)
windows = when(lambda player: player.before.windows)
asked_to_act = when(lambda player: player.before.delegations)
any_card = when(lambda player: player.before.cards)
any_change = when(lambda player: player.before.changes)


def called(change: Change) -> str:
    """What people write for it: its number; a preview has none."""
    return change.no if change.is_numbered else "本单"


class WholeBot(Reality):
    # -- proposing --------------------------------------------------------------------------------------

    @does(person=ANYBODY, text=COMMANDS)
    def propose(self, person: str, text: str) -> None:
        self.say(person, text)

    @does(person=PLANNERS, text=st.one_of(SENSIBLE, SENSIBLE, COMMANDS))
    def propose_and_submit(self, person: str, text: str) -> None:
        """What makes most requests: a planner types, reads the preview and submits it."""
        self.submit(person, text)

    @does(first=SENSIBLE, second=SENSIBLE, number=NUMBERS)
    def compete(self, first: str, second: str, number: int) -> None:
        """Two requests on the same chain at once: one is decided, the other has to be looked at again."""
        nos = [no for person, text in (("he", first), ("qian", second)) for no in self.submit(person, text)]
        for no in nos if number % 2 else reversed(nos):
            self.approve_all(no)

    @does(item=CONTESTED, settles=ARBITERS, outcome=OUTCOMES)
    def contradict(self, item: str, settles: tuple[str, ...], outcome: str) -> None:
        """Two requests want the same field otherwise; both proposers or a coordinator say which of them stands."""
        for person, days in (("he", 2), ("lin", 4)):
            self.submit(person, f"改期 {item} 推迟{days}天 因为 别的事")
        for person in settles:
            self.settle_newest(person, outcome)

    @does(operations=st.lists(OPERATIONS, min_size=1, max_size=3), submit=st.booleans())
    def system_proposes(self, operations: list[Operation], submit: bool) -> None:
        def work(turn: Turn) -> Change:
            turn.uow.plans.lock()
            change = draft(turn, turn.plan(), tuple(operations), ERP, "系统同步", "", "")
            return submit_draft(turn, change, ERP) if submit else change

        self.do(Act(What.SYSTEM, ERP), lambda: self.at.do(work))

    # -- pressing ---------------------------------------------------------------------------------------

    @any_card
    @does(number=NUMBERS, person=ANYBODY, verb=st.sampled_from(sorted(Verb)), choice=CHOICES, typed=TYPED)
    def press_any(self, number: int, person: str, verb: Verb, choice: str, typed: str) -> None:
        """Any button made up for any card there ever was, by anybody."""
        if row := self.pick(list(self.before.cards.values()), number):
            self.press(Press(person, row.card_id, verb, choice, typed))

    @being_decided
    @does(number=NUMBERS, which=NUMBERS)
    def approve(self, number: int, which: int) -> None:
        """By one who is asked."""
        self.decide(number, which, Verb.APPROVE)

    @being_decided
    @does(number=NUMBERS)
    def approve_everything(self, number: int) -> None:
        """One after the other, until it is decided."""
        if change := self.pick(self.deciding(), number):
            self.approve_all(change.no)

    @being_decided
    @does(number=NUMBERS, which=NUMBERS, again=st.sampled_from((Verb.APPROVE, Verb.APPROVE, Verb.REJECT)))
    def say_twice(self, number: int, which: int, again: Verb) -> None:
        """The same person on the same card: the same, or the opposite."""
        for person, row in self.somebody_asked(number, which):
            for verb in (Verb.APPROVE, again):
                self.press(Press(person, row.card_id, verb, "capacity" if verb is Verb.REJECT else ""))

    @being_decided
    @does(number=NUMBERS, which=NUMBERS)
    def reject(self, number: int, which: int) -> None:
        self.decide(number, which, Verb.REJECT, choice="capacity")

    @being_decided
    @does(number=NUMBERS, which=NUMBERS, typed=TYPED)
    def send_back(self, number: int, which: int, typed: str) -> None:
        self.decide(number, which, Verb.MODIFY, typed=typed)

    @being_decided
    @does(number=NUMBERS, which=NUMBERS)
    def suggest_instead(self, number: int, which: int) -> None:
        """A rejection that says what would do; its proposer may submit that."""
        known = set(self.before.changes)
        self.decide(number, which, Verb.REJECT, typed="太急 建议 改期 SO-1 推迟1天")
        for no in sorted(set(self.before.changes) - known):
            if (proposer := self.before.changes[no].proposer) in PEOPLE:
                self.press(Press(proposer, self.card_of(no, Purpose.PROPOSAL).card_id, Verb.SUBMIT))

    @conflicting
    @does(number=NUMBERS, person=st.sampled_from(("he", "qian", "han", "lin", "boss", "su")), choice=CHOICES)
    def settle(self, number: int, person: str, choice: str) -> None:
        self.settle_newest(person, choice, number)

    @drafts
    @does(number=NUMBERS, verb=st.sampled_from((Verb.DETOUR, Verb.URGENT)))
    def go_round_or_through(self, number: int, verb: Verb) -> None:
        """What a fence holds: on a day outside, or as an emergency."""
        known = self.before.changes.values()
        drafts = [change for change in known if change.state is ChangeState.DRAFT and change.proposer in PEOPLE]
        if change := self.pick(drafts, number):
            self.press(Press(change.proposer, self.proposal_card(change), verb))

    @being_decided
    @does(number=NUMBERS, which=NUMBERS, to=COLLEAGUES)
    def hand_on(self, number: int, which: int, to: str) -> None:
        self.decide(number, which, Verb.TRANSFER, choice=to)

    @any_card
    @does(number=NUMBERS, verb=st.sampled_from((Verb.APPROVE, Verb.REJECT)))
    def press_an_old_card(self, number: int, verb: Verb) -> None:
        """By somebody who is asked now, on the card of a round that is over."""
        for row in self.before.cards.values():
            asked = self.step_shown(row)
            if row.purpose is Purpose.APPROVAL and asked and asked.approvers and asked.round != row.round:
                self.press(Press(self.pick(asked.approvers, number), row.card_id, verb, "capacity"))
                return

    @any_change
    @does(number=NUMBERS)
    def withdraw(self, number: int) -> None:
        mine = [c for c in self.before.changes.values() if c.state.is_open and c.proposer in PEOPLE]
        if change := self.pick(mine, number):
            self.press(Press(change.proposer, self.proposal_card(change), Verb.DISCARD))

    @any_card
    @does(number=NUMBERS, one=ANYBODY, other=ANYBODY, verbs=st.permutations((Verb.APPROVE, Verb.REJECT)))
    def press_at_once(self, number: int, one: str, other: str, verbs: list[Verb]) -> None:
        """Two people press at the same moment, on the same card, against each other."""
        rows = [r for r in self.before.cards.values() if r.purpose is not Purpose.NOTICE]
        if row := self.pick(rows, number):
            asked = self.step_shown(row)
            first = asked.approvers[0] if asked and asked.approvers else one
            choices = [("capacity" if verb is Verb.REJECT else "") for verb in verbs]
            pairs = zip((first, other), verbs, choices, strict=True)
            self.press(*(Press(who, row.card_id, verb, choice) for who, verb, choice in pairs))

    # -- speaking ---------------------------------------------------------------------------------------

    @any_change
    @does(number=NUMBERS, person=ANYBODY, verb=ABOUT_A_CHANGE)
    def speak(self, number: int, person: str, verb: str) -> None:
        """About any request, by word; every third time by somebody who is asked."""
        if change := self.pick(list(self.before.changes.values()), number):
            asked = [who for step in change.waiting for who in step.approvers]
            who = asked[number % len(asked)] if asked and number % 3 == 0 else person
            self.say(who, verb.format(no=called(change)))

    @does(number=NUMBERS, person=ANYBODY, text=QUESTIONS)
    def read(self, number: int, person: str, text: str) -> None:
        no = called(change) if (change := self.pick(list(self.before.changes.values()), number)) else "CR-20261123-001"
        self.say(person, text.format(no=no), writes=False)

    @does(number=NUMBERS, clicks=st.booleans())
    def platform_repeats(self, number: int, clicks: bool) -> None:
        """An event it has brought before."""
        if clicks and (event := self.pick(self.events, number)):
            self.do(Act(What.CLICK, repeated=True), lambda: self.at.click(event))
        elif said := self.pick(self.said, number):
            self.do(Act(What.SAY, repeated=True), lambda: self.at.hear(said))

    @does(person=st.sampled_from(PEOPLE), text=COMMANDS)
    def process_ends_before_it_understood(self, person: str, text: str) -> None:
        """Heard, written down, gone; the next process picks it up once the lease is over."""
        said = self.at.company.said(person, text, self.at.room(person), self.at.next_event())
        self.do(Act(What.RESTART), lambda: self.at.lose(said))
        self.do(Act(What.SAY, person, text), lambda: self.at.live(timedelta(seconds=40)))

    @in_effect
    @does(number=NUMBERS, person=st.sampled_from(("", "", "lin", "su")))
    def undo(self, number: int, person: str) -> None:
        """By the one who proposed it, mostly, and mostly in time."""
        done = [change for change in self.before.changes.values() if change.state.is_in_effect]
        if change := self.pick(done, number % 3):
            self.say(person or (change.proposer if change.proposer in PEOPLE else "lin"), f"撤销 {change.no}")

    # -- people come and go -----------------------------------------------------------------------------

    @does(person=st.sampled_from(PEOPLE), deputy=st.sampled_from(PEOPLE), days=LEAVES)
    def leave(self, person: str, deputy: str, days: str) -> None:
        """Somebody goes, or comes back early."""
        self.say(person, f"代理 {deputy} {days}" if days else "代理 取消")

    @asked_to_act
    @does(number=NUMBERS, verb=st.sampled_from((Verb.ACCEPT, Verb.ACCEPT, Verb.ACCEPT, Verb.DECLINE, Verb.CALL_OFF)),
          person=st.one_of(st.just(""), st.just(""), ANYBODY))  # fmt: skip
    def answer_for_somebody_away(self, number: int, verb: Verb, person: str) -> None:
        """By the one it is for, mostly."""
        rows = [row for row in self.before.cards.values() if row.purpose is Purpose.DELEGATION]
        row = self.pick(rows, number)
        delegation = self.before.delegations[row.subject.id]
        whose = delegation.person if verb is Verb.CALL_OFF else delegation.deputy
        self.press(Press(person or whose, row.card_id, verb))

    # -- rules and fences -------------------------------------------------------------------------------

    @does(person=KEEPERS, scope=SCOPES, days=WINDOWS, enforce=st.sampled_from((True, True, False)))
    def lock_down(self, person: str, scope: str, days: str, enforce: bool) -> None:
        known = len(self.before.windows)
        self.say(person, f"冻结 {scope} {days} 因为 月结")
        if enforce and len(self.before.windows) > known:
            self.say(person, f"冻结 确认 {self.before.windows[-1].fence.id}")

    @windows
    @does(person=KEEPERS, number=NUMBERS, verb=st.sampled_from(("冻结 确认", "解冻", "解冻")))
    def enforce_or_lift(self, person: str, number: int, verb: str) -> None:
        self.say(person, f"{verb} {self.pick(self.before.windows, number).fence.id}")

    @does(person=st.sampled_from(("admin", "admin", "lin")), name=RULES, switch=st.sampled_from(("启用", "停用")))
    def switch_rule(self, person: str, name: str, switch: str) -> None:
        self.say(person, f"规则 {switch} {name}")

    # -- time and trouble -------------------------------------------------------------------------------

    @does(hours=HOURS)
    def wait(self, hours: float) -> None:
        self.do(Act(What.TIME), lambda: self.at.live(timedelta(hours=hours)))

    @does(hours=st.one_of(st.just(0), HOURS), environment=SETTINGS)
    def new_process(self, hours: float, environment: str) -> None:
        """After an outage or at once; rules, fences, language or holidays may be others by then: what is submitted
        keeps its rule (edge case 11)."""
        now = self.at.environment
        made = (
            town.HOUSES[environment]()
            if environment in town.HOUSES
            else now
            if not environment
            else town.with_newer_holidays(now)
        )
        self.do(Act(What.RESTART), lambda: self.at.sleep(timedelta(hours=hours), made))

    @does(status=st.sampled_from((Status.IN_PROGRESS, Status.DONE, Status.RELEASED)), code=st.sampled_from(ITEMS),
          stale=st.booleans())  # fmt: skip
    def bring_tables(self, status: Status, code: str, stale: bool) -> None:
        """Exported, edited, brought back: something has begun or is done. A table that is too old is refused."""
        plan = self.before.plan
        wanted = plan.with_items([replace(plan.items[code], status=status)])
        revision = plan.revision - 1 if stale else plan.revision
        self.do(Act(What.IMPORT), lambda: self.at.bring(replace(wanted, revision=revision)))

    @waiting_messages
    @does(number=NUMBERS, what=st.sampled_from(("", "lost", "busy")))
    def deliver(self, number: int, what: str) -> None:
        """An answer of the platform may be lost, or it may be too busy; then it is tried again, and shown once."""
        rooms = sorted({message.conversation for message in self.before.messages.values() if message.state == "new"})
        if what and (room := self.pick(rooms, number)):
            self.at.trouble(room, "lost" if what == "lost" else TryLater("busy"))
        self.do(Act(What.DELIVER), self.at.deliver)
