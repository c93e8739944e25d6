"""One step of the machine: what was done, and everything there was before and after it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from cards.action import Verb
from handlers.turn import Environment
from planning.change.change import Change, Decision, Step
from planning.exceptions.episode import Episode
from planning.facts.report import Report, is_report
from planning.plan.revision import Revision
from planning.trail.audit import AuditEvent
from storage.delivery.cards import CardRow
from tests.machine.snapshot import Snapshot


class What(StrEnum):
    BEGIN = "begin"
    SAY = "say"
    CLICK = "click"
    SYSTEM = "system"
    """Another system, over the API."""
    IMPORT = "import"
    TIME = "time"
    DELIVER = "deliver"
    RESTART = "restart"


@dataclass(frozen=True, slots=True)
class Press:
    person: str
    card: str
    verb: Verb
    choice: str = ""
    typed: str = ""
    """What was typed into the card's field."""


@dataclass(frozen=True, slots=True)
class Act:
    """`person` did it; nobody: the clock, the operators."""

    what: What
    person: str = ""
    text: str = ""
    presses: tuple[Press, ...] = ()
    repeated: bool = False
    """Nothing may come of it: the event was handled before."""
    writes: bool = True
    """Reading commands write nothing but their answer."""


@dataclass(frozen=True, slots=True)
class Taken:
    before: Snapshot
    after: Snapshot
    act: Act
    environment: Environment
    shown: tuple[str, ...] = ()
    """What went out to groups, and what those who pressed were answered."""

    @property
    def today(self) -> date:
        return self.after.now.astimezone(self.environment.zone).date()

    def changed(self) -> Iterator[tuple[Change | None, Change]]:
        """The change requests that are not what they were, oldest first; what got its number was a preview."""
        previews = {event.subject: event.facts["preview"] for event in self.after.audit if "preview" in event.facts}
        for no, change in self.after.changes.items():
            if (old := self.before.changes.get(previews.get(no, no))) is not change:
                yield old, change

    def revisions(self) -> tuple[Revision, ...]:
        """The new ones."""
        return self.after.revisions[len(self.before.revisions) :]

    def said(self) -> tuple[Report, ...]:
        """The new rows of the ledger."""
        return self.after.reports[len(self.before.reports) :]

    def reported_on(self) -> set[str]:
        """Items that the new rows are about, with those whose goods they are."""
        items = {report.item for report in self.said()}
        ends = {link.predecessor for link in self.after.plan.links if link.successor in items}
        return items | {code for code in ends if self.after.plan.items[code].type == "purchase"}

    @property
    def is_by_facts(self) -> bool:
        """Every new revision is a report's."""
        return bool(self.revisions()) and all(is_report(revision.change) for revision in self.revisions())

    def episodes(self) -> Iterator[tuple[Episode | None, Episode]]:
        """Those that are not what they were."""
        for number, now in self.after.episodes.items():
            if (was := self.before.episodes.get(number)) != now:
                yield was, now

    def applied(self) -> Iterator[Change]:
        """What came into effect by this step."""
        for revision in self.revisions():
            if revision.change in self.after.changes:
                yield self.after.changes[revision.change]

    def decisions(self) -> Iterator[tuple[Change, Step, Decision]]:
        """New ones, with the change request as it was when they were given."""
        for old, change in self.changed():
            for step in change.steps:
                known = old.step_of(step.department) if old else None
                for decision in step.decisions[len(known.decisions) if known else 0 :]:
                    yield old or change, step, decision

    def cards(self) -> Iterator[CardRow]:
        """The new ones."""
        return (row for card_id, row in self.after.cards.items() if card_id not in self.before.cards)

    def audited(self, *families: str) -> list[AuditEvent]:
        return [event for event in self.after.audit if event.kind.partition(".")[0] in families]
