"""The audit trail told to people: an event as a sentence, a break as what was expected and what was found."""

from collections.abc import Iterator
from datetime import MINYEAR

from cards.lines.governed import approver_name, would
from cards.lines.recorded import button, instant, wishes
from cards.words import Words
from handlers.turn import Turn
from planning.change.compensation import GivenBack
from planning.control.shading import Observation
from planning.people.principal import NOBODY, Principal
from planning.refusal import Refusal
from planning.trail.audit import AuditEvent, Kind
from planning.trail.chain import Break


def who(turn: Turn, event: AuditEvent) -> str:
    """The actor's name; an account nobody has stands for itself."""
    if Principal.parse(event.actor) == NOBODY:
        return turn.words("audit.nobody")
    return turn.organisation.name_of(event.actor)


def told(turn: Turn, event: AuditEvent) -> str:
    """One sentence."""
    try:
        return turn.words(f"audit.{event.kind}{_variant(event)}", **_facts(turn, event))
    except (KeyError, ValueError):  # a kind that only a newer program knows, or facts that were tampered with
        return event.kind


def _variant(event: AuditEvent) -> str:
    """A standard change, or one that touches only what is in shadow, asks nobody."""
    return "-unasked" if event.kind == Kind.SUBMITTED and event.facts.get("asked") == "0" else ""


def _facts(turn: Turn, event: AuditEvent) -> dict[str, str]:
    """Facts of an event, with names where the trail holds ids, words for its codes, and local times."""
    facts, words = dict(event.facts), turn.words
    department = turn.organisation.department_name(facts.get("department", ""))
    away, asked = facts.get("acting_for", ""), facts.get("departments", "").split(",")
    return {
        **facts,
        "name": who(turn, event),
        "subject": event.subject,
        "operations": wishes(facts.get("operations", ""), words, turn.organisation),
        "button": button(facts.get("button", ""), words),
        "until": instant(facts.get("until", ""), turn.environment.zone),
        "enabled": _word(words, f"audit.enabled.{facts.get('enabled', '')}"),
        "timer": _word(words, f"audit.timer.{facts.get('timer', '')}"),
        "department": approver_name(turn.words, turn.organisation, facts.get("department", "")),
        "acting": turn.words("audit.acting", name=turn.organisation.name_of(away)) if away else "",
        "departments": turn.words.list([approver_name(turn.words, turn.organisation, key) for key in asked]),
        "how": turn.words(f"audit.given-back.{facts.get('restored', GivenBack.WHOLLY.value)}"),
        "to_name": turn.organisation.name_of(facts.get("to", "")),
        "approved": _approved(turn, facts.get("approved_by", "")),
        "why": _why(turn, facts),
        "exception": _word(words, f"exception.code.{facts.get('code', '')}"),
        "second": facts.get("second", ""),
        "place": facts.get("place") or facts.get("item") or department,
        "because": turn.words("audit.because", reason=facts["reason"]) if facts.get("reason") else "",
        "what": " ".join(_said(turn, facts)),
        "would": would(Observation.read(facts), turn.organisation, turn.words),
    }


def told_break(turn: Turn, broken: Break[AuditEvent]) -> str:
    """Sentence about a break: which event, when, what was expected there and what was found."""
    at = _moment(turn, broken.entry) if broken.entry else ""
    facts = {"number": broken.number, "at": at, "expected": broken.expected, "found": broken.found}
    return turn.words("audit.broken", what=turn.words(f"audit.broken.{broken.fault.value}", **facts))


def _said(turn: Turn, facts: dict[str, str]) -> Iterator[str]:
    """What a report says: its kind and its values, as they were told."""
    yield _word(turn.words, f"audit.report-kind.{facts.get('kind', '')}")
    for name in ("day", "good", "percent", "remaining_days", "expected", "scrap", "void"):
        if value := facts.get(name):
            yield turn.words(f"audit.report-value.{name}", value=value)


def _word(words: Words, key: str) -> str:
    """A code without a word of its own stands for itself."""
    return words(key) if words.knows(key) else key.split(".", 2)[2]


def _moment(turn: Turn, event: AuditEvent) -> str:
    if event.at.year == MINYEAR:  # as of an event whose time cannot be read
        return turn.words("audit.unreadable")
    return event.at.astimezone(turn.environment.zone).isoformat(" ", "seconds")


def _approved(turn: Turn, person: str) -> str:
    return turn.words("settings.approved", name=turn.organisation.name_of(person)) if person else ""


def _why(turn: Turn, facts: dict[str, str]) -> str:
    code = facts.get("code", "")
    if turn.words.knows(f"refusal.{code}"):
        return turn.sentence(Refusal(code, facts))
    return turn.words(f"problem.{code}", **facts) if turn.words.knows(f"problem.{code}") else code
