"""Somebody said something: understand it, do it, answer in the same conversation."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any, cast

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
    THIS,
    Acks,
    Approve,
    Cancel,
    ChangeQuantity,
    Command,
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
    TryRules,
    Undo,
    Unfreeze,
    WhatIf,
    Why,
    Withdraw,
    parse,
)
from handlers.late import answer as why_not
from handlers.recording import tell_unheard
from handlers.turn import Ask, Turn
from planning.refusal import Refused

_CHANGE = re.compile(r"CR-\d{8}-\d{3,}")
_ITEM = re.compile(r"\b[A-Z]{1,6}-[A-Z0-9-]*\d\b")

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
    command = _about_this(parse(event.text, turn.today, turn.house.bot_name), event.quoted)
    require_command(turn, person, command)
    if read := _READS.get(type(command)):
        return read(turn, ask, command)
    turn.uow.plans.lock()
    if about := turn.uow.changes.get(getattr(command, "change_no", "")):
        in_time(turn, about)
    return _WRITES[type(command)](turn, ask, command)


def _about_this(command: Command, quoted: str) -> Command:
    """`本单` becomes what the quoted card is about. Raises Refused("this-unknown")."""
    if isinstance(command, WhatIf):
        return WhatIf(_about_this(command.inner, quoted))  # type: ignore[arg-type]
    for field, pattern in (("change_no", _CHANGE), ("item", _ITEM), ("words", _ITEM)):
        if getattr(command, field, None) == THIS:
            found = pattern.search(quoted)
            if found is None:
                raise Refused("this-unknown")
            return cast(Command, replace(cast(Any, command), **{field: found[0]}))
    return command
