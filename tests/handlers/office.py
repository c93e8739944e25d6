"""The small company at work: people say things, changes are decided, days pass. No platform, both databases."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count
from zoneinfo import ZoneInfo

from cards.words import Words
from handlers.actions.change.decide import decide
from handlers.actions.change.propose import draft, submit_draft
from handlers.actions.plan.import_plan import bring_in
from handlers.events import Said
from handlers.inbound.commands import COMMANDS
from handlers.inbound.messages import hear
from handlers.notify.render_card import effect_on
from handlers.turn import Environment, Turn
from planning.change.change import Change, Decision, Verdict
from planning.plan.operation import Operation
from planning.plan.plan import Plan
from planning.subject import SubjectKind
from storage.database import Database
from storage.delivery.outbox import OutboxMessage
from storage.unit_of_work import UnitOfWork
from tests.previews import without_key
from tests.small_company import NOW, TRAITS, organisation

SHANGHAI = ZoneInfo("Asia/Shanghai")
MOMENT = timedelta(milliseconds=1)
"""So much later than an answer its next steps are sent."""
_events = count(1)


def environment() -> Environment:
    return Environment(organisation(), Words(), SHANGHAI, COMMANDS, platforms=TRAITS)


def asked(uow: UnitOfWork, message: OutboxMessage) -> str:
    """The sentence of a question, unless it was a message of its own, and what it offers, each on a line; empty for
    another card."""
    row = uow.cards.get(message.card_id or "")
    found = uow.questions.get(row.subject.id) if row and row.subject.kind == SubjectKind.QUESTION else None
    if found is None:
        return ""
    said = [] if found.sentence == Words()("question.next") else [found.sentence]
    return "\n".join([*said, *(f"[{offer.label or offer.command}]" for offer in found.offers)])


def notices_arrived(uow: UnitOfWork, now: datetime) -> None:
    """Let what is told of an import be read, and the rest wait."""
    for message in uow.outbox.claim(now + MOMENT, 99):
        if message.dedupe.startswith("import:"):
            uow.outbox.sent(message, now)
        else:
            uow.outbox.release([message], now)


@dataclass
class Office:
    database: Database
    environment: Environment = field(default_factory=environment)
    now: datetime = NOW

    def turn(self, uow: UnitOfWork) -> Turn:
        return Turn(uow, self.now, self.environment)

    def wait(self, **time: float) -> None:
        self.now += timedelta(**time)

    def bring(self, plan: Plan) -> None:
        """Import it, as plan.csv; what is told of it has arrived."""

        def unit(uow: UnitOfWork) -> None:
            bring_in(self.turn(uow), replace(plan, revision=0), "plan.csv", "ops")
            notices_arrived(uow, self.now)
            uow.commit()

        self.database.write_now(unit)

    def say(self, person: str, text: str) -> str:
        """What is answered in the conversation; empty when a card is the answer."""
        who = self.environment.organisation.people[person]
        platform, user = next(iter(who.identities.items()))
        said = Said(f"{platform}:chat", "bot", f"event-{next(_events)}", user, text, self.now, single=True)

        def unit(uow: UnitOfWork) -> str:
            waiting = uow.outbox.claim(self.now, 99)
            self._shown(uow, waiting)
            uow.outbox.release(waiting, self.now)
            hear(self.turn(uow), said)
            told: list[str] = []
            while messages := uow.outbox.claim(self.now + MOMENT, 99):
                self._shown(uow, messages)
                for message in messages:
                    uow.outbox.sent(message, self.now)
                    told.append(message.body or asked(uow, message))
            uow.commit()
            return "\n".join(filter(None, told))

        answer = self.database.write_now(unit)
        without_key(answer)
        return answer

    def _shown(self, uow: UnitOfWork, messages: list[OutboxMessage]) -> None:
        """The cards among them are on the screens."""
        for message in messages:
            row = uow.cards.get(message.card_id) if message.card_id else None
            if row and (effect := effect_on(self.turn(uow), row)):
                uow.showings.note(row, effect, self.now)

    def change(self, *operations: Operation, by: str = "qian") -> Change:
        """Propose it, and have everybody who is asked approve."""

        def unit(uow: UnitOfWork) -> Change:
            turn = self.turn(uow)
            proposed = draft(turn, turn.plan(), operations, by, "试试", "…", "")
            change = submit_draft(turn, proposed, by)
            for step in change.steps:
                said = Decision(step.approvers[0], Verdict.APPROVE, turn.now, change.impact.hash)
                change = decide(turn, change, step.department, said)
            uow.commit()
            return change

        return self.database.write_now(unit)

    def submit(self, change: Change, person: str) -> Change:
        def unit(uow: UnitOfWork) -> Change:
            submitted = submit_draft(self.turn(uow), change, person)
            uow.commit()
            return submitted

        return self.database.write_now(unit)

    def plan(self) -> Plan:
        return self.database.look(lambda uow: uow.plans.load())
