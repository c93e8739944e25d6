"""Entries of the audit trail, kept with the effect they tell of: changes and decisions, and everything refused."""

from collections.abc import Mapping

from handlers.events import Clicked, Said
from handlers.platforms import prefix_of
from handlers.turn import Turn
from planning.change.change import Change, ChangeState, Decision
from planning.change.compensation import given_back
from planning.control.shading import Observation
from planning.people.masks import masked
from planning.plan.operation import Operation
from planning.refusal import Refusal
from planning.trail.audit import Kind, Note

LATE = frozenset(
    "conflict-settled conflict-merged conflict-moot source-in-effect source-replaced "
    "change-ended already-decided already-submitted not-asked card-old on-hold impact-changed "
    "preview-changed preview-changed-fence preview-changed-rule".split()
)
"""Refusals because something had happened before; the person might have been right a moment ago."""
FOREIGN = frozenset(("stranger", "card-unknown"))

def record(
    turn: Turn, kind: Kind, actor: str = "", subject: str = "", facts: Mapping[str, object] | None = None
) -> None:
    """Have it in the trail when this unit of work is kept. Facts never hold a token, handle or key."""
    turn.uow.audit.add(Note.of(kind, turn.now, actor, subject, facts))


def record_change(turn: Turn, before: Change | None, after: Change, by: str = "", why: str = "") -> None:
    """Record what became of a change request: each new decision, then what it led to. `by`: who did it; empty: the
    clock. `why`: what they said for it."""
    if before is None:
        record(turn, Kind.DRAFTED, by, after.no, _drafted(turn, after))
        return
    if after.policy.urgent and not before.policy.urgent:
        record(turn, Kind.URGENT, by, after.no, {"class": after.klass, "rule": after.policy.rule})
    for department, decision in after.decisions_since(before):
        said = {"department": department, "comment": decision.comment, "to": decision.to}
        seen = {"acting_for": decision.acting_for, "channel": decision.channel, "impact": decision.impact_hash}
        record(turn, Kind(f"decision.{decision.verdict.value}"), decision.person, after.no, said | seen)
    if before.state is ChangeState.DRAFT and after.submitted_at:
        record(turn, Kind.SUBMITTED, by, after.no, _submitted(before, after))
    _record_shadow(turn, before, after)
    _record_lapsed(turn, before, after)
    if before.state is ChangeState.ON_HOLD and (after.state.is_deciding or after.state.is_in_effect):
        record(turn, Kind.RESUMED, by, after.no, {"until": after.expires_at or ""})
    if after.round != before.round:
        asked = ",".join(step.department for step in after.waiting if step.round == after.round)
        facts = {"round": after.round, "departments": asked, "impact": after.impact.hash}
        record(turn, Kind.REOPENED, "", after.no, facts)
    if after.state not in (before.state, ChangeState.IN_APPROVAL):
        said = {"reason": why} if why else {}
        record(turn, _ended(before, after), by, after.no, {**_standing(turn, after), **said})


def _record_lapsed(turn: Turn, before: Change, after: Change) -> None:
    gone = {*before.policy.special} - {*after.policy.special}
    lapsed = [step.department for step in before.steps if step.department in gone and step.state.is_undecided]
    if lapsed and before.state is not ChangeState.DRAFT:
        fences = dict.fromkeys(breach.name for breach in before.policy.breaches if gone & {*breach.approvals})
        facts = {"departments": ",".join(lapsed), "fences": ", ".join(fences)}
        record(turn, Kind.LAPSED, "", after.no, facts)


def _record_shadow(turn: Turn, before: Change, after: Change) -> None:
    """Record what would have become of it were nothing in shadow: as it is submitted, and when that has become
    different."""
    if after.submitted_at is None or not after.policy.shade.places:
        return
    seen = Observation.of(after.policy.shade)
    if before.state is ChangeState.DRAFT or seen != Observation.of(before.policy.shade):
        record(turn, Kind.SHADOWED, "", after.no, seen.facts())


def record_repeated(turn: Turn, change: Change, department: str, decision: Decision) -> None:
    """Record that somebody approved again what they had approved."""
    record(turn, Kind.REPEATED, decision.person, change.no, {"department": department, "channel": decision.channel})


def record_unheard(turn: Turn, event: Said, refusal: Refusal) -> None:
    """A message that was not followed: by whom, where, what they typed, and why not."""
    kind = Kind.MESSAGE_STRANGER if refusal.code == "stranger" else Kind.MESSAGE_REFUSED
    actor = _known_or_not(turn, event.conversation, event.user_id)
    record(turn, kind, actor, event.conversation, _why_not(refusal) | {"command": event.text})


