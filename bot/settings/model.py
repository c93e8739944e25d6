"""Keys of `config.yaml`, each with a commented line in `config.example.yaml`."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields
from datetime import datetime
from typing import Annotated, Any, ClassVar, Literal
from zoneinfo import ZoneInfo

from pydantic import Field, PrivateAttr, SecretStr

from bot.channels.common.platform import Platform, Site
from bot.settings.approving import Mode
from bot.settings.authority import DeclaringSettings, GrantSettings, MaskSettings
from bot.settings.calendars import CalendarSettings, by_name
from bot.settings.escalation import EscalationSettings
from bot.settings.governing import FenceSettings, ReasonTypes, RuleSettings, ShadowSettings
from bot.settings.kinds import (
    DatabaseUrl,
    DirectoryUnit,
    HttpAddress,
    Identifier,
    Proxy,
    Secret,
    Section,
    SourceId,
    Text,
    TimeOfDay,
    Timezone,
    Token,
)
from bot.settings.language import LanguageSettings
from bot.settings.limits import LimitSettings
from bot.settings.templates import TemplateSettings
from handlers.platforms import Platforms
from planning.control.settings_version import SettingsVersion
from planning.exceptions.policy import ExceptionPolicy, Thresholds
from planning.facts.source import Source
from planning.people.organisation import Department, Organisation, Person, Role
from planning.people.principal import Principal
from planning.plan.calendar import WorkCalendar
from planning.rhythm.sync import Seat, SyncTerms

Locale = Literal["zh-CN", "en"]


class Server(Section):
    host: Text = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535)] = 8080
    """0: any free port."""
    public_url: HttpAddress | None = None
    trusted_proxies: tuple[Proxy, ...] = ()
    """Proxies whose word on a caller's address is taken."""

    @property
    def address(self) -> str:
        """Address of this service from outside, without a closing slash."""
        return self.public_url or f"http://{self.host}:{self.port}"


class Database(Section):
    url: DatabaseUrl = SecretStr("sqlite:///data/plan.db")


class PlanSettings(Section):
    id: Identifier = "main"
    name: Text = "生产计划"


class ServedPlan(Section):
    """One of several plans: its departments, whose conversations are its, and people of others who take part."""

    id: Identifier
    name: Text
    departments: Annotated[tuple[Identifier, ...], Field(min_length=1)]
    guests: tuple[Identifier, ...] = ()


class Approval(Section):
    expires_working_days: Annotated[int, Field(ge=1, le=60)] = 3
    standard_window_days: Annotated[int, Field(ge=1, le=366)] = 30


class Digest(Section):
    time: TimeOfDay = "08:30"


class Syncing(Section):
    """The facts of each morning, signed by two seats."""

    time: TimeOfDay = "08:30"
    deadline: TimeOfDay = "09:30"
    signatories: Annotated[dict[Text, Identifier], Field(min_length=1, max_length=2)]
    """Seats, and whose each is."""
    conversation: Text

    def terms(self) -> SyncTerms:
        seats = tuple(Seat(name, person) for name, person in self.signatories.items())
        return SyncTerms(self.time, self.deadline, seats, self.conversation)


class Audit(Section):
    anchor_key: Secret | None = None


class Retention(Section):
    inbox_days: Annotated[int, Field(ge=0, le=3650)] = 30
    """Days after which what a handled event held is forgotten; 0: never."""


class Logging(Section):
    level: Literal["debug", "info", "warning", "error"] = "info"


class Keeping(Section):
    """Where the sections of `IN_DATABASE` are kept; None: in the database once it has some, else in the file."""

    source: Literal["file", "database"] | None = None


API = "api"
"""The section of the tokens. A database that was filled by an older program has none of it; the file's are read until
it is brought in."""
IN_DATABASE = (
    "departments", "people", "calendar", "calendars", "approval", "escalation", "digest", "report", "forecast",
    "readiness", "sources", "exceptions", "rules", "fences", "shadow", "authority", "emergencies", "reason_types",
    "masked", "sync", "api", "templates",
)  # fmt: skip
"""Sections that the database may keep, versioned; secrets, addresses and what a process needs to begin stay in the
file. Of tokens it keeps the hashes."""


