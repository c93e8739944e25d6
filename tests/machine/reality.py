"""What happens beside change requests: people report and correct, stock is counted, the bot looks and warns."""

from datetime import timedelta
from decimal import Decimal

from hypothesis import strategies as st

from cards.action import Verb
from handlers.lifecycle.count_stock import count_stock
from handlers.timers import READINESS, SCAN
from handlers.turn import Turn
from planning.readiness.shelf import Count
from storage.delivery.cards import Purpose
from storage.facts.counts import Counted
from tests.machine.player import Player, does, when
from tests.machine.step import Act, Press, What
from tests.machine.words import AMOUNTS, CORRECTIONS, NUMBERS, REPORTS, SEES_TO, SHELF, STANDING

reported = when(lambda player: player.before.reports)
going_wrong = when(lambda player: player.going_wrong())
carded = when(lambda player: player.exception_cards())


class Reality(Player):
    @does(said=REPORTS, amount=AMOUNTS)
    def report(self, said: tuple[str, str], amount: int) -> None:
        person, text = said
        self.say(person, text.format(n=amount))

    @does(said=REPORTS, amount=AMOUNTS, press=NUMBERS)
    def report_and_confirm(self, said: tuple[str, str], amount: int, press: int) -> None:
        """What is asked back is answered on its card, with one of the offers: 超产, 追加, 够了."""
        person, text = said
        known = set(self.before.cards)
        self.say(person, text.format(n=amount))
        new = [row for card, row in self.before.cards.items() if card not in known]
        for row in (row for row in new if row.purpose is Purpose.QUESTION):
            self.press(Press(person, row.card_id, Verb.SAY, str(press % 2)))

    @reported
    @does(number=NUMBERS, person=st.sampled_from(("", "", "wang", "lin", "he")), text=CORRECTIONS)
    def correct(self, number: int, person: str, text: str) -> None:
        """By the one who said it, mostly."""
        report = self.pick(self.before.reports, number)
        self.say(person or report.by, text.format(no=report.no))

    @does(amount=SHELF)
    def count(self, amount: int) -> None:
        """Another system counts the shelf."""
        def work(turn: Turn) -> list[Counted]:
            turn.uow.plans.lock()
            counted = Count("chip", Decimal(amount), turn.now.replace(microsecond=0), Decimal(100), "api:erp")
            return count_stock(turn, [counted], "api:erp")

        self.do(Act(What.SYSTEM, "api:erp"), lambda: self.at.do(work))

    @does(looks=st.integers(1, 4))
    def wait_for_a_look(self, looks: int) -> None:
        """Until the bot has looked for what is going wrong, or for what is there before a start."""
        for _ in range(looks):
            due = [at for (kind, _), at in self.before.timers.items() if kind in (SCAN, READINESS)]
            if due:
                span = max(min(due) - self.before.now, timedelta(0))
                self.do(Act(What.TIME), lambda span=span: self.at.live(span))  # type: ignore[misc]

    @carded
    @does(number=NUMBERS, person=SEES_TO, verb=st.sampled_from((Verb.TAKE, Verb.SNOOZE, Verb.MUTE, Verb.CURE)),
          why=st.sampled_from(("等供应商答复", "等供应商答复", "")))  # fmt: skip
    def see_to_it(self, number: int, person: str, verb: Verb, why: str) -> None:
        """On its card: 已在处理, 稍后, 静音 or 提出变更."""
        if row := self.pick(self.exception_cards(), number):
            self.press(Press(person, row.card_id, verb, typed=why))

    @going_wrong
    @does(number=NUMBERS, person=SEES_TO, days=st.sampled_from(("", "1天", "2天", "10天", "11天")))
    def mute(self, number: int, person: str, days: str) -> None:
        """By word; who is no coordinator puts it off."""
        one = self.pick(self.going_wrong(), number)
        self.say(person, f"静音 EX-{one.number} {days} 因为 在等客户")

    @does(person=SEES_TO, text=STANDING)
    def ask_how_it_stands(self, person: str, text: str) -> None:
        self.say(person, text, writes=False)
