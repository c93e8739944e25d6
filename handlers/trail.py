"""The audit trail told to people: an event as a sentence, a break as what was expected and what was found."""

from contextlib import suppress

from handlers.turn import Turn
from planning.audit import AuditEvent
from planning.chain import Break
from planning.refusal import Refusal


def who(turn: Turn, event: AuditEvent) -> str:
    """The actor's name; an account nobody has stands for itself."""
    return turn.organisation.name_of(event.actor) if event.actor else turn.words("audit.nobody")


def told(turn: Turn, event: AuditEvent) -> str:
    """One sentence. A kind that only a newer program knows is told by its name."""
    code = f"audit.{event.kind}"
    if not turn.words.knows(code):
        return event.kind
    facts = dict(event.facts)
    away = facts.get("acting_for", "")
    named = {
        "name": who(turn, event),
        "subject": event.subject,
        "department": _department(turn, facts.get("department", "")),
        "acting": turn.words("audit.acting", name=turn.organisation.name_of(away)) if away else "",
        "departments": turn.words.list([_department(turn, d) for d in facts.get("departments", "").split(",")]),
        "to_name": turn.organisation.name_of(facts.get("to", "")),
        "why": _why(turn, facts),
    }
    return turn.words(code, **{**facts, **named})


def told_break(turn: Turn, broken: Break[AuditEvent]) -> str:
    """Which event, when, what was expected there and what was found."""
    at = broken.entry.at.astimezone(turn.house.zone).isoformat(" ", "seconds") if broken.entry else ""
    facts = {"number": broken.number, "at": at, "expected": broken.expected, "found": broken.found}
    return turn.words("audit.broken", what=turn.words(f"audit.broken.{broken.fault.value}", **facts))


def _department(turn: Turn, department: str) -> str:
    return turn.organisation.department_name(department) or turn.words("nobody")


def _why(turn: Turn, facts: dict[str, str]) -> str:
    code = facts.get("code", "")
    for known in (code, f"problem.{code}"):
        if turn.words.knows(known):
            with suppress(KeyError):  # facts that were tampered with
                return turn.sentence(Refusal(known, facts))
    return code
