"""The unit of work: one transaction over all repositories of one plan. Left without `commit()` it rolls back."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection

from storage.change.changes import Changes
from storage.change.conflicts import Conflicts
from storage.change.detail_openings import DetailOpenings
from storage.change.escalations import Escalations
from storage.change.showings import Showings
from storage.control.delegations import Delegations
from storage.control.directories import Directories
from storage.control.fences import Fences
from storage.control.join_codes import JoinCodes
from storage.control.rule_switches import Switches
from storage.control.settings_requests import SettingsRequests
from storage.control.settings_versions import SettingsVersions
from storage.delivery.calls import Calls
from storage.delivery.cards import Cards
from storage.delivery.companies import Companies
from storage.delivery.dead_letters import DeadLetters
from storage.delivery.inbox import Inbox
from storage.delivery.language_calls import LanguageCalls
from storage.delivery.left_groups import LeftGroups
from storage.delivery.outbox import Outbox
from storage.delivery.processes import Processes
from storage.delivery.questions import Questions
from storage.delivery.rates import Rates
from storage.facts.announcements import Announcements
from storage.facts.counts import Counts
from storage.facts.exceptions import Exceptions
from storage.facts.fact_notices import FactNotices
from storage.facts.issues import Issues
from storage.facts.readiness import ToldReadiness
from storage.facts.records import Records
from storage.facts.reports import Reports
from storage.facts.sources import Sources
from storage.plan.baselines import Baselines
from storage.plan.plans import PlanCache, Plans
from storage.plan.revisions import Revisions
from storage.plan.wordings import Wordings
from storage.repository import Repository
from storage.timers import Digests, Timers
from storage.trail.anchors import Anchors
from storage.trail.audit import Audit
from storage.trail.proof import Proof
from storage.web.idempotency import Requests
from storage.web.one_time_links import OneTimeLinks
from storage.web.saved_filters import SavedFilters
from storage.web.shared_pages import SharedPages
from storage.web.used_states import UsedStates
from storage.web.web_sessions import WebSessions


class UnitOfWork:
    def __init__(
        self, connection: Connection, plan_id: str, cache: PlanCache, owner: str = "", *, reading: bool = False
    ) -> None:
        self.plan_id, self.owner, self._connection = plan_id, owner, connection
        self.committed = False
        self.is_snapshot = reading
        """Whether it reads from one moment and writes nothing."""
        self._read: dict[tuple[type, Hashable], Any] = {}
        self.worked_out: dict[str, Any] = {}
        """What was worked out of its rows, for as long as it lasts."""
        self.plans = Plans(connection, plan_id)
        self.plans.cache, self.plans.is_snapshot = cache, reading
        self.revisions = Revisions(connection, plan_id)
        self.reports = Reports(connection, plan_id)
        self.counts = Counts(connection, plan_id)
        self.fact_notices = FactNotices(connection, plan_id)
        self.sources = Sources(connection, plan_id)
        self.baselines = Baselines(connection, plan_id)
        self.changes = Changes(connection, plan_id)
        self.conflicts = Conflicts(connection, plan_id)
        self.cards = Cards(connection, plan_id)
        self.calls = Calls(connection, plan_id)
        self.companies = Companies(connection, plan_id)
        self.detail_openings = DetailOpenings(connection, plan_id)
        self.showings = Showings(connection, plan_id)
        self.questions = Questions(connection, plan_id)
        self.inbox = Inbox(connection, plan_id)
        self.outbox = Outbox(connection, plan_id)
        self.left_groups = LeftGroups(connection, plan_id)
        self.outbox.is_left = self.left_groups.has
        self.inbox.owner = self.outbox.owner = owner
        self.processes = Processes(connection, plan_id)
        self.dead_letters = DeadLetters(connection, plan_id)
        self.rates = Rates(connection, plan_id)
        self.timers = Timers(connection, plan_id)
        self.escalations = Escalations(connection, plan_id)
        self.delegations = Delegations(connection, plan_id)
        self.digests = Digests(connection, plan_id)
        self.readiness = ToldReadiness(connection, plan_id)
        self.exceptions = Exceptions(connection, plan_id)
        self.issues = Issues(connection, plan_id)
        self.announcements = Announcements(connection, plan_id)
        self.records = Records(connection, plan_id)
        self.requests = Requests(connection, plan_id)
        self.fences = Fences(connection, plan_id)
        self.switches = Switches(connection, plan_id)
        self.settings_requests = SettingsRequests(connection, plan_id)
        self.wordings = Wordings(connection, plan_id)
        self.one_time_links = OneTimeLinks(connection, plan_id)
        self.web_sessions = WebSessions(connection, plan_id)
        self.saved_filters = SavedFilters(connection, plan_id)
        self.shared_pages = SharedPages(connection, plan_id)
        self.used_states = UsedStates(connection, plan_id)
        self.audit = Audit(connection, plan_id)
        self.anchors = Anchors(connection, plan_id)
        self.proof = Proof(connection, plan_id)
        for one in vars(self).values():
            if isinstance(one, Repository):
                one.read_before = self._read
        self._at_end: dict[str, Callable[[], None]] = {}

    def of_plan(self, plan_id: str) -> "UnitOfWork":
        """Another plan, read in the same transaction."""
        return UnitOfWork(self._connection, plan_id, PlanCache(), reading=True)

    def settings_of(self, home: str) -> SettingsVersions:
        """The settings' versions, of all plans, which one of them keeps."""
        return SettingsVersions(self._connection, home)

    def directories_of(self, home: str) -> Directories:
        """What was read of the platforms' directories, of all plans, which one of them keeps."""
        return Directories(self._connection, home)

    def language_calls_of(self, home: str) -> LanguageCalls:
        """Calls of the language model, of all plans, which one of them keeps."""
        return LanguageCalls(self._connection, home)

    def join_codes_of(self, home: str) -> JoinCodes:
        return JoinCodes(self._connection, home)

    def commit(self) -> None:
        """Keep everything, when the work returns."""
        self.committed = True

    @contextmanager
    def apart(self) -> Iterator[None]:
        """A part that may fail by itself: then nothing of it is kept, and what it raised goes on."""
        mark, at_end, worked_out = self.audit.mark(), {**self._at_end}, {**self.worked_out}
        try:
            with self._connection.begin_nested():
                yield
        except BaseException:
            self._forget(mark, at_end, worked_out)
            raise

    def _forget(self, mark: int, at_end: dict[str, Callable[[], None]], worked_out: dict[str, Any]) -> None:
        """Know nothing of a part that was undone: neither what it read and worked out nor what it left for the end."""
        for one in vars(self).values():
            if isinstance(one, Repository):
                one.undone()
        self.audit.back_to(mark)
        self._at_end, self.worked_out = at_end, worked_out

    def at_end(self, name: str, work: Callable[[], None]) -> None:
        """Have something done once, however often it is asked for, when everything else of a kept unit is."""
        self._at_end.setdefault(name, work)

    def finish(self) -> None:
        """Do what is left before a kept unit is written: its end, then its part of the trail."""
        while self._at_end:
            self._at_end.pop(next(iter(self._at_end)))()
        self.audit.write_down()
