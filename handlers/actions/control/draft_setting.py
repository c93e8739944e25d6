"""规则 改 and 规则 新建: settings drafted in the chat, by a sentence or tap by tap.

What a sentence leaves out is asked for on a card: which entry, which of its fields, which value. A choice is a button;
what is written is typed into the card where the platform has room for words, else as the next message. The address of
the form stands beside it, for what takes several fields at once.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from cards.markdown import plain
from handlers.actions.control.settings_draft import Drafted, draft
from handlers.govern.kept_settings import SettingsDesk
from handlers.govern.rules import switch_told
from handlers.govern.settings_difference import field_name, section_name
from handlers.govern.settings_entries import Entry, at, entries_of, known_as, put
from handlers.govern.settings_fields import FORMS, LISTS, Field, Way
from handlers.govern.settings_values import MOST, choices_of, in_words, value_of
from handlers.language.commands.governing import DraftSetting
from handlers.notify.people.settings_cards import page_of, settings_address
from handlers.reads.control.settings_trial import try_settings
from handlers.reply import Reply
from handlers.turn import Ask, Turn
from planning.control.settings_merge import keys_of, known_by
from planning.control.settings_request import SettingsRequest, Standing
from planning.refusal import Refused

RULES = "rules"
LARGE, IN_CHAT = 20_000, 40
"""Items of a plan from which the chat tries nothing, and changes that it tries otherwise: half a second of the
processor."""
OFFERED = 4
"""Buttons of a card."""
USUAL = ("deadline_hours", "class", "approvals", "days", "zone", "fields", "roles", "when", "ladder")
"""Fields that are offered first."""


@dataclass(frozen=True, slots=True)
class Meant:
    """The part of the settings that is meant, and the words that lead to it. `place`: of the entry, in a list; None: no
    entry is named yet."""

    section: str
    document: Any
    target: str
    place: int | None
    key: str = ""
    """What follows in the sentence: of a list the entry, else a field."""

    @property
    def entry(self) -> Entry:
        return entries_of(self.section, self.document)[self.place or 0]


def draft_setting(turn: Turn, ask: Ask, command: DraftSetting) -> str | Reply:
    """Raises "settings-in-file", "may-not-set", "settings-no-target", "settings-no-key", "settings-gone", and as
    `draft` does."""
    desk = SettingsDesk(turn)
    desk.require_admin(ask.person)
    if not command.target:
        return _form(turn, RULES)
    meant, field_said, said = _meant(turn, desk, command)
    if meant.place is None:
        return _which_entry(turn, meant)
    if not field_said:
        return _which_field(turn, meant)
    field = _field(turn, meant.section, field_said)
    if not said:
        return _which_value(turn, meant, field)
    return _drafted(turn, ask, meant, field, said, command)


def _meant(turn: Turn, desk: SettingsDesk, command: DraftSetting) -> tuple[Meant, str, str]:
    """With the field and the value that were said. Raises "settings-no-target", "settings-gone"."""
    rules = desk.document(RULES, turn.now)
    for place, rule in enumerate(rules):
        if rule["id"].casefold() == command.target.casefold():
            return Meant(RULES, rules, rule["id"], place), command.key, command.value
    section = _section(turn, command.target)
    if not section:
        raise Refused("settings-no-target", target=command.target, known=turn.words.list(_targets(turn, rules)))
    document, target = desk.document(section, turn.now), _said(turn, section_name(turn, section), section)
    if section not in LISTS:
        return Meant(section, document, target, 0), command.key, command.value
    if not command.key:
        return Meant(section, document, target, None), "", ""
    there = _place(section, document, command.key)
    if there is None:
        raise Refused("settings-gone", section=section_name(turn, section), entry=command.key)
    field, _, value = command.value.partition(" ")
    return Meant(section, document, target, there, command.key), field, value.strip()


def _drafted(turn: Turn, ask: Ask, meant: Meant, field: Field, said: str, command: DraftSetting) -> str:
    section, base = meant.section, meant.document
    entry = {**meant.entry}
    put(entry, field.key, value_of(turn, field, said, at(entry, field.key)))
    document: Any = entry
    if section in LISTS:
        document = [entry if place == meant.place else one for place, one in enumerate(base)]
    trial = _trial(turn, section, document)
    drafted = Drafted(section, document, base, command.begins, command.reason, trial=trial)
    told = _told(turn, ask, draft(turn, ask.person, drafted, ask.conversation))
    beside = switch_told(turn, entry["id"]) if section == RULES and field.key == "enabled" else ""
    return "\n\n".join(filter(None, (told, beside)))


# -- what is asked for ----------------------------------------------------------------------------------------------


def _which_entry(turn: Turn, meant: Meant) -> str | Reply:
    entries = entries_of(meant.section, meant.document)
    if not entries:
        return _form(turn, meant.section)
    names = [_name(meant.section, entries, place) for place in range(len(entries))]
    known = [_known(meant.section, place, entry) for place, entry in enumerate(entries)]
    both = zip(known, names, strict=True)
    lines = "\n".join(f"- {one} {plain(name)}" if one != name else f"- {plain(name)}" for one, name in both)
    told = turn.words("setting.form.entries", section=section_name(turn, meant.section), entries=lines)
    offers = [_spelt(turn, meant.target, one) for one in known[:OFFERED]]
    form = [_spelt(turn, meant.target, _hole(turn, "entry"))] if len(known) > OFFERED else []
    return Reply(told + _address(turn, meant.section), (*offers, *form))


def _which_field(turn: Turn, meant: Meant) -> Reply:
    fields = _fields(meant.section)
    entry, section = meant.entry, meant.section
    there = [one for one in fields if at(entry, one.key) not in (None, "", [], {})]
    lines = "\n".join(
        f"- {field_name(turn, one.name)}：{plain(in_words(turn, section, one, at(entry, one.key)))}" for one in there
    )
    title = plain(" ".join((meant.target, meant.key)).strip())
    told = turn.words("setting.form.fields", name=title, fields=lines or turn.words("rule.value-none"))
    first = sorted(fields, key=lambda one: USUAL.index(one.name) if one.name in USUAL else len(USUAL))
    words = [_words(turn, meant, _said_field(turn, one)) for one in first[:OFFERED]]
    offers = [_spelt(turn, meant.target, *one) for one in words]
    form = _spelt(turn, meant.target, *_words(turn, meant, _hole(turn, "field")))
    known = meant.entry.get("id", "") if LISTS.get(section) else str(meant.place)
    return Reply(told + _address(turn, section, str(known) if section in LISTS else ""), (*offers, form))


def _which_value(turn: Turn, meant: Meant, field: Field) -> Reply:
    now = plain(in_words(turn, meant.section, field, at(meant.entry, field.key)))
    choices = choices_of(turn, field)
    several = field.way in (Way.MANY, Way.APPROVALS, Way.LADDER)
    how = ""
    if several and choices:
        names = turn.words.list([name for _, name in choices[:MOST]])
        kind = "rungs" if field.way is Way.LADDER else "several"
        how = turn.words(f"setting.form.{kind}", choices=names, one=choices[0][1])
    told = turn.words("setting.form.value", field=field_name(turn, field.name), now=now) + how
    of_field = _said_field(turn, field)
    offers = []
    if choices and not several:
        offers = [_spelt(turn, meant.target, *_words(turn, meant, of_field, name)) for _, name in choices[:OFFERED]]
    if several or not choices or len(choices) > OFFERED:
        offers.append(_spelt(turn, meant.target, *_words(turn, meant, of_field, _hole(turn, "value"))))
    return Reply(told, tuple(offers))


def _words(turn: Turn, meant: Meant, field: str, value: str = "") -> tuple[str, str]:
    """Key and value of the command that names this field."""
    return (meant.key, f"{field} {value}".strip()) if meant.key else (field, value)


def _hole(turn: Turn, what: str) -> str:
    return f"<{turn.words(f'setting.form.hole.{what}')}>"


def _spelt(turn: Turn, target: str, key: str, value: str = "") -> str:
    return turn.spell(DraftSetting(target, key, value))


# -- names ----------------------------------------------------------------------------------------------------------


def _fields(section: str) -> list[Field]:
    """Fields that can be changed here: what an entry is known by stays."""
    return [one for one in FORMS[section] if one.key != LISTS.get(section)]


def _field(turn: Turn, section: str, said: str) -> Field:
    """A field by its key, or as people call it, with or without its unit. Raises "settings-no-key"."""
    fields = _fields(section)
    for field in fields:
        name = field_name(turn, field.name).casefold()
        if said.casefold() in (field.key, field.name, name, name.partition("（")[0]):
            return field
    known = turn.words.list([field_name(turn, one.name) for one in fields])
    raise Refused("settings-no-key", key=said, known=known)


def _said_field(turn: Turn, field: Field) -> str:
    return _said(turn, field_name(turn, field.name).partition("（")[0], field.name)


def _said(turn: Turn, name: str, key: str) -> str:
    """As people call it where that is one word, else by its key."""
    return key if " " in name else name


def _known(section: str, place: int, entry: Mapping[str, Any]) -> str:
    """What an entry is called in a sentence: its id, else its number from 1."""
    return known_as(section, place, entry) if LISTS[section] else str(place + 1)


def _name(section: str, entries: list[Entry], place: int) -> str:
    if LISTS[section]:
        return str(entries[place].get(LISTS[section], ""))
    keys = keys_of([entries])
    return known_by(keys, entries[place]) if keys else str(place + 1)


def _place(section: str, document: Any, said: str) -> int | None:
    entries = entries_of(section, document)
    known = [_known(section, place, entry).casefold() for place, entry in enumerate(entries)]
    return known.index(said.casefold()) if said.casefold() in known else None


def _section(turn: Turn, target: str) -> str:
    return next((one for one in FORMS if target.casefold() in (one, section_name(turn, one).casefold())), "")


def _targets(turn: Turn, rules: list[Mapping[str, Any]]) -> list[str]:
    return [*(one["id"] for one in rules), *(section_name(turn, one) for one in FORMS if one != RULES)]


# -- what is answered -----------------------------------------------------------------------------------------------


def _trial(turn: Turn, section: str, document: Any) -> str:
    """The dry run where it is a matter of moments: whoever clicks waits for it. On a large plan the page has it."""
    if not turn.uow.plans.exists() or len(turn.plan().items) > LARGE:
        return ""
    found = try_settings(turn, section, document, most=IN_CHAT)
    return found.sentence if found else ""


def _form(turn: Turn, section: str) -> str:
    if not turn.environment.pages_at:
        raise Refused("settings-no-pages")
    return turn.words("setting.form", address=settings_address(turn, f"/{section}/edit"))


def _address(turn: Turn, section: str, entry: str = "") -> str:
    """The form's address on a line of its own; empty where there are no pages."""
    if not turn.environment.pages_at:
        return ""
    return "\n\n" + turn.words("setting.form", address=settings_address(turn, f"/{section}/edit", entry=entry))


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