class DepartmentSettings(Section):
    id: Identifier
    name: Text
    conversation: str | None = None
    manager: str = ""
    calendar: Identifier | None = None
    digest: TimeOfDay | None = None
    readiness_days: Annotated[int, Field(ge=1, le=30)] | None = None
    """Working days before a start from which its readiness is told, where they are its own."""
    approval: Mode = 1
    directory: tuple[DirectoryUnit, ...] = ()
    """Departments of the platforms' directories whose people are its, `dingtalk:123`."""

    def department(self) -> Department:
        return Department(
            self.id, self.name, self.conversation or "", self.manager, self.calendar or "", self.digest or "",
            self.approval, self.directory,
        )  # fmt: skip


class PersonSettings(Section):
    id: Identifier
    name: Text
    department: str
    roles: tuple[Role, ...] = ()
    deputy: str = ""
    active: bool = True
    """Whoever has left stays, for their name in what was."""

    @property
    def identities(self) -> dict[str, str]:
        """Ids of this person by platform, from the keys that `settings_of` has added."""
        added = (name for name in type(self).model_fields if name not in PersonSettings.model_fields)
        return {name: user for name in added if (user := getattr(self, name))}

    def person(self) -> Person:
        return Person(self.id, self.name, self.department, frozenset(self.roles), self.identities, self.deputy)


class ApiToken(Section):
    name: Identifier
    token: Token
    scopes: tuple[Literal["read", "write", "audit", "masked", "report"], ...] = ("read",)
    plans: tuple[Identifier, ...] = ()
    """Plans it is for; empty: all."""
    revoked: bool = False
    """It opens nothing any more; what was done in its name keeps it."""

    @property
    def principal(self) -> Principal:
        return Principal.of_token(self.name)


class Api(Section):
    tokens: tuple[ApiToken, ...] = ()


class Forecasting(Section):
    prior_days: Annotated[int, Field(ge=0, le=100)] = 3


class Reporting(Section):
    over_tolerance: Annotated[int, Field(ge=0, le=100)] = 5
    """Per cent."""
    ask_starts: TimeOfDay | None = None
    """The time at which what should begin today is asked for; None: never."""
    ask_reports: TimeOfDay | None = None
    """The same of what was not reported on today."""


class SourceSettings(Section):
    """A source of facts: `api:<token>`, `chat`, `import` or `stock`, and how often it is expected to speak."""

    id: SourceId
    name: str = ""
    expected_hours: Annotated[int, Field(ge=1, le=2000)]
    """Working hours."""
    owner: str = ""

    def source(self) -> Source:
        return Source(self.id, self.name, self.expected_hours, self.owner)


class Readying(Section):
    days_before: Annotated[int, Field(ge=1, le=30)] = 3
    """Working days before a start from which it is told that something is missing."""
    backflush: tuple[Text, ...] = ()
    """Products whose stock a production report lowers; others only a count does."""


class Excepting(Section):
    enabled: bool = True
    trial_days: Annotated[int, Field(ge=0, le=90)] = 14
    """Days after the first scan in which exceptions are told by the digests only."""
    late_start_days: Annotated[int, Field(ge=1, le=20)] = 2
    near_promise_days: Annotated[int, Field(ge=0, le=60)] = 5
    slack_days: Annotated[int, Field(ge=0, le=2)] = 1
    blocked_days: Annotated[int, Field(ge=0, le=20)] = 3
    silent_days: Annotated[int, Field(ge=1, le=20)] = 2
    scrap_points: Annotated[int, Field(ge=1, le=100)] = 5
    unacked_hours: Annotated[int, Field(ge=1, le=90)] = 8
    """Where exceptions begin: see `planning.exceptions.policy.Thresholds`."""

    def policy(self) -> ExceptionPolicy:
        names = [field.name for field in fields(Thresholds)]
        thresholds = Thresholds(**{name: getattr(self, name) for name in names})
        return ExceptionPolicy(self.enabled, self.trial_days, thresholds)