def record_stopped(turn: Turn, draft: Change, refusal: Refusal) -> None:
    """Record that a draft cannot be submitted: the draft its proposer sees says why."""
    record(turn, Kind.MESSAGE_REFUSED, draft.proposer, draft.no, _why_not(refusal) | {"command": draft.text})


def record_unpressed(turn: Turn, person: str, no: str, verb: str, code: str, facts: Mapping[str, object]) -> None:
    """Record that what was pressed on a request's page was not done, and why."""
    record(turn, Kind.MESSAGE_REFUSED, person, no, {**facts, "code": code, "command": f"{verb} {no}"})


def record_unmoved(turn: Turn, event: Clicked, refusal: Refusal, subject: str = "") -> None:
    """A click that changed nothing; `subject`: the change request it was on, where that is known."""
    kind = Kind.CLICK_LATE if refusal.code in LATE else Kind.CLICK_REFUSED
    if refusal.code in FOREIGN:
        kind = Kind.CLICK_FOREIGN
    _click(turn, kind, event, subject, _why_not(refusal))


def record_again(turn: Turn, event: Clicked, subject: str = "") -> None:
    """A click that the platform brought once more."""
    _click(turn, Kind.CLICK_REPEATED, event, subject, {})


def _click(turn: Turn, kind: Kind, event: Clicked, subject: str, facts: Mapping[str, object]) -> None:
    pressed = {"place": event.conversation, "card": event.wire_id, "button": _button(event.action)}
    who = _known_or_not(turn, event.conversation, event.user_id)
    record(turn, kind, who, subject or event.wire_id, {**facts, **pressed})


def _button(action: str) -> str:
    """Button that was pressed and option that was chosen; not the effect it was pressed for."""
    verb, *choice = action.split("/", 2)[1:] or [""]
    return "/".join((verb.partition("@")[0], *choice))


def _why_not(refusal: Refusal) -> dict[str, object]:
    return {**refusal.facts, "code": refusal.code}


def _known_or_not(turn: Turn, conversation: str, user_id: str) -> str:
    person = turn.environment.person_in(conversation, user_id)
    return person.id if person else f"{prefix_of(conversation)}:{user_id or '?'}"


def _ended(before: Change, after: Change) -> Kind:
    if after.state is ChangeState.WITHDRAWN:
        return Kind.DISCARDED if before.state is ChangeState.DRAFT else Kind.WITHDRAWN
    if before.state is ChangeState.PROVISIONAL and after.state is ChangeState.APPLIED:
        return Kind.RATIFIED
    return Kind(f"change.{after.state.value}")


def _drafted(turn: Turn, change: Change) -> dict[str, object]:
    wishes = (f"{wish.item} {wish.op.value} {_wanted(turn, wish)}" for wish in change.operations)
    asked = {"operations": "; ".join(wishes), "reason": change.reason, "command": change.text, "place": change.origin}
    return {**asked, "revision": change.base_revision, "impact": change.impact.hash}


def _wanted(turn: Turn, wish: Operation) -> object:
    """Masked columns stay out: the trail is chained, nothing can be hidden from its readers afterwards."""
    if isinstance(wish.to, Mapping):
        return masked(turn.environment.masks, wish.to)
    return "" if wish.to is None else wish.to


def _submitted(before: Change, change: Change) -> dict[str, object]:
    """`preview`: the key under which the trail tells of it until then."""
    departments = ",".join(step.department for step in change.steps)
    asked = {"departments": departments, "asked": len(change.steps), "until": change.expires_at or ""}
    facts = {**asked, "class": change.klass, "rule": change.policy.rule, "impact": change.impact.hash}
    return facts if before.is_numbered else {**facts, "preview": before.no}


def _standing(turn: Turn, change: Change) -> dict[str, object]:
    """Facts worth knowing beside the state itself."""
    match change.state:
        case ChangeState.APPLIED:
            return _effective(turn, change)
        case ChangeState.PROVISIONAL:
            return {**_effective(turn, change), "until": change.expires_at or ""}
        case ChangeState.REVERTED:
            by = turn.uow.changes.took_back(change.no)
            return {"by_no": by.no, "restored": given_back(by).value} if by else {}
        case ChangeState.SUPERSEDED:
            return {"by_no": change.superseded_by}
        case ChangeState.ON_HOLD:
            return {"windows": ", ".join(change.held_by)}
        case ChangeState.FAILED:
            return _why_not(change.impact.refused[0]) if change.impact.refused else {"code": ""}
    return {}


def _effective(turn: Turn, change: Change) -> dict[str, object]:
    """The revision it has become. `seal`: its hash, so that the trail holds the plan as well."""
    number = change.applied_revision or 0
    return {"revision": number, "impact": change.impact.hash, "seal": turn.uow.revisions.get(number).hash}
