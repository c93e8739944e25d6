"""Commands that may be meant by each wish: whole, spelt as people type them, likeliest first."""

from collections.abc import Callable, Iterator, Mapping
from itertools import islice

from handlers.inbound.speech.heard import Heard
from handlers.inbound.speech.wishes import (
    administering,
    changes,
    decisions,
    facts,
    following,
    governing,
    issues,
    reads,
)
from handlers.inbound.speech.wishes.against import is_against
from handlers.inbound.speech.wishes.spelling import Wanted, spelt
from handlers.language.speech.intent import Intent

_MOST = 3


def commands_for(intent: Intent, heard: Heard) -> list[str]:
    """At most three commands; a `<hole>` stands where something is still to be said. Raises Refused("may-not-report")
    where what is named is others' to report."""
    wanted = _WISHES.get(intent)
    if wanted is None or is_against(intent, heard):
        return []
    return list(islice(dict.fromkeys(spelt(heard, one) for one in wanted(heard)), _MOST))


_WISHES: Mapping[Intent, Callable[[Heard], Iterator[Wanted]]] = {
    Intent.LOOK: reads.looks,
    Intent.PROGRESS: reads.shows_progress,
    Intent.BOARD: reads.shows_board,
    Intent.GANTT: reads.shows_gantt,
    Intent.READY: reads.shows_readiness,
    Intent.EXCEPTIONS: reads.shows_exceptions,
    Intent.TODO: reads.shows_todo,
    Intent.DIGEST: reads.shows_digest,
    Intent.OVERVIEW: reads.shows_overview,
    Intent.BASELINE: reads.baselines,
    Intent.COMPARE: reads.compares,
    Intent.CONFLICTS: reads.shows_conflicts,
    Intent.HELP: reads.helps,
    Intent.MOVE: changes.moves,
    Intent.QUANTITY: changes.quantities,
    Intent.DURATION: changes.durations,
    Intent.CANCEL: changes.cancels,
    Intent.SPLIT: changes.splits,
    Intent.WHAT_IF: changes.tried,
    Intent.RELAY: changes.passed_on,
    Intent.APPROVE: decisions.approves,
    Intent.REJECT: decisions.rejects,
    Intent.MODIFY: decisions.sends_back,
    Intent.TRANSFER: decisions.transfers,
    Intent.EXTEND: decisions.extends,
    Intent.REVISE: following.revises,
    Intent.WITHDRAW: following.withdraws,
    Intent.UNDO: following.undoes,
    Intent.REMIND: following.reminds,
    Intent.WHY: following.explains,
    Intent.ACKS: following.shows_acks,
    Intent.EFFECT: following.shows_effect,
    Intent.LEAVE: governing.leaves,
    Intent.FREEZE: governing.freezes,
    Intent.UNFREEZE: governing.unfreezes,
    Intent.RULES: governing.shows_rules,
    Intent.SHADOW: governing.shows_shadow,
    Intent.MUTE: governing.mutes,
    Intent.BUDGET: governing.shows_budget,
    Intent.PEOPLE: administering.changes_of_people,
    Intent.WHOAMI: administering.shows_oneself,
    Intent.BIND: administering.names_a_group,
    Intent.LINK: administering.sends_a_link,
    Intent.LOGOUT: administering.logs_out,
    Intent.SETTINGS: administering.shows_settings,
    Intent.SYNC: administering.reads_the_directory,
    Intent.FEEDBACK: issues.raises_an_issue,
    Intent.RECORD: issues.writes_down,
    Intent.NOTIFY: issues.tells,
    Intent.ANNOUNCE: changes.announced,
    Intent.REPORT: facts.worked,
    Intent.ARRIVE: facts.arrived,
    Intent.BEGIN: facts.begun,
    Intent.COMPLETE: facts.completed,
    Intent.CORRECT: facts.corrected,
    Intent.STOP: facts.stopped,
    Intent.HOLD: facts.held,
}
