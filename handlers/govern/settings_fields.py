"""The fields of the forms of the settings: what is typed or chosen for each key of a section, and what there is to
choose."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from cards.lines.condition import ConditionWriter
from cards.lines.governed import approver_name
from handlers.turn import Turn
from planning.change.escalation import Do
from planning.control.authority import FIELDS
from planning.control.fences import FenceKind, Zone
from planning.control.policy import AFFECTED
from planning.control.reasons import REASON_CODES
from planning.control.rules import TYPES, Act, Class, Event
from planning.people.organisation import Role
from planning.people.principal import ANY_TOKEN, Principal
from planning.plan.item import Status

Option = tuple[str, str]
"""What stands in the document, and how people call it."""


class Way(StrEnum):
    """How a value is given."""

    TEXT = "text"
    NUMBER = "number"
    DAY = "day"
    CHOICE = "choice"
    MANY = "many"
    LINES = "lines"
    """Words, separated by commas or lines."""
    ON = "on"
    """On unless it is switched off."""
    OFF = "off"
    """Off unless it is switched on."""
    CONDITION = "condition"
    APPROVALS = "approvals"
    LADDER = "ladder"


@dataclass(frozen=True, slots=True)
class Field:
    key: str
    """Its place in the entry: `scope.types`."""
    way: Way = Way.TEXT
    options: str = ""
    """Name of what there is to choose."""

    @property
    def name(self) -> str:
        return self.key.rpartition(".")[2]


_SCOPE = (Field("types", Way.LINES), Field("departments", Way.MANY, "departments"), Field("products", Way.LINES))
FORMS: Mapping[str, tuple[Field, ...]] = {
    "rules": (
        Field("id"), Field("event", Way.CHOICE, "events"), Field("when", Way.CONDITION),
        Field("class", Way.CHOICE, "classes"), Field("approvals", Way.APPROVALS, "approvers"),
        Field("inform", Way.MANY, "departments"), Field("reasons", Way.MANY, "reasons"),
        Field("deadline_hours", Way.NUMBER), Field("ratify_hours", Way.NUMBER), Field("act", Way.CHOICE, "acts"),
        Field("applies_to_open", Way.OFF), Field("enabled", Way.ON),
    ),
    "fences": (
        Field("id"), Field("name"), Field("kind", Way.CHOICE, "kinds"), Field("zone", Way.CHOICE, "zones"),
        Field("days", Way.NUMBER), Field("statuses", Way.MANY, "statuses"), Field("from", Way.DAY),
        Field("to", Way.DAY), Field("scope.types", Way.LINES), Field("scope.departments", Way.MANY, "departments"),
        Field("scope.products", Way.LINES), Field("approvals", Way.MANY, "special"),
    ),
    "authority": (
        Field("who", Way.CHOICE, "holders"), *_SCOPE, Field("fields", Way.MANY, "fields"),
        Field("zones", Way.MANY, "all_zones"),
    ),
    "emergencies": (Field("who", Way.CHOICE, "holders"), *_SCOPE),
    "masked": (Field("fields", Way.LINES), Field("roles", Way.MANY, "roles"), _SCOPE[1]),
    "escalation": (Field("hours"), Field("quiet"), Field("ladder", Way.LADDER, "rungs")),
    "readiness": (Field("days_before", Way.NUMBER), Field("backflush", Way.LINES)),
    "exceptions": (
        Field("enabled", Way.ON), *(Field(name, Way.NUMBER) for name in (
            "trial_days", "late_start_days", "near_promise_days", "slack_days", "blocked_days", "silent_days",
            "scrap_points", "unacked_hours",
        )),
    ),
    "forecast": (Field("prior_days", Way.NUMBER),),
    "report": (Field("over_tolerance", Way.NUMBER), Field("ask_starts"), Field("ask_reports")),
    "approval": (Field("expires_working_days", Way.NUMBER), Field("standard_window_days", Way.NUMBER)),
    "digest": (Field("time"),),
}  # fmt: skip
LISTS: Mapping[str, str] = {"rules": "id", "fences": "id", "authority": "", "emergencies": "", "masked": ""}
"""Sections that are lists of such entries, and what an entry is known by; empty: by its place."""
IN_CHAT = ("people", "departments", "api")
"""Sections that are changed where people talk, or by a command."""


def options_of(turn: Turn) -> Mapping[str, list[Option]]:
    words = turn.words
    departments = [(id, one.name) for id, one in turn.organisation.departments.items()]
    of_role = [str(Principal.of_role(role)) for role in Role]
    roles = [(one, approver_name(turn.words, turn.organisation, one)) for one in of_role]
    writer = ConditionWriter(turn.words, turn.organisation)
    return {
        "departments": departments,
        "special": [*departments, *roles],
        "approvers": [(AFFECTED, turn.words("rule.affected")), *departments, *roles],
        "holders": [*roles, *departments, (str(ANY_TOKEN), turn.words("authority.holder.any-api"))],
        "events": [(one, words(f"value.event.{one}")) for one in Event],
        "classes": [(one, words(f"value.class.{one}")) for one in Class],
        "acts": [(one, words(f"rule.act.{one}")) for one in Act],
        "reasons": [(one, words(f"value.reason-code.{one}")) for one in REASON_CODES],
        "kinds": [(one, words(f"settings.kind.{one}")) for one in FenceKind],
        "zones": [(one, words(f"value.zone.{one}")) for one in (Zone.FROZEN, Zone.SLUSHY)],
        "all_zones": [(one, words(f"value.zone.{one}")) for one in Zone],
        "statuses": [(one, words(f"value.status.{one}")) for one in Status if not one.is_over],
        "fields": [(one, words(f"authority.act.{one}")) for one in FIELDS],
        "roles": [(one, words(f"setting.role.{one}")) for one in Role],
        "rungs": [(one, words(f"settings.do.{one}")) for one in Do],
        "facts": [(fact, writer.name(fact)) for fact in TYPES],
    }


def called(turn: Turn, section: str, key: str, value: object) -> str:
    """A value of an entry as people call it."""
    field = next((one for one in FORMS.get(section, ()) if one.key == key), None)
    names = dict(options_of(turn)[field.options]) if field and field.options else {}
    return names.get(str(value), _principal(turn, str(value)))


def _principal(turn: Turn, value: str) -> str:
    return approver_name(turn.words, turn.organisation, value) if Principal.parse(value).is_role else value
