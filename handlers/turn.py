"""One turn: the unit of work of one event, the moment it happens at, and the environment it happens in."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo
from decimal import Decimal
from typing import TypeVar

from cards.faces import ChangeView
from cards.lines.governed import approver_name
from cards.rows import RowWriter
from cards.words import Words
from cards.words.dates import day
from handlers.bot_names import BotNames
from handlers.kept_outlook import KeptOutlook
from handlers.kept_readiness import KeptReadiness
from handlers.kept_results import KeptResults
from handlers.kept_scan import KeptScan
from handlers.kept_speech import KeptSpeech
from handlers.language import Command, Vocabulary
from handlers.language_terms import LanguageTerms
from handlers.limits import NO_LIMITS, Limits
from handlers.platforms import Platforms, prefix_of
from handlers.registry import Commands
from handlers.settings import KeptSettings
from handlers.stocks import Stocks
from planning.change.change import Change, ChangeState
from planning.change.escalation import DEFAULT, EscalationPolicy
from planning.control.authority import DEFAULT_GRANTS, Grant
from planning.control.fences import Fence
from planning.control.reasons import Fitting
from planning.control.rules import Rule
from planning.control.shadow import ENFORCED, Shadow
from planning.control.window import number_of
from planning.exceptions.policy import DEFAULT as DEFAULT_EXCEPTIONS
from planning.exceptions.policy import ExceptionPolicy
from planning.facts.source import Source
from planning.generation.template import Template
from planning.people.delegation import Deputies
from planning.people.masks import DEFAULT_MASKS, Mask
from planning.people.organisation import Department, Organisation, Person, Role
from planning.people.principal import Principal
from planning.plan.calendar import WorkCalendar, calendar_named
from planning.plan.hours import WorkingHours
from planning.plan.impact import Impact
from planning.plan.operation import Operation
from planning.plan.plan import Plan
from planning.plan.timetable import Horizon
from planning.readiness.requirement import RequirementsBook
from planning.refusal import Refusal, Refused
from planning.rhythm.sync import SyncTerms
from planning.schedule.assess import assess
from planning.schedule.refresh import Networks
from storage.unit_of_work import UnitOfWork

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Environment:
    """Settings in the form the handlers need, as they are in force."""

    organisation: Organisation
    words: Words
    zone: tzinfo
    commands: Commands
    """All that people can type, as `handlers/inbound/commands` binds it."""
    calendar: str = "china"
    calendars: Mapping[str, WorkCalendar] = field(default_factory=dict)
    """The company's own, by name."""
    expires_working_days: int = 3
    digest_at: str = "08:30"
    sync: SyncTerms | None = None
    """The facts of each morning that are signed; None: none are."""
    bot_name: str = "通盘"
    platforms: Platforms = field(default_factory=Platforms)
    """Traits of each way to people."""
    escalation: EscalationPolicy = DEFAULT
    fences: tuple[Fence, ...] = ()
    rules: tuple[Rule, ...] = ()
    standard_window_days: int = 30
    """Days in which what moved unasked counts together, for standard rules."""
    emergency_grants: tuple[Grant, ...] | None = None
    """Who may declare an emergency, of what; None: whoever a rule lets."""
    fitting: Fitting = field(default_factory=dict)
    """Types of items that a reason code fits, where the settings say so."""
    shadow: Shadow = ENFORCED
    """Part of the plan in which the rules are observed and not yet enforced."""
    grants: tuple[Grant, ...] = DEFAULT_GRANTS
    masks: tuple[Mask, ...] = DEFAULT_MASKS
    templates: tuple[Template, ...] = ()
    """Process templates."""
    networks: Networks = field(default_factory=Networks)
    """The plan compiled, kept up from revision to revision."""
    stocks: Stocks = field(default_factory=Stocks)
    """Its stock as it is now, kept up from report to report."""
    limits: Limits = NO_LIMITS
    """Limits of what comes in."""
    bot_names: BotNames = field(default_factory=BotNames)
    """Names of the bot that were learnt."""
    requirements: RequirementsBook = field(default_factory=RequirementsBook)
    """What each order needs, kept up from revision to revision."""
    readiness: KeptReadiness = field(default_factory=KeptReadiness)
    """Whether that is there, kept up from report to report."""
    outlooks: KeptOutlook = field(default_factory=KeptOutlook)
    """When all will be finished, until something new is heard."""
    results: KeptResults = field(default_factory=KeptResults)
    """What readers had worked out of the plan as it stands, under these settings."""
    scans: KeptScan = field(default_factory=KeptScan)
    """What the scan found that is about to be written down."""
    speech: KeptSpeech = field(default_factory=KeptSpeech)
    """What was learnt of what people choose."""
    days_before: int = 3
    """Working days before a start from which its readiness is told."""
    days_before_of: Mapping[str, int] = field(default_factory=dict)
    """The same of single departments."""
    exceptions: ExceptionPolicy = DEFAULT_EXCEPTIONS
    prior_days: int = 3
    """So many days of reports weigh as much as the plan, in a forecast."""
    ask_starts_at: str = ""
    """The time at which what should begin today is asked for; empty: it is not."""
    ask_reports_at: str = ""
    """The time at which what was not reported on today is asked for; empty: it is not."""
    sources: tuple[Source, ...] = ()
    """Sources of facts that are expected to speak."""
    over_tolerance: Decimal = Decimal("0.05")
    """Share by which more than planned may be reported without a question, and less finished."""
    pages_at: str = ""
    """Address of the pages from outside, without a closing slash; empty: nobody can open them."""
    plan_name: str = ""
    """What the plan is called where there are several; empty: there is one."""
    plans: tuple[str, ...] = ()
    """Ids of all plans that are served by the same apps; empty: there is one."""
    settings: KeptSettings | None = field(default=None, repr=False)
    """Settings that the database keeps; None: the file does, and what is changed in the chat would not be kept."""
    set_up: tuple[str, ...] = ()
    """Platforms that are served."""
    directories: tuple[str, ...] = ()
    """Platforms whose directory can be read."""
    language_model: LanguageTerms | None = None
    """The language model that may be asked what free words mean; None: none is."""
    anchor_key: str = field(default="", repr=False)
    """The key that signs anchors of the trail; empty: they are not signed."""

    @property
    def plan_mark(self) -> str:
        """What stands in front of what a plan says, where there are several; else empty."""
        return f"【{self.plan_name}】" if self.plan_name else ""

    def coordinators_department(self) -> Department | None:
        """Department that is sent what has no other home."""
        for person in self.organisation.with_role(Role.COORDINATOR):
            department = self.organisation.departments.get(person.department)
            if department and department.conversation:
                return department
        return next((d for d in self.organisation.departments.values() if d.conversation), None)

    def calendar_named(self, name: str) -> WorkCalendar:
        """The company's own calendar of this name or a built-in one; Refused("unknown-calendar") otherwise."""
        return self.calendars.get(name) or calendar_named(name)

    def kept_calendars(self) -> dict[str, WorkCalendar]:
        """Calendars that a plan keeps, so that its dates can be counted again when the settings or China's list are
        others."""
        return {"china": self.calendar_named("china"), **self.calendars}

    def calendar_of(self, department: str) -> WorkCalendar:
        """The calendar a department works by."""
        known = self.organisation.departments.get(department)
        return self.calendar_named((known.calendar if known else "") or self.calendar)

    def conversation_of(self, department: str) -> str:
        """Where a department hears: its own conversation, else the coordinator's (edge case 9); empty: nowhere."""
        known = self.organisation.departments.get(department)
        if known and known.conversation:
            return known.conversation
        stand_in = self.coordinators_department()
        return stand_in.conversation if stand_in else ""

    def person_in(self, conversation: str, user_id: str) -> Person | None:
        """Person of this id on the platform of a conversation."""
        return self.organisation.person_by(self.platforms.serving(conversation).platform, user_id)

    def names_of_the_bot(self, conversation: str, bot: str) -> tuple[str, ...]:
        """What people call it there: by the platform's settings, and as was learnt."""
        return self.platforms.serving(conversation).bot_name, self.bot_names.of(bot)

    def heard_in(self, conversation: str) -> list[Department]:
        """The departments that hear in a conversation, those without one of their own included."""
        return [d for d in self.organisation.departments.values() if self.conversation_of(d.id) == conversation]


