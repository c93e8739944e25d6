"""Somebody said something: understand it, do it, answer in the same conversation."""

from collections.abc import Callable
from typing import Any

from cards.markdown import plain
from handlers.actions import (
    conflict_commands,
    counter_proposal,
    decide,
    extend,
    freeze,
    leave,
    propose,
    revise,
    rules,
    try_rules,
    undo,
)
from handlers.events import Said
from handlers.govern.authorize import require_command
from handlers.inbound.late_replies import answer as why_not
from handlers.inbound.references import meant
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
from handlers.lifecycle import reminders
from handlers.lifecycle.expire import in_time
from handlers.notify.audit import tell_unheard
from handlers.reads import baselines, compare, digest, help, plan_query, shadow_report, todo, who_knows, why
from handlers.turn import Ask, Turn
from planning.refusal import Refused

Handler = Callable[[Turn, Ask, Any], str | None]
"""Answers with markdown, or with None when a card is the answer."""
_READS: dict[type, Handler] = {
    WhatIf: plan_query.what_if,
    QueryPlan: plan_query.query_plan,
    Todo: todo.todo,
    Why: why.why,
    Acks: who_knows.acks,
    Digest: digest.on_demand,
    Compare: compare.compare,
    ShowFences: freeze.show,
    ShowRules: rules.show,
    TryRules: try_rules.try_rules,
    ShowConflicts: conflict_commands.show,
    ShowShadow: shadow_report.show,
    Help: help.help_,
}
_WRITES: dict[type, Handler] = {
    Move: propose.propose,
    ChangeQuantity: propose.propose,
    SetDuration: propose.propose,
    Cancel: propose.propose,
    Approve: decide.approve,
    Reject: counter_proposal.reject,
    Modify: revise.modify,
    Transfer: decide.transfer,
    Revise: revise.revise,
    Withdraw: propose.withdraw,
    Undo: undo.undo,
    Extend: extend.by_word,
    Remind: reminders.remind,
    Delegate: leave.delegate,
    NameBaseline: baselines.name_baseline,
    Freeze: freeze.freeze,
    Enforce: freeze.enforce,
    Unfreeze: freeze.unfreeze,
    SwitchRule: rules.switch,
    SettleConflict: conflict_commands.settle,
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
    command = meant(turn, ask, parse(event.text, turn.today, turn.environment.bot_name))
    require_command(turn, person, command)
    if read := _READS.get(type(command)):
        return read(turn, ask, command)
    turn.uow.plans.lock()
    if about := turn.uow.changes.get(getattr(command, "change_no", "")):
        in_time(turn, about)
    return _WRITES[type(command)](turn, ask, command)

