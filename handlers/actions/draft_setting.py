"""规则 改 and 规则 新建: a short draft of a rule or a threshold in the chat; for all else the address of its form."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from handlers.actions.settings_draft import Drafted, draft
from handlers.govern.kept_settings import SettingsDesk
from handlers.govern.rules import switch_told
from handlers.govern.settings_difference import field_name, section_name
from handlers.language.governing import DraftSetting
from handlers.notify.settings_cards import page_of, settings_address
from handlers.reads.settings_trial import try_settings
from handlers.turn import Ask, Turn
from planning.control.settings_request import SettingsRequest, Standing
from planning.refusal import Refused

RULES = "rules"
OF_A_RULE = ("event", "when", "class", "deadline_hours", "ratify_hours", "enabled", "act", "applies_to_open")
"""Keys of a rule that take one value each."""
SECTIONS = ("readiness", "exceptions", "forecast", "report", "approval", "digest", "escalation")
"""Sections of thresholds and times."""
LARGE, IN_CHAT = 20_000, 40
"""Items of a plan from which the chat tries nothing, and changes that it tries otherwise: half a second of the
processor."""
_SAID = {"是": "true", "开": "true", "启用": "true", "否": "false", "关": "false", "停用": "false"}
"""What is on or off, as people say it."""
NOT_ONE = ("ladder", "backflush")
"""Keys that take more than a value."""


def draft_setting(turn: Turn, ask: Ask, command: DraftSetting) -> str:
    """Raises "settings-in-file", "may-not-set", "settings-no-target", "settings-no-key", and as `draft` does."""
    desk = SettingsDesk(turn)
    desk.require_admin(ask.person)
    at = turn.now
    rules = desk.document(RULES, at)
    rule = next((one for one in rules if one["id"].casefold() == command.target.casefold()), None)
    section = RULES if rule is not None or not command.target else _section(turn, command.target)
    if not section:
        raise Refused("settings-no-target", target=command.target, known=turn.words.list(_targets(turn, rules)))
    if not command.key:
        return _form(turn, section, rule)
    base = rules if rule is not None else desk.document(section, at)
    entry = rule if rule is not None else base
    keys = OF_A_RULE if rule is not None else tuple(key for key in _keys(turn, desk, section) if key not in NOT_ONE)
    key = _key(turn, keys, command.key)
    changed = {**entry, key: _SAID.get(command.value, command.value)}
    document = [changed if one is rule else one for one in rules] if rule is not None else changed
    trial = _trial(turn, section, document)
    drafted = Drafted(section, document, base, command.begins, command.reason, trial=trial)
    told = _told(turn, ask, draft(turn, ask.person, drafted, ask.conversation))
    beside = switch_told(turn, rule["id"]) if rule is not None and key == "enabled" else ""
    return "\n\n".join(filter(None, (told, beside)))


def _trial(turn: Turn, section: str, document: Any) -> str:
    """The dry run where it is a matter of moments: whoever clicks waits for it. On a large plan the page has it."""
    if not turn.uow.plans.exists() or len(turn.plan().items) > LARGE:
        return ""
    found = try_settings(turn, section, document, most=IN_CHAT)
    return found.sentence if found else ""


def _section(turn: Turn, target: str) -> str:
    return next((one for one in SECTIONS if target.casefold() in (one, section_name(turn, one).casefold())), "")


def _targets(turn: Turn, rules: list[Mapping[str, Any]]) -> list[str]:
    return [*(one["id"] for one in rules), *(section_name(turn, one) for one in SECTIONS)]


def _keys(turn: Turn, desk: SettingsDesk, section: str) -> Iterator[str]:
    """Those that stand there, and those that stand there by default."""
    kept = turn.environment.settings
    known = kept.unwritten(section) if kept else {}
    yield from dict.fromkeys((*known, *(desk.document(section, turn.now) or {})))


def _key(turn: Turn, keys: tuple[str, ...], said: str) -> str:
    """The key by its name, or as people call it, with or without its unit. Raises "settings-no-key"."""
    names = {key: field_name(turn, key) for key in keys}
    for key, name in names.items():
        if said.casefold() in (key, name.casefold(), name.partition("（")[0].casefold()):
            return key
    raise Refused("settings-no-key", key=said, known=turn.words.list([*names.values()]))


def _form(turn: Turn, section: str, rule: Mapping[str, Any] | None) -> str:
    if not turn.environment.pages_at:
        raise Refused("settings-no-pages")
    path = f"/{section}/edit" if section != RULES or rule is None else f"/{RULES}/edit"
    address = settings_address(turn, path, entry=rule["id"] if rule is not None else "")
    return turn.words("setting.form", address=address)


def _told(turn: Turn, ask: Ask, request: SettingsRequest) -> str:
    words, change = turn.words, request.facts["change"]
    page = page_of(turn, request)
    more = words("setting.draft.page", address=page) if page else ""
    if request.standing is Standing.DONE:
        day = date.fromisoformat(request.facts["from"])
        return words("setting.draft-alone", change=change, day=day.isoformat(), more=more)
    asked = [one.id for one in turn.organisation.people.values() if one.id in _others(turn, ask)]
    names = words.list([turn.organisation.name_of(one) for one in asked])
    return words("setting.draft-asked", change=change, names=names, more=more)


def _others(turn: Turn, ask: Ask) -> list[str]:
    return [one for one in SettingsDesk(turn).admins_here() if one != ask.person.id]

