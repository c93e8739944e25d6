"""The real answers to sentences on the demo company's plan, held against what their writers meant.

Everything is said by one person who may do everything, so that permissions neither help nor hurt, in a one-to-one
conversation, on the day the sentences were written. Nothing is pressed.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from bot.company.load import load_company
from cards.words import Words
from handlers.actions.change.propose import draft, submit_draft
from handlers.actions.plan.import_plan import bring_in
from handlers.events import Said
from handlers.inbound.commands import COMMANDS
from handlers.inbound.messages import Response, answer
from handlers.language import (
    Cancel,
    ChangeQuantity,
    Command,
    Delegate,
    Freeze,
    Move,
    QueryPlan,
    Revise,
    SetDuration,
    Transfer,
    WhatIf,
    parse,
)  # fmt: skip
from handlers.language.commands.reporting import CorrectReport, ReportArrival, ReportHold, ReportStop, ReportWork
from handlers.language.commands.splitting import Split
from handlers.language.speech.intent import Intent
from handlers.turn import Environment, Turn
from planning.control.fences import Fence, FenceKind, Scope
from planning.control.window import Window, WindowState
from planning.people.organisation import Role
from planning.plan.link import LagKind
from planning.plan.operation import Op, Operation
from planning.plan.plan import Plan
from planning.refusal import Refused
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from tests.free_speech.sentences import Sentence
from tests.small_company import TRAITS

DAY = date(2026, 11, 30)
NOW = datetime(2026, 11, 30, 2, 0, tzinfo=UTC)
SPEAKER = "lin.jing"
COMMAND_OF = {
    Intent.LOOK: "QueryPlan", Intent.MOVE: "Move", Intent.QUANTITY: "ChangeQuantity", Intent.DURATION: "SetDuration",
    Intent.CANCEL: "Cancel", Intent.WHAT_IF: "WhatIf", Intent.APPROVE: "Approve", Intent.REJECT: "Reject",
    Intent.MODIFY: "Modify", Intent.TRANSFER: "Transfer", Intent.REVISE: "Revise", Intent.WITHDRAW: "Withdraw",
    Intent.UNDO: "Undo", Intent.EXTEND: "Extend", Intent.REMIND: "Remind RemindSupply", Intent.TODO: "Todo",
    Intent.WHY: "Why WhyChanged",
    Intent.ACKS: "Acks Pending", Intent.DIGEST: "Digest", Intent.BASELINE: "NameBaseline ShowBaselines",
    Intent.COMPARE: "Compare", Intent.CONFLICTS: "ShowConflicts SettleConflict", Intent.LEAVE: "Delegate ShowLeaves",
    Intent.FREEZE: "Freeze", Intent.UNFREEZE: "Unfreeze", Intent.RULES: "ShowRules TryRules",
    Intent.SHADOW: "ShowShadow", Intent.HELP: "Help", Intent.OVERVIEW: "Overview LateItems Risks Pending",
    Intent.PROGRESS: "ShowProgress ShowDepartmentProgress",
    Intent.REPORT: "ReportWork", Intent.ARRIVE: "ReportArrival", Intent.BEGIN: "ReportStart",
    Intent.COMPLETE: "ReportFinish ReportArrival", Intent.CORRECT: "CorrectReport", Intent.STOP: "ReportStop",
    Intent.HOLD: "ReportHold", Intent.SPLIT: "Split", Intent.READY: "ShowReadiness",
    Intent.EXCEPTIONS: "ShowExceptions",
    Intent.MUTE: "MuteException", Intent.BOARD: "ShowBoard", Intent.GANTT: "ShowGantt", Intent.LINK: "SendLink",
    Intent.EFFECT: "EffectOf", Intent.RELAY: "PassOn", Intent.PEOPLE: "ShowPeople ChangePerson",
    Intent.WHOAMI: "WhoAmI", Intent.BIND: "Bind Unbind", Intent.BUDGET: "ShowBudget", Intent.LOGOUT: "LogOut",
}  # fmt: skip
"""Names of the commands that are right for each wish."""


def open_requests(uow: UnitOfWork, environment: Environment, plan: Plan) -> None:
    """The plan and what is open on it, as the writers knew it."""
    bring_in(Turn(uow, NOW - timedelta(days=1), environment), plan, "plan.csv", "test")
    ask_for_three(uow, environment)
    uow.commit()


def ask_for_three(uow: UnitOfWork, environment: Environment) -> None:
    """Three requests by their numbers, and a freeze."""
    yesterday, today = Turn(uow, NOW - timedelta(days=1), environment), Turn(uow, NOW, environment)
    _request(yesterday, 12, Operation("MO-2442", Op.SHIFT, 1), "zhang.haifeng")
    _request(today, 3, Operation("SO-1042", Op.SHIFT, 3), "fan.lei")
    _request(today, 7, Operation("PO-3442", Op.SET_FINISH, date(2026, 12, 8)), "sun.yue")
    scope, last = Scope(departments=("finance",)), date(2026, 12, 4)
    fence = Fence("F-001", "F-001", FenceKind.WINDOW, scope=scope, first=DAY, last=last)
    uow.fences.add(Window(1, fence, WindowState.ENFORCED, "关账", "lin.jing", NOW, "lin.jing", NOW))


def _request(turn: Turn, number: int, operation: Operation, by: str) -> None:
    """Open request of this number of the day; previews of others took the numbers before it."""
    while True:
        drafted = draft(turn, turn.plan(), (operation,), by, "…", "…", "")
        if drafted.no.endswith(f"-{number:03d}"):
            submit_draft(turn, drafted, by)
            return


@dataclass(frozen=True, slots=True)
class Answered:
    sentence: Sentence
    text: str
    offers: tuple[str, ...]
    """Commands beside the answer; or the one that was understood at once."""
    refused: str
    """Code of the refusal; empty: understood at once."""
    done: bool = False
    """Something that counts was done without a tap."""
    right: bool = False
    right_kind: bool = False
    """The right command, whatever its values."""

    @property
    def offers_commands(self) -> bool:
        """Offered or done; the help that answers a lone picture is none."""
        return bool(self.offers) and self.offers != ("帮助",)


class FreeSpeech:
    """The company as the writers knew it."""

    def __init__(self, database: Database) -> None:
        company = load_company(DAY)
        people = dict(company.organisation.people)
        speaker = people[SPEAKER]
        people[SPEAKER] = replace(speaker, roles=speaker.roles | {Role.APPROVER, Role.ADMIN})
        organisation = replace(company.organisation, people=people)
        self.environment = Environment(organisation, Words(), ZoneInfo("Asia/Shanghai"), COMMANDS, platforms=TRAITS)
        self.database, self.plan = database, company.plan
        database.write_now(self._open)

    def _open(self, uow: UnitOfWork) -> None:
        """The three requests, which ask the speaker as well: who is not asked is offered no decision."""
        open_requests(uow, self.environment, self.plan)
        for change in uow.changes.open_ones():
            asked = tuple(replace(step, approvers=(*step.approvers, SPEAKER)) for step in change.steps)
            uow.changes.save(replace(change, steps=asked))

    def answered(self, sentence: Sentence) -> Answered:
        user = self.environment.organisation.people[SPEAKER].identities["dingtalk"]
        said = Said("dingtalk:cidTalk", "bot", "event", user, sentence.text, NOW, single=True)
        return self.database.look(lambda uow: self._answered(Turn(uow, NOW, self.environment), said, sentence))

    def _answered(self, turn: Turn, said: Said, sentence: Sentence) -> Answered:
        response = answer(turn, said)
        try:
            command = parse(said.text, DAY, turn.vocabulary, self.environment.bot_name)
        except Refused:
            assert response is not None, "a refusal is an answer"
            offers = _offered(response)
            refused = response.refusal.code if response.refusal else "small-talk"
            return self._judged(Answered(sentence, response.text, offers, refused))
        act = turn.commands.act_of(command)
        done = act is not None and act.writes and not isinstance(command, (Move, ChangeQuantity, SetDuration, Cancel))
        spelt = turn.vocabulary.spell(command)
        return self._judged(Answered(sentence, response.text if response else "", (spelt,), "", done))

    def _judged(self, one: Answered) -> Answered:
        commands = [command for offer in one.offers[:3] if (command := self._command(offer))]
        kinds = COMMAND_OF.get(one.sentence.intent, "").split()
        of_kind = [command for command in commands if type(command).__name__ in kinds]
        right = any(fits(command, one.sentence.values, self.plan) for command in of_kind)
        return replace(one, right=right, right_kind=bool(of_kind))

    def _command(self, offer: str) -> Command | None:
        filled = offer
        for hole, word in _SAMPLES.items():
            filled = filled.replace(hole, word)
        for text in (filled, f"{filled} 因为 x"):
            try:
                return parse(text, DAY, COMMANDS.vocabulary, self.environment.bot_name)
            except Refused:
                continue
        return None


_SAMPLES = {
    "<原因>": "x", "<单号>": "X-0", "<起~止>": "2027-01-01~2027-01-01", "<姓名>": "某某", "<部门>": "某部",
    "<名称>": "某名",
}  # fmt: skip


def _offered(response: Response) -> tuple[str, ...]:
    asks = response.asks
    if asks is None:
        return ()
    if asks.form and (not asks.offers or any(offer.label for offer in asks.offers)):
        return (asks.form,)  # one command, with buttons for what it lacks
    return (*(offer.command for offer in asks.offers), *([asks.form] if asks.form else []))


def fits(command: Command, values: Mapping[str, Any], plan: Plan) -> bool:
    """Check that a command of the right kind says what the sentence says, as far as such a command can: a reason, and
    whose answer is missing, are told in the next step."""
    inner = command.inner if isinstance(command, (WhatIf, Revise)) else command
    checks = (_item_fits, _change_fits, _moment_fits, _quantity_fits, _people_fit, _period_fits, _fact_fits)
    return all(check(command, inner, values, plan) for check in checks)


def _item_fits(command: Any, inner: Any, values: Mapping[str, Any], plan: Plan) -> bool:
    said = getattr(inner, "item", None) or getattr(command, "words", None)
    wanted = values.get("item")
    if wanted is None or said is None or isinstance(command, Revise) or isinstance(said, tuple):
        return True
    if re.fullmatch("[A-Z]+-[0-9]+", wanted):
        return _bare(said) == _bare(wanted)
    if said in plan.items:
        most = max(_alike(wanted, item) for item in plan.items.values())
        return most > 0 and _alike(wanted, plan.items[said]) >= 0.8 * most
    common = set(wanted.lower()) & set(said.lower())
    return len(common) >= 0.5 * len(set(wanted.lower()))


def _alike(words: str, item: Any) -> int:
    text = f"{item.code} {item.title} {item.product} {item.owner}".lower()
    words = words.lower()
    return sum(words[at : at + 2] in text for at in range(len(words) - 1))


def _bare(code: str) -> str:
    return "".join(c for c in code.upper() if c.isalnum())


def _change_fits(command: Any, inner: Any, values: Mapping[str, Any], plan: Plan) -> bool:
    said, wanted = getattr(command, "change_no", None), values.get("change")
    return wanted is None or said is None or said == wanted


def _moment_fits(command: Any, inner: Any, values: Mapping[str, Any], plan: Plan) -> bool:
    if isinstance(inner, SetDuration):
        wanted = values.get("duration", values.get("days"))
        return wanted is None or inner.days == abs(int(wanted))
    if not isinstance(inner, Move):
        return True
    if "date" in values and inner.to is not None:
        return inner.to == date.fromisoformat(values["date"])
    if "days" in values and inner.shift is not None:
        weeks = inner.unit is LagKind.CALENDAR and inner.shift % 7 == 0
        return (inner.shift // 7 * 5 if weeks else inner.shift) == int(values["days"])
    return not {"date", "days"} & values.keys()


def _quantity_fits(command: Any, inner: Any, values: Mapping[str, Any], plan: Plan) -> bool:
    if not isinstance(inner, ChangeQuantity):
        return True
    if inner.relative:
        return "delta" in values and inner.amount == Decimal(str(values["delta"]))
    return "quantity" in values and inner.amount == Decimal(str(values["quantity"]))


def _people_fit(command: Any, inner: Any, values: Mapping[str, Any], plan: Plan) -> bool:
    said = getattr(command, "to", None) if isinstance(command, Transfer) else getattr(command, "deputy", None)
    if said is not None and values.get("person") and not getattr(command, "cancel", False):
        return bool(said == values["person"])
    wanted = values.get("department")
    place = getattr(command, "department", None)
    if isinstance(command, QueryPlan) and "item" not in values:
        place = command.words
    if isinstance(command, Freeze):
        place = command.scope
    return wanted is None or place is None or wanted in str(place) or "item" in values


def _period_fits(command: Any, inner: Any, values: Mapping[str, Any], plan: Plan) -> bool:
    if not isinstance(command, (Delegate, Freeze)) or getattr(command, "cancel", False):
        return True
    period = f"{command.first}~{command.last}"
    if "period" in values:
        return bool(period == values["period"])
    return "date" not in values or values["date"] in period


_FACTS = (ReportWork, ReportArrival, CorrectReport, ReportStop, ReportHold, Split)
_SAID = (("quantity", ("good", "first")), ("scrap", ("scrap",)), ("percent", ("percent",)),
         ("remaining", ("remaining",)), ("date", ("expected", "rest", "day")))  # fmt: skip


def _fact_fits(command: Any, inner: Any, values: Mapping[str, Any], plan: Plan) -> bool:
    """Numbers and days of what was reported, each in the place of its kind."""
    if not isinstance(command, _FACTS):
        return True
    for value, places in _SAID:
        wanted = values.get(value)
        said = [getattr(command, place) for place in places if getattr(command, place, None) is not None]
        if wanted is not None and str(wanted) not in map(str, said):
            return False
    return True


def told(answers: Sequence[Answered]) -> Iterator[str]:
    """The figures, each of all and of each writer."""
    yield "writer  wishes  right in 3  right kind  at once | not yet, said so | talk with a command | done untapped"
    writers = sorted({one.sentence.writer for one in answers})
    for name in (*writers, "all"):
        figures = Figures.of([one for one in answers if name in (one.sentence.writer, "all")])
        yield f"{name:6}  {figures}"


@dataclass(frozen=True, slots=True)
class Figures:
    wishes: int
    right: float
    right_kind: float
    at_once: float
    not_yet: int
    said_not_yet: float
    talk: int
    talk_with_command: float
    done: int

    @classmethod
    def of(cls, answers: Sequence[Answered]) -> "Figures":
        wishes = [one for one in answers if one.sentence.intent in COMMAND_OF]
        not_yet = [one for one in answers if one.sentence.intent.has_no_command_yet and one.refused]
        talk = [one for one in answers if one.sentence.intent is Intent.SMALL_TALK]
        return cls(
            len(wishes), _share(one.right for one in wishes), _share(one.right_kind for one in wishes),
            _share(one.right and not one.refused for one in wishes),
            len(not_yet), _share(one.refused == "not-yet" for one in not_yet),
            len(talk), _share(one.offers_commands for one in talk), sum(one.done for one in answers),
        )  # fmt: skip

    def __str__(self) -> str:
        return (
            f"{self.wishes:6}  {self.right:10.1%}  {self.right_kind:10.1%}  {self.at_once:7.1%} | "
            f"{self.said_not_yet:6.1%} of {self.not_yet:3} | "
            f"{self.talk_with_command:6.1%} of {self.talk:3} | {self.done}"
        )


def _share(right: Iterable[bool]) -> float:
    every = list(right)
    return sum(every) / len(every) if every else 0.0