class Settings(Section):
    """Settings, all but the platforms' own keys, which `settings_of` adds."""

    platforms: ClassVar[tuple[Platform[Any], ...]] = ()

    server: Server = Server()
    database: Database = Database()
    locale: Locale = "zh-CN"
    timezone: Timezone = "Asia/Shanghai"
    calendar: Identifier = "china"
    calendars: tuple[CalendarSettings, ...] = ()
    plan: PlanSettings = PlanSettings()
    plans: tuple[ServedPlan, ...] = ()
    """Several plans; the section `plan` is left out then."""
    approval: Approval = Approval()
    escalation: EscalationSettings = EscalationSettings()
    digest: Digest = Digest()
    report: Reporting = Reporting()
    forecast: Forecasting = Forecasting()
    readiness: Readying = Readying()
    sources: tuple[SourceSettings, ...] = ()
    exceptions: Excepting = Excepting()
    sync: Syncing | None = None
    """None: no morning is signed."""
    audit: Audit = Audit()
    retention: Retention = Retention()
    logging: Logging = Logging()
    settings: Keeping = Keeping()
    departments: tuple[DepartmentSettings, ...] = ()
    people: tuple[PersonSettings, ...] = ()
    rules: tuple[RuleSettings, ...] = ()
    fences: tuple[FenceSettings, ...] = ()
    shadow: ShadowSettings = ShadowSettings()
    authority: tuple[GrantSettings, ...] | None = None
    emergencies: tuple[DeclaringSettings, ...] | None = None
    reason_types: tuple[ReasonTypes, ...] = ()
    masked: tuple[MaskSettings, ...] | None = None
    api: Api = Api()
    templates: tuple[TemplateSettings, ...] | None = None
    """Process templates; None: those that are shipped."""
    limits: LimitSettings = LimitSettings()
    language: LanguageSettings | None = None
    """A language model; None: none is asked."""

    _warnings: tuple[str, ...] = PrivateAttr(default=())
    _file: Any = PrivateAttr(default=None)
    _kept: Mapping[str, SettingsVersion] = PrivateAttr(default_factory=dict)

    @property
    def warnings(self) -> tuple[str, ...]:
        """Warnings, a sentence each."""
        return self._warnings

    @property
    def file(self) -> Any:
        """The `bot.settings.file.SettingsFile` it was read from; None: it was put together otherwise."""
        return self._file

    @property
    def kept(self) -> Mapping[str, SettingsVersion]:
        """The versions its sections were taken from; empty: all stand in the file."""
        return self._kept

    def section(self, keys: str) -> Any:
        """A platform's section, or a part of it (`wecom.app`); None: it is not there."""
        found: Any = self
        for key in keys.split("."):
            found = getattr(found, key, None)
        return found

    def set_up(self) -> Iterator[tuple[Platform[Any], Any]]:
        """The platforms that have a section, with it."""
        for platform in self.platforms:
            if section := self.section(platform.name):
                yield platform, section

    def site(self, now: Callable[[], datetime]) -> Site:
        """The settings every platform gets."""
        return Site(self.server.address, self.server.public_url or "", self.locale, now)

    def traits(self) -> Platforms:
        """Traits of every way there is, whether it is set up or not."""
        return Platforms.of(
            traits for platform in self.platforms for traits in platform.traits(self.section(platform.name))
        )

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    def own_calendars(self) -> Mapping[str, WorkCalendar]:
        """Calendars of the section `calendars`, by name."""
        return by_name(self.calendars)

    def organisation(self) -> Organisation:
        """The organisation as the rules see it. A department without its own digest time has the general one."""
        departments = (section.department() for section in self.departments)
        there = (section.person() for section in self.people if section.active)
        former = {section.id: section.name for section in self.people if not section.active}
        return Organisation.of(departments, there, former)
