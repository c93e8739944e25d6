"""The audit trail: who did what, and what was refused to whom, each event chained to the one before by its hash."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum

from planning.trail.chain import End, digest

LONGEST = 500
"""Characters of a text that are kept: people may paste anything."""
UNREADABLE = "unreadable"
"""The sign in an event for something put into the database that cannot have been recorded."""


class Kind(StrEnum):
    """A kind of event. The part before the dot is the family; the sentence is `audit.<kind>` in the catalogue."""

    DRAFTED = "change.drafted"
    SUBMITTED = "change.submitted"
    URGENT = "change.urgent"
    """Its proposer has made the draft an emergency."""
    DISCARDED = "change.discarded"
    WITHDRAWN = "change.withdrawn"
    REJECTED = "change.rejected"
    EXPIRED = "change.expired"
    FAILED = "change.failed"
    APPLIED = "change.applied"
    HELD = "change.on_hold"
    RESUMED = "change.resumed"
    PROVISIONAL = "change.provisional"
    RATIFIED = "change.ratified"
    SUPERSEDED = "change.superseded"
    REVERTED = "change.reverted"
    CONFLICT = "change.conflict"
    """Another request wants the same field otherwise."""
    STANCE = "change.stance"
    """The wish of one side of a conflict."""
    SETTLED = "change.settled"
    """A conflict ended: one side gave way, or the coordinator decided."""
    EXTENDED = "change.extended"
    SHADOWED = "change.shadowed"
    """The refusals and questions there would have been, had it been enforced."""
    REOPENED = "change.reopened"
    """Its effect became another while people were deciding: those concerned are asked again."""
    LAPSED = "change.lapsed"
    """The special approval of a fence that holds it no more."""
    APPROVE = "decision.approve"
    REJECT = "decision.reject"
    MODIFY = "decision.modify"
    TRANSFER = "decision.transfer"
    REPEATED = "decision.repeated"
    """Somebody said again what they had said: nothing changed."""
    PASSED_ON = "message.passed_on"
    """A wish was handed on to somebody who may propose it."""
    MESSAGE_REFUSED = "message.refused"
    MESSAGE_STRANGER = "message.stranger"
    CLICK_REFUSED = "click.refused"
    CLICK_LATE = "click.late"
    """A click on a request that was decided, ended or replaced before."""
    CLICK_FOREIGN = "click.foreign"
    """A click by somebody unknown, or on a card that is not ours."""
    CLICK_REPEATED = "click.repeated"
    """The platform brought the same click again."""
    ESCALATED = "escalation.climbed"
    REMINDED = "escalation.reminded"
    SUPPLY_REMINDED = "supply.reminded"
    STOOD_IN = "escalation.stood-in"
    """The stand-ins asked because too few were left to decide a step (leave, somebody left)."""
    ASKED_ANEW = "escalation.asked-anew"
    """A step asked of others because somebody may not decide it any more."""
    DELEGATED = "delegation.set"
    DELEGATION_ACCEPTED = "delegation.accepted"
    DELEGATION_DECLINED = "delegation.declined"
    DELEGATION_ENDED = "delegation.ended"
    FENCE_DRAFTED = "fence.drafted"
    FENCE_ENFORCED = "fence.enforced"
    FENCE_LIFTED = "fence.lifted"
    RULE_SWITCHED = "rule.switched"
    SETTINGS_IMPORTED = "settings.imported"
    """What a file says in a section became a version of it."""
    SETTINGS_BOUND = "settings.bound"
    """A group became a department's."""
    DEPARTMENT_MADE = "settings.department"
    """There is one more department, which has no group yet."""
    SETTINGS_UNBOUND = "settings.unbound"
    SETTINGS_REFUSED = "settings.refused"
    """An admin did not confirm what was asked for."""
    SETTINGS_DRAFTED = "settings.drafted"
    """An admin wants a section to say something else."""
    SETTINGS_DECLINED = "settings.declined"
    SETTINGS_CHANGED = "settings.changed"
    SETTINGS_CARRIED = "settings.carried"
    """What takes effect later takes along what was changed before."""
    SETTINGS_STOPPED = "settings.stopped"
    """What was to take effect later does not."""
    TOKEN_MADE = "token.made"
    TOKEN_REVOKED = "token.revoked"
    SETTINGS_LAPSED = "settings.lapsed"
    """Nobody confirmed in time what was asked for."""
    CARD_CHECKED = "card.checked"
    """A card was put up on the server, to see whether clicks come back."""
    CARD_ANSWERED = "card.answered"
    SETTINGS_SYNCED = "settings.synced"
    """Departments were taken from a platform's directory."""
    PEOPLE_ASKED = "people.asked"
    """A second admin is asked, or whoever lets somebody in."""
    PEOPLE_REFUSED = "people.refused"
    PEOPLE_CHANGED = "people.changed"
    PEOPLE_LEFT = "people.left"
    PEOPLE_BACK = "people.back"
    PEOPLE_JOINED = "people.joined"
    PEOPLE_MERGED = "people.merged"
    """Accounts on two platforms are one person's."""
    PEOPLE_SYNCED = "people.synced"
    """What a platform's directory said otherwise was applied."""
    SETTINGS_ROLLED_BACK = "settings.rolled-back"
    """An earlier version became the newest again."""
    TIMER_RANG = "timer.rang"
    UNDELIVERABLE = "letter.undeliverable"
    REPLAYED = "letter.replayed"
    """An operator has a message tried again that had been given up."""
    DROPPED = "letter.dropped"
    BASELINED = "plan.baselined"
    IMPORTED = "plan.imported"
    IMPORT_REFUSED = "plan.import-refused"
    WORDING_KEPT = "wording.kept"
    """Other words for tables: later imports read so, too."""
    WORDING_REMOVED = "wording.removed"
    MODEL_ASKED = "language.asked"
    """A language model was asked what somebody's words mean; the facts hold all that was sent of them."""
    CHOICE_FORGOTTEN = "language.forgotten"
    """Nothing is learnt any more from what somebody chose."""
    REPORTED = "report.made"
    CORRECTED = "report.corrected"
    REPORT_APPLIED = "report.applied"
    """A report that made a revision: its item has begun, is finished, or is as planned again."""
    STOCK_COUNTED = "stock.counted"
    EXCEPTION_OPENED = "exception.opened"
    EXCEPTION_CLOSED = "exception.closed"
    EXCEPTION_TAKEN = "exception.taken"
    """Somebody said that they see to it."""
    EXCEPTION_SNOOZED = "exception.snoozed"
    EXCEPTION_MUTED = "exception.muted"
    ISSUE_RAISED = "issue.raised"
    ISSUE_TAKEN = "issue.take"
    ISSUE_HANDED_ON = "issue.hand-on"
    ISSUE_ANSWERED = "issue.answer"
    ISSUE_RESOLVED = "issue.resolve"
    ISSUE_CLOSED = "issue.close"
    ISSUE_REOPENED = "issue.reopen"
    ISSUE_LAPSED = "issue.lapse"
    """Nobody said anything against its being resolved: it is closed."""
    ISSUE_CLIMBED = "issue.climbed"
    """Somebody was told that it waits."""
    ANNOUNCED = "announcement.made"
    ANNOUNCEMENT_OFF = "announcement.off"
    ANNOUNCEMENT_KEPT = "announcement.proposed"
    RECORD_MADE = "record.made"
    RECORD_CONFIRMED = "record.confirm"
    RECORD_DISPUTED = "record.dispute"
    RECORD_REMINDED = "record.remind"
    RECORD_LAPSED = "record.lapse"
    """Nobody answered: it is one-sided."""
    LINK_MADE = "link.made"
    LINK_USED = "link.used"
    """Somebody logged in to the pages by a link."""
    LOGGED_IN = "link.account"
    """Somebody logged in to the pages with a platform's account."""
    LINK_REVOKED = "link.revoked"
    """Somebody ended their sessions in every browser, and the link that was open."""
    PAGE_SHARED = "page.shared"
    PAGE_UNSHARED = "page.unshared"
    """What led to a page leads nowhere from now on."""
    API_REFUSED = "api.refused"
    API_STRANGER = "api.stranger"


