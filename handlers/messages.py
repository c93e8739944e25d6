"""Somebody said something: understand it, do it, answer in the same conversation."""

from collections.abc import Callable
from typing import Any

from cards.markdown import plain
from handlers import (
    acks,
    amending,
    asking,
    baselines,
    comparing,
    conflicts,
    countering,
    deciding,
    delegating,
    digests,
    extending,
    freezing,
    helping,
    history,
    proposals,
    reminding,
    ruling,
    shadow_report,
    todo,
    trying,
    undoing,
)  # fmt: skip
from handlers.events import Said
from handlers.expiring import in_time
from handlers.guarding import require_command
from handlers.language import (
    Acks,
    Approve,
    Cancel,
    ChangeQuantity,
    Compare,
    Delegate,
    Digest,
    Enforce,
    Extend,
    Freeze,
    Help,
    Modify,
    Move,
    NameBaseline,
    QueryPlan,
    Reject,
    Remind,
    Revise,
    SetDuration,
    SettleConflict,
    ShowConflicts,
    ShowFences,
    ShowRules,
    ShowShadow,
    SwitchRule,
    Todo,
    Transfer,
    TryRules,
    Undo,
    Unfreeze,
    WhatIf,
    Why,
    Withdraw,
    parse,
)
from handlers.late import answer as why_not
from handlers.meant import meant
from handlers.recording import tell_unheard
from handlers.turn import Ask, Turn
from planning.refusal import Refused

Handler = Callable[[Turn, Ask, Any], str | None]
"""Answers with markdown, or with None when a card is the answer."""
_READS: dict[type, Handler] = {
    WhatIf: asking.what_if,
    QueryPlan: asking.query_plan,
    Todo: todo.todo,
    Why: history.why,
    Acks: acks.acks,
    Digest: digests.on_demand,
    Compare: comparing.compare,
    ShowFences: freezing.show,
    ShowRules: ruling.show,
    TryRules: trying.try_rules,
    ShowConflicts: conflicts.show,
    ShowShadow: shadow_report.show,
    Help: helping.help_,
}
_WRITES: dict[type, Handler] = {
    Move: proposals.propose,
    ChangeQuantity: proposals.propose,
    SetDuration: proposals.propose,
    Cancel: proposals.propose,
    Approve: deciding.approve,
    Reject: countering.reject,
    Modify: amending.modify,
    Transfer: deciding.transfer,
    Revise: amending.revise,
    Withdraw: proposals.withdraw,
    Undo: undoing.undo,
    Extend: extending.by_word,
    Remind: reminding.remind,
    Delegate: delegating.delegate,
    NameBaseline: baselines.name_baseline,
    Freeze: freezing.freeze,
    Enforce: freezing.enforce,
    Unfreeze: freezing.unfreeze,
    SwitchRule: ruling.switch,
    SettleConflict: conflicts.settle,
}


def hear(turn: Turn, event: Said) -> None:
    """Handle one message. What cannot be done is answered with a sentence; nothing of it is half done."""
    try:
        answer = _answer(turn, event)
    except Refused as refused:
        tell_unheard(turn, event, refused.refusal)
        answer = str(plain(why_not(turn, refused.refusal)))  # a <placeholder> would be taken for a tag
    if answer:
        turn.uow.outbox.say(event.conversation, answer, turn.now, f"answer:{event.bot}:{event.event_id}")


def _answer(turn: Turn, event: Said) -> str | None:
    platform = event.conversation.partition(":")[0]
    person = turn.organisation.person_by(platform, event.user_id)
    if person is None:
        raise Refused("stranger", user=event.user_id or "?", conversation=event.conversation)
    department = turn.organisation.department_in(event.conversation)
    ask = Ask(person, event.conversation, event.text.strip(), event.quoted, department, event.single)
    command = meant(turn, ask, parse(event.text, turn.today, turn.house.bot_name))
    require_command(turn, person, command)
    if read := _READS.get(type(command)):
        return read(turn, ask, command)
    turn.uow.plans.lock()
    if about := turn.uow.changes.get(getattr(command, "change_no", "")):
        in_time(turn, about)
    return _WRITES[type(command)](turn, ask, command)

