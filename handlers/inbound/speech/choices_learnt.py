"""From what people chose among the buttons to examples of what their words mean, codes and names replaced."""

import re
from collections.abc import Iterator, Mapping

from cards.question import NEITHER, Question
from handlers.inbound.questions import sample
from handlers.language import Command, parse
from handlers.language.clean import ANY_REASON
from handlers.language.speech import model
from handlers.language.speech.intent import Intent
from handlers.language.speech.learnt import MOST, Example, Learnt, learn
from handlers.reads.trail.choices import names_of, replaced
from handlers.turn import Turn
from planning.refusal import Refused

_MEANS = {
    Intent.LOOK: "QueryPlan", Intent.MOVE: "Move", Intent.QUANTITY: "ChangeQuantity", Intent.DURATION: "SetDuration",
    Intent.CANCEL: "Cancel", Intent.WHAT_IF: "WhatIf", Intent.APPROVE: "Approve", Intent.REJECT: "Reject",
    Intent.MODIFY: "Modify", Intent.TRANSFER: "Transfer", Intent.REVISE: "Revise", Intent.WITHDRAW: "Withdraw",
    Intent.UNDO: "Undo", Intent.EXTEND: "Extend", Intent.REMIND: "Remind RemindSupply", Intent.TODO: "Todo",
    Intent.WHY: "Why WhyChanged", Intent.ACKS: "Acks", Intent.DIGEST: "Digest",
    Intent.BASELINE: "NameBaseline ShowBaselines", Intent.COMPARE: "Compare", Intent.CONFLICTS: "ShowConflicts",
    Intent.LEAVE: "Delegate ShowLeaves", Intent.FREEZE: "Freeze", Intent.UNFREEZE: "Unfreeze ShowFences",
    Intent.RULES: "ShowRules TryRules", Intent.SHADOW: "ShowShadow", Intent.HELP: "Help",
    Intent.OVERVIEW: "Overview LateItems Risks Pending", Intent.PROGRESS: "ShowProgress ShowDepartmentProgress",
    Intent.REPORT: "ReportWork", Intent.ARRIVE: "ReportArrival", Intent.BEGIN: "ReportStart",
    Intent.COMPLETE: "ReportFinish", Intent.CORRECT: "CorrectReport", Intent.STOP: "ReportStop",
    Intent.HOLD: "ReportHold", Intent.SPLIT: "Split", Intent.READY: "ShowReadiness",
    Intent.EXCEPTIONS: "ShowExceptions", Intent.MUTE: "MuteException", Intent.BOARD: "ShowBoard",
    Intent.GANTT: "ShowGantt", Intent.LINK: "SendLink", Intent.EFFECT: "EffectOf", Intent.RELAY: "PassOn",
    Intent.PEOPLE: "ShowPeople ChangePerson", Intent.WHOAMI: "WhoAmI", Intent.BIND: "Bind Unbind",
    Intent.BUDGET: "ShowBudget", Intent.LOGOUT: "LogOut",
    Intent.SYNC: "ReadDirectory", Intent.FEEDBACK: "RaiseIssue ShowIssues",
    Intent.RECORD: "KeepRecord ShowRecords", Intent.NOTIFY: "Notify",
    Intent.ANNOUNCE: "Announce ShowAnnouncements",
}  # fmt: skip
"""Names of the commands by the wish they are for."""
INTENT_OF: Mapping[str, Intent] = {name: intent for intent, names in _MEANS.items() for name in names.split()}
_HOLE = re.compile("<[^<>]+>")


def learnt_of(turn: Turn) -> Learnt:
    """What the choices of this plan's people teach, as far as they are not left out."""
    found = turn.uow.questions.choices(MOST)
    return learn(model.load(), _examples(turn, found), turn.uow.questions.chosen())


def _examples(turn: Turn, found: list[Question]) -> Iterator[Example]:
    names, codes = names_of(turn), _bare_codes(turn)
    for place, question in enumerate(found):
        said = codes.sub("X-1001", replaced(question.said, names, "X-1001"))
        meant = None if question.chosen == NEITHER else _intent(turn, question.chosen)
        offered = dict.fromkeys(_intent(turn, offer.command) for offer in question.offers)
        against = () if meant else tuple(one for one in offered if one)
        if meant or against:
            yield Example(len(found) - place, said, meant, against, question.person)


def _bare_codes(turn: Turn) -> re.Pattern[str]:
    """Numbers of the plan's items, said without their letters."""
    items = turn.uow.plans.load().items if turn.uow.plans.exists() else {}
    numbers = {code.rpartition("-")[2] for code in items}
    wanted = "|".join(sorted(re.escape(one) for one in numbers if len(one) == 4 and one.isdigit()))
    return re.compile(rf"(?<![0-9a-zA-Z.-])(?:{wanted})(?![0-9a-zA-Z.%年])" if wanted else r"(?!)")


def _intent(turn: Turn, text: str) -> Intent | None:
    command = _read(turn, sample(text) if len(_HOLE.findall(text)) == 1 else text)
    return INTENT_OF.get(type(command).__name__)


def _read(turn: Turn, text: str) -> Command | None:
    for whole in (text, f"{text}{ANY_REASON}"):
        try:
            return parse(whole, turn.today, turn.vocabulary, turn.environment.bot_name)
        except Refused:
            continue
    return None