FAMILIES = tuple(dict.fromkeys(kind.partition(".")[0] for kind in Kind))


def kinds_of(word: str) -> tuple[str, ...]:
    """The kind of this name, or all of a family (`change`); empty: there is no such kind."""
    return tuple(kind.value for kind in Kind if word in (kind.value, kind.partition(".")[0]))


@dataclass(frozen=True, slots=True)
class Note:
    """An event to be recorded. Texts are made storable: one line, readable, not longer than LONGEST."""

    kind: str
    at: datetime
    actor: str = ""
    """A person's id, `api:<token name>`, `<platform>:<user id>` of somebody unknown; empty: nobody, the clock."""
    subject: str = ""
    """A change request's number, a card's id, a conversation, a path."""
    facts: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(
        cls, kind: Kind, at: datetime, actor: str = "", subject: str = "", facts: Mapping[str, object] | None = None
    ) -> "Note":
        kept = {name: storable(str(value)) for name, value in (facts or {}).items()}
        return cls(kind.value, at.astimezone(UTC), storable(actor), storable(subject), kept)


@dataclass(frozen=True, slots=True)
class AuditEvent:
    """A recorded event, append-only. `at` is UTC; the order of facts has no meaning."""

    plan: str
    number: int
    at: datetime
    actor: str
    kind: str
    subject: str
    facts: Mapping[str, str]
    prev_hash: str
    hash: str = ""

    @classmethod
    def after(cls, end: End, plan: str, note: Note) -> "AuditEvent":
        """The event that continues a chain."""
        content = (plan, end.number + 1, note.at, note.actor, note.kind, note.subject, note.facts, end.hash)
        return cls(*content, cls(*content).seal())

    def seal(self) -> str:
        when, facts = self.at.isoformat(), dict(self.facts)
        return digest(self.plan, self.number, when, self.actor, self.kind, self.subject, facts, self.prev_hash)

    @property
    def end(self) -> End:
        """The end of a chain that stops here."""
        return End(self.number, self.hash)


def storable(text: str) -> str:
    """The text without control characters and halves of characters, which not every database takes."""
    line = "".join(character if character.isprintable() else " " for character in text[: LONGEST + 1])
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"
