"""Keys of `config.yaml`, each with a commented line in `config.example.yaml`."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field, PrivateAttr, SecretStr, model_validator
from pydantic_core import PydanticCustomError

from bot.settings.approving import Mode
from bot.settings.authority import GrantSettings, MaskSettings
from bot.settings.calendars import CalendarSettings, by_name
from bot.settings.escalation import EscalationSettings
from bot.settings.governing import FenceSettings, RuleSettings, ShadowSettings
from bot.settings.kinds import (
    AesKey,
    Conversation,
    DatabaseUrl,
    HttpAddress,
    Identifier,
    Secret,
    Section,
    Text,
    TimeOfDay,
    Timezone,
    WebsocketAddress,
)
from planning.people.organisation import Department, Organisation, Person, Role
from planning.plan.calendar import WorkCalendar

Locale = Literal["zh-CN", "en"]


class Server(Section):
    host: Text = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535)] = 8080
    """0: any free port."""
    public_url: HttpAddress | None = None

    @property
    def address(self) -> str:
        """Address of this service from outside, without a closing slash."""
        return self.public_url or f"http://{self.host}:{self.port}"


class Database(Section):
    url: DatabaseUrl = SecretStr("sqlite:///data/plan.db")


class PlanSettings(Section):
    id: Identifier = "main"
    name: Text = "生产计划"


class Approval(Section):
    expires_working_days: Annotated[int, Field(ge=1, le=60)] = 3


class Digest(Section):
    time: TimeOfDay = "08:30"


class Logging(Section):
    level: Literal["debug", "info", "warning", "error"] = "info"


class DingTalk(Section):
    client_id: Text
    client_secret: Secret
    robot_code: str = ""
    corp_id: str = ""
    """Our organisation; empty: learnt from the first message, and clicks before it are not checked for it."""
    card_template_id: Text
    endpoint: HttpAddress = "https://api.dingtalk.com"

    @property
    def robot(self) -> str:
        """The robot's code; an app's own robot has the app's client id."""
        return self.robot_code or self.client_id


class WeComApp(Section):
    agent_id: Annotated[int, Field(ge=1)]
    secret: Secret
    token: Secret
    encoding_aes_key: AesKey


class WeComAibot(Section):
    """The aibot, over the long connection (`bot_id`, `secret`) or by callbacks (`token`, `encoding_aes_key`)."""

    bot_id: str = ""
    secret: SecretStr | None = None
    websocket_url: WebsocketAddress = "wss://openws.work.weixin.qq.com"
    token: SecretStr | None = None
    encoding_aes_key: AesKey | None = None

    @property
    def mode(self) -> Literal["websocket", "callback"]:
        return "callback" if self.token else "websocket"

    @model_validator(mode="after")
    def _one_way(self) -> "WeComAibot":
        long_connection = bool(self.bot_id and self.secret)
        callback = bool(self.token and self.encoding_aes_key)
        half = bool(self.secret) != long_connection or bool(self.token or self.encoding_aes_key) != callback
        if half or long_connection == callback:
            raise PydanticCustomError("aibot_mode", "aibot_mode")
        return self


class WeCom(Section):
    corp_id: Text
    endpoint: HttpAddress = "https://qyapi.weixin.qq.com"
    app: WeComApp | None = None
    aibot: WeComAibot | None = None

    @model_validator(mode="after")
    def _some_way(self) -> "WeCom":
        if not (self.app or self.aibot):
            raise PydanticCustomError("wecom_empty", "wecom_empty")
        return self


class DepartmentSettings(Section):
    id: Identifier
    name: Text
    conversation: Conversation | None = None
    manager: str = ""
    calendar: Identifier | None = None
    digest: TimeOfDay | None = None
    approval: Mode = 1

    def department(self) -> Department:
        return Department(
            self.id, self.name, self.conversation or "", self.manager, self.calendar or "", self.digest or "",
            self.approval,
        )  # fmt: skip


class PersonSettings(Section):
    id: Identifier
    name: Text
    department: str
    roles: tuple[Role, ...] = ()
    dingtalk: str = ""
    wecom: str = ""
    deputy: str = ""

    def person(self) -> Person:
        named = {"dingtalk": self.dingtalk, "wecom": self.wecom}
        identities = {platform: name for platform, name in named.items() if name}
        return Person(self.id, self.name, self.department, frozenset(self.roles), identities, self.deputy)


class ApiToken(Section):
    name: Identifier
    token: Secret
    scopes: tuple[Literal["read", "write", "audit", "masked"], ...] = ("read",)


class Api(Section):
    tokens: tuple[ApiToken, ...] = ()


class Settings(Section):
    server: Server = Server()
    database: Database = Database()
    locale: Locale = "zh-CN"
    timezone: Timezone = "Asia/Shanghai"
    calendar: Identifier = "china"
    calendars: tuple[CalendarSettings, ...] = ()
    plan: PlanSettings = PlanSettings()
    approval: Approval = Approval()
    escalation: EscalationSettings = EscalationSettings()
    digest: Digest = Digest()
    logging: Logging = Logging()
    dingtalk: DingTalk | None = None
    wecom: WeCom | None = None
    departments: tuple[DepartmentSettings, ...] = ()
    people: tuple[PersonSettings, ...] = ()
    rules: tuple[RuleSettings, ...] = ()
    fences: tuple[FenceSettings, ...] = ()
    shadow: ShadowSettings = ShadowSettings()
    authority: tuple[GrantSettings, ...] | None = None
    masked: tuple[MaskSettings, ...] | None = None
    api: Api = Api()

    _warnings: tuple[str, ...] = PrivateAttr(default=())

    @property
    def warnings(self) -> tuple[str, ...]:
        """Warnings, a sentence each."""
        return self._warnings

    def own_calendars(self) -> Mapping[str, WorkCalendar]:
        """Calendars of the section `calendars`, by name."""
        return by_name(self.calendars)

    def organisation(self) -> Organisation:
        """The organisation as the rules see it. A department without its own digest time has the general one."""
        departments = (section.department() for section in self.departments)
        return Organisation.of(departments, (section.person() for section in self.people))