@dataclass(frozen=True, slots=True)
class Turn:
    """Where anything is written, it has the plan to itself: messages, clicks, timers and the API lock it before they
    read (rule P1)."""

    uow: UnitOfWork
    now: datetime
    """UTC."""
    environment: Environment

    @property
    def words(self) -> Words:
        return self.environment.words

    @property
    def organisation(self) -> Organisation:
        return self.environment.organisation

    @property
    def commands(self) -> Commands:
        return self.environment.commands

    @property
    def vocabulary(self) -> Vocabulary:
        return self.environment.commands.vocabulary

    def spell(self, command: Command) -> str:
        """Spell a command in the language of the installation."""
        return self.vocabulary.spell(command, self.words.locale)

    @property
    def today(self) -> date:
        """The local date: what people mean by today, whatever zone the server is in (edge case 25)."""
        return self.day_of(self.now)

    def day_of(self, said_at: datetime | None) -> date:
        """The local date on which something was said: what its words count from, however late they are read."""
        return min(said_at or self.now, self.now).astimezone(self.environment.zone).date()

    @property
    def calendar(self) -> WorkCalendar:
        return self.environment.calendar_named(self.environment.calendar)

    @property
    def hours(self) -> WorkingHours:
        """The company's working hours."""
        return WorkingHours(self.environment.escalation.hours, self.calendar, self.environment.zone)

    def deputies(self) -> Deputies:
        """Deputies of today: who acts for whom."""
        return Deputies.on(self.today, self.uow.delegations.current(self.today), self.organisation)

    def plan(self) -> Plan:
        """The plan at its head, with the stock there is now. Raises Refused("no-plan") before the first import."""
        if not self.uow.plans.exists():
            raise Refused("no-plan")
        plan, environment = self.uow.plans.load(), self.environment
        return environment.stocks.of(self.uow, plan, environment.networks, environment.zone)

    def once(self, name: str, facts: Sequence[Hashable], work: Callable[[], Result]) -> Result:
        """What is worked out of the plan, today, the settings and these facts; who only reads shares it with the next
        reader, and nobody changes it."""
        if not self.uow.is_snapshot:
            return work()
        return self.environment.results.once(self.plan(), (name, self.today, *facts), work)

    def assess(self, plan: Plan, operations: Sequence[Operation]) -> Impact:
        """Effect of the operations on this plan; only what changed since the last question is compiled again."""
        return assess(plan, operations, self.today, self.environment.networks.of(plan))

    def change(self, no: str) -> Change:
        """Raises Refused("unknown-change")."""
        found = self.uow.changes.get(no)
        if found is None:
            raise Refused("unknown-change", no=no)
        return found

    def no_such_department(self, words: str) -> Refused:
        names = [department.name for department in self.organisation.departments.values()]
        return Refused("unknown-department", department=words, departments=self.words.list(names))

    def sentence(self, refusal: Refusal) -> str:
        """A refusal in words, with names where the rules know only ids."""
        facts = dict(refusal.facts)
        if person := facts.get("person"):
            facts["name"] = self.organisation.name_of(person)
        if self.words.knows(f"approver.role.{Principal.parse(facts.get('department', '')).id}"):
            facts["department"] = approver_name(self.words, self.organisation, facts["department"])
        if windows := facts.get("windows"):
            facts |= self._until_lifted(windows)
        return self.words.refusal(Refusal(refusal.code, facts))

    def _until_lifted(self, windows: str) -> dict[str, str]:
        """Last day on which `F-001, F-002` are in force at the most, and who can lift them before."""
        found = [self.uow.fences.get(number_of(one)) for one in windows.split(", ")]
        last = max((window.fence.last for window in found if window), default=self.today)
        keepers = self.organisation.with_role(Role.COORDINATOR) or self.organisation.with_role(Role.ADMIN)
        return {"until": day(last, self.today), "keepers": self.words.list([person.name for person in keepers])}

    def horizon(self) -> Horizon | None:
        """Horizon up to which the plan's dates can be relied on; None before the first import."""
        return Horizon(self.uow.plans.load()) if self.uow.plans.exists() else None

    def rows(self) -> RowWriter:
        """Writes lines of the plan as people read them."""
        return RowWriter(self.words, self.today, self.organisation, self.horizon(), self.unit_of())

    def unit_of(self) -> Callable[[str], str]:
        """Unit of an item's quantity, by its code."""
        items = self.uow.plans.load().items if self.uow.plans.exists() else {}
        return lambda code: items[code].unit if code in items else ""

    def view(self, change: Change) -> ChangeView:
        return ChangeView(
            change=change,
            organisation=self.organisation,
            words=self.words,
            zone=self.environment.zone,
            now=self.now,
            hours=self.hours,
            titles=self._titles(change),
            unit_of=self.unit_of(),
            escalations=self.uow.escalations.of_change(change.no),
            deputies=self.deputies(),
            horizon=self.horizon(),
            instead_of=self.uow.changes.get(change.supersedes[0]) if len(change.supersedes) == 1 else None,
            taken_back_by=self.uow.changes.took_back(change.no) if change.state is ChangeState.REVERTED else None,
        )

    def _titles(self, change: Change) -> dict[str, str]:
        items = self.uow.plans.load().items if self.uow.plans.exists() else {}
        return {op.item: items[op.item].title for op in change.operations if op.item in items}


@dataclass(frozen=True, slots=True)
class Ask:
    """Words that somebody said, and where."""

    person: Person
    conversation: str
    text: str
    quoted: str = ""
    mentions: tuple[str, ...] = ()
    """Those who are mentioned beside the text, `@` before what the platform calls them."""
    department: Department | None = field(default=None)
    """The department whose group it was said in."""
    single: bool = False
    """One-to-one: nobody else reads the answer."""
    said_at: datetime | None = None
    """Its own moment, by the platform; None: said when it is handled."""
    seen: str = ""
    """Hash of the effect that was shown with what they decide on; empty: they typed it."""
    proposed: tuple[str, ...] = ()
    """Commands that a language model proposes for these words."""

    @property
    def channel(self) -> str:
        return prefix_of(self.conversation)
