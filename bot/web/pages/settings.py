"""GET /settings: the sections that the database keeps, who changed them, and forms that draft another version."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from fastapi import APIRouter, Request
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from bot.settings.model import IN_DATABASE
from bot.settings.write import difference
from bot.web.pages import settings_text
from bot.web.pages.render import address, shown
from bot.web.pages.route import PageRoute
from bot.web.pages.settings_fields import FORMS, IN_CHAT, LISTS, called, options_of
from bot.web.pages.settings_forms import (
    Wrong,
    at,
    entries_of,
    key_of,
    known_as,
    place_of,
    read,
    with_condition,
)
from bot.web.pages.settings_forms import shown as shown_in_form
from bot.web.pages.visit import Visit, visit
from bot.web.platform.problem import Problem
from cards.lines.condition import ConditionWriter
from cards.words.dates import day, moment
from handlers.actions.settings_draft import Drafted, agree, decline, documents_of, draft, moment_of, on_its_day
from handlers.govern.kept_settings import kept_by_database
from handlers.govern.settings_difference import changes_in_words, field_name, section_name
from handlers.notify.settings_cards import begins_on
from handlers.reads.settings_trial import Trial, try_settings
from handlers.settings import KeptSettings
from handlers.turn import Turn
from planning.control.settings_request import SettingsRequest, Standing, Wish
from planning.control.settings_version import SettingsVersion
from planning.people.organisation import Person, Role
from planning.refusal import Refused
from storage.control.settings_versions import SettingsVersions

router = APIRouter(route_class=PageRoute)
HISTORY = 50
"""Versions of a section on its page."""
WHY = 200
"""Characters of a reason."""
MARKS = {Standing.OPEN: "amber", Standing.DONE: "green", Standing.REFUSED: "red", Standing.EXPIRED: "grey"}


@dataclass(frozen=True, slots=True)
class Typed:
    """What came with a form, beside its fields."""

    entry: str
    """The entry it is of, as it was known; empty: a new one."""
    base: int
    """The version of the section that the form was filled from; 0: none."""
    begins: str
    why: str

    @classmethod
    def of(cls, form: FormData) -> "Typed":
        texts = {name: str(form.get(name, "")).strip() for name in ("entry", "base", "begins", "why")}
        base = int(texts["base"]) if texts["base"].isdecimal() and len(texts["base"]) < 9 else 0
        why = "".join(c for c in texts["why"] if c.isprintable())[:WHY]
        return cls(texts["entry"], base, texts["begins"], why)

    def first_day(self) -> date | None:
        """Raises Refused."""
        try:
            return date.fromisoformat(self.begins) if self.begins else None
        except ValueError:
            raise Refused("settings-day", day=self.begins[:20]) from None


@router.get("/settings")
async def settings(request: Request) -> Response:
    return await shown(visit(request), "settings", _overview)


@router.get("/settings/drafts/{number}")
async def one_draft(request: Request, number: str) -> Response:
    is_tried = request.query_params.get("try") == "1"
    return await _draft_page(visit(request), number, is_tried)


@router.post("/settings/drafts/{number}")
async def decide(request: Request, number: str) -> Response:
    here, form = visit(request), await request.form()
    word = {"agree": agree, "refuse": decline}.get(str(form.get("do", "")))

    def work(turn: Turn, person: Person) -> None:
        if word is None:
            raise Problem(400, "unknown-setting")
        word(turn, _request(turn, number), person)

    try:
        await here.act(form, work)
    except Problem as refused:
        return await _draft_page(here, number, wrong=refused.detail, status=409)
    return RedirectResponse(address(here.desk, f"/settings/drafts/{int(number)}"), 303)


@router.get("/settings/versions/{number}")
async def version(request: Request, number: str) -> Response:
    return await _version_page(visit(request), number)


@router.post("/settings/versions/{number}")
async def back(request: Request, number: str) -> Response:
    """Draft what an earlier version says."""
    here, form = visit(request), await request.form()
    typed = Typed.of(form)

    def wanted(turn: Turn) -> Drafted:
        found, _ = _versions_about(turn, number)
        why = typed.why or turn.words("settings.back-to", number=found.number)
        return Drafted(found.section, found.document, None, typed.first_day(), why, found.number)

    try:
        request_of_it = await _draft(here, form, wanted)
    except Problem as refused:
        return await _version_page(here, number, wrong=refused.detail, status=409, why=typed.why, begins=typed.begins)
    return _to_draft(here, request_of_it)


@router.get("/settings/{section}")
async def section_page(request: Request, section: str) -> Response:
    return await _section_page(visit(request), section)


@router.post("/settings/{section}")
async def arrange(request: Request, section: str) -> Response:
    """Draft another order of the entries, or that one of them goes."""
    here, form = visit(request), await request.form()
    typed, do = Typed.of(form), str(form.get("do", ""))

    def wanted(turn: Turn) -> Drafted:
        _require_section(section)
        base = _document(turn, section)
        document = list(base) if section in LISTS else base
        place = place_of(section, document, typed.entry) if section in LISTS else None
        if place is None:
            raise Refused("settings-gone", entry=typed.entry, section=section_name(turn, section))
        entry = document.pop(place)
        if do in ("up", "down"):
            document.insert(max(place - 1, 0) if do == "up" else place + 1, entry)
        return Drafted(section, document, base, typed.first_day(), typed.why)

    try:
        request_of_it = await _draft(here, form, wanted)
    except Problem as refused:
        return await _section_page(here, section, wrong=refused.detail, status=409)
    return _to_draft(here, request_of_it)


@router.get("/settings/{section}/edit")
async def edit(request: Request, section: str) -> Response:
    entry = request.query_params.get("entry", "")
    return await _form_page(visit(request), section, None, entry)


@router.post("/settings/{section}/edit")
async def save(request: Request, section: str) -> Response:
    """Draft what was typed. What is refused stands in the form again, as it was typed, with what is wrong beside it."""
    here, form = visit(request), await request.form()
    typed, do = Typed.of(form), str(form.get("do", ""))
    if do in ("condition", "rows", "try"):
        return await _form_page(here, section, form, typed.entry)
    clash = await here.look(lambda turn, person: _changed_since(turn, person, section, typed))
    if clash:
        return await _form_page(here, section, form, typed.entry, status=409, wrong=clash)

    def wanted(turn: Turn) -> Drafted:
        base = _document(turn, section, typed.base)
        document, _ = _with_form(section, form, typed.entry, base)
        return Drafted(section, document, base, typed.first_day(), typed.why)

    try:
        request_of_it = await _draft(here, form, wanted)
    except Problem as refused:
        told = "" if refused.code == "settings-mistakes" else refused.detail
        return await _form_page(here, section, form, typed.entry, status=409, wrong=told)
    return _to_draft(here, request_of_it)


@router.get("/settings/{section}/text")
async def text(request: Request, section: str) -> Response:
    return await _text_page(visit(request), section, None)


@router.post("/settings/{section}/text")
async def save_text(request: Request, section: str) -> Response:
    here, form = visit(request), await request.form()
    typed, said = Typed.of(form), str(form.get("text", ""))

    def wanted(turn: Turn) -> Drafted:
        _require_editable(section)
        try:
            document = settings_text.read(said, turn.words)
        except settings_text.Unreadable as unreadable:
            raise Refused("settings-mistakes", mistakes=str(unreadable)) from None
        return Drafted(section, document, _document(turn, section, typed.base), typed.first_day(), typed.why)

    clash = await here.look(lambda turn, person: _changed_since(turn, person, section, typed, whole=True))
    if clash:
        return await _text_page(here, section, said, status=409, wrong=clash, typed=typed)
    try:
        request_of_it = await _draft(here, form, wanted)
    except Problem as refused:
        return await _text_page(here, section, said, status=409, wrong=refused.detail, typed=typed)
    return _to_draft(here, request_of_it)


# -- what the pages show --------------------------------------------------------------------------------------------


def _overview(turn: Turn, person: Person) -> dict[str, Any]:
    kept, versions = _kept(turn, person)
    current = versions.current(turn.now)
    later = [one for one in versions.standing(turn.now) if not one.is_in_force(turn.now)]
    requests = [one for one in turn.uow.settings_requests.open_ones() if one.wish is Wish.DRAFT]
    sections = [
        {
            "id": name, "name": section_name(turn, name), "count": _count(kept, current.get(name), name),
            "since": _since(turn, current[name]) if name in current else turn.words("web.settings.default"),
            "later": [_begins(turn, one) for one in later if one.section == name],
        }
        for name in IN_DATABASE
    ]  # fmt: skip
    return {
        "sections": sections, "drafts": [_line(turn, one) for one in requests],
        "stoppable": [_line(turn, one) for one in _stoppable(turn)],
    }  # fmt: skip


async def _section_page(here: Visit, section: str, status: int = 200, wrong: str = "") -> Response:
    def tell(turn: Turn, person: Person) -> dict[str, Any]:
        _require_section(section)
        _, versions = _kept(turn, person)
        document = _document(turn, section)
        entries = entries_of(section, document) if section in FORMS else []
        history = versions.of_section(section)
        newest = history[-HISTORY:][::-1]
        drafts = [one for one in turn.uow.settings_requests.open_ones() if one.facts.get("section") == section]
        return {
            "section": section, "section_name": section_name(turn, section),
            "entries": [_entry(turn, section, n, one) for n, one in enumerate(entries)],
            "is_list": section in LISTS, "has_form": section in FORMS, "in_chat": section in IN_CHAT,
            "text": "" if section in FORMS else settings_text.as_text(document),
            "base": _number(versions, turn, section),
            "drafts": [_line(turn, one) for one in drafts],
            "history": [_of_history(turn, one) for one in newest], "more": len(history) - len(newest),
            "is_kept": bool(history),
        }  # fmt: skip

    return await shown(here, "settings", tell, "settings_section.html", status, wrong=wrong)


async def _form_page(
    here: Visit, section: str, form: FormData | None, entry: str, status: int = 200, wrong: str = ""
) -> Response:
    typed = Typed.of(form) if form else None
    do = str(form.get("do", "")) if form else ""

    def tell(turn: Turn, person: Person) -> dict[str, Any]:
        if section not in FORMS:
            raise Problem(404, "unknown-setting")
        kept, versions = _kept(turn, person)
        document = _document(turn, section)
        known = place_of(section, entries_of(section, document), entry)
        if entry and known is None and typed is None:
            raise Refused("settings-gone", entry=entry[:40], section=section_name(turn, section))
        trial, mistakes = None, Wrong()
        if form is not None and typed is not None:
            whole, place = _with_form(section, form, typed.entry, document)
            mine = entries_of(section, whole)[place]
            if do != "condition":
                tried = kept.tried(turn.uow, turn.now, {section: whole})
                mistakes = Wrong(tried.mistakes, key_of(section, place))
                trial = _trial(turn, section, whole) if do == "try" and not tried.mistakes else None
        else:
            mine = entries_of(section, document)[known] if known is not None else {}
        options = options_of(turn)
        return {
            "section": section, "section_name": section_name(turn, section), "entry": entry,
            "title": known_as(section, known, mine) if known is not None and LISTS.get(section) else "",
            "fields": shown_in_form(mine, section, options, mistakes), "names": _names(turn, section),
            "facts": options["facts"], "elsewhere": mistakes.others(FORMS[section]),
            "reading": _reading(turn, at(mine, "when")), "is_list": section in LISTS,
            "base": _number(versions, turn, section), "trial": trial, "do": do,
            "begins": typed.begins if typed else "", "why": typed.why if typed else "",
            "today": turn.today.isoformat(), "is_wrong": bool(mistakes.mistakes),
        }  # fmt: skip

    return await shown(here, "settings", tell, "settings_form.html", status, wrong=wrong)


async def _text_page(
    here: Visit, section: str, said: str | None, status: int = 200, wrong: str = "", typed: Typed | None = None
) -> Response:
    def tell(turn: Turn, person: Person) -> dict[str, Any]:
        _require_editable(section)
        _, versions = _kept(turn, person)
        return {
            "section": section, "section_name": section_name(turn, section),
            "text": said if said is not None else settings_text.as_text(_document(turn, section)),
            "base": _number(versions, turn, section), "today": turn.today.isoformat(),
            "begins": typed.begins if typed else "", "why": typed.why if typed else "",
        }  # fmt: skip

    return await shown(here, "settings", tell, "settings_text.html", status, wrong=wrong)


async def _version_page(here: Visit, number: str, status: int = 200, **said: str) -> Response:
    def tell(turn: Turn, person: Person) -> dict[str, Any]:
        _kept(turn, person)
        found, before = _versions_about(turn, number)
        current = _document(turn, found.section)
        return {
            "found": _of_history(turn, found), "section": found.section,
            "section_name": section_name(turn, found.section), "today": turn.today.isoformat(),
            "lines": _lines(found.section, before.document if before else None, found.document),
            "against": _lines(found.section, current, found.document), "is_now": current == found.document,
        }  # fmt: skip

    words = {"wrong": "", "why": "", "begins": "", **said}
    return await shown(here, "settings", tell, "settings_version.html", status, **words)


async def _draft_page(
    here: Visit, number: str, is_tried: bool = False, status: int = 200, wrong: str = ""
) -> Response:
    def tell(turn: Turn, person: Person) -> dict[str, Any]:
        request = _request(turn, number)
        if Role.COORDINATOR not in person.roles:
            _kept(turn, person)
        before, document = documents_of(request)
        section, is_open = request.facts["section"], request.standing is Standing.OPEN
        is_admin, is_own = Role.ADMIN in person.roles, person.id == request.asked_by
        kept = kept_by_database(turn)
        first = date.fromisoformat(request.facts["from"]) if request.facts["from"] else None
        warnings = kept.tried(turn.uow, moment_of(turn, first), {section: document}).warnings if is_open else ()
        return {
            "line": _line(turn, request), "section": section, "section_name": section_name(turn, section),
            "facts": _facts(turn, request), "lines": _lines(section, before, document),
            "trial": _trial(turn, section, document) if is_tried else None, "is_tried": is_tried,
            "told": request.facts["trial"], "warnings": [one for one in warnings if one.startswith(section)],
            "may_agree": is_open and is_admin and not is_own, "may_refuse": is_open and is_admin, "is_own": is_own,
            "may_stop": request.can_be_stopped(turn.now), "is_open": is_open,
        }  # fmt: skip

    return await shown(here, "settings", tell, "settings_draft.html", status, wrong=wrong)


# -- what they are made of ------------------------------------------------------------------------------------------


def _kept(turn: Turn, person: Person) -> tuple[KeptSettings, SettingsVersions]:
    """Raises Refused: "settings-in-file", "may-not-set"."""
    kept = kept_by_database(turn)
    if Role.ADMIN not in person.roles:
        raise Refused("may-not-set", name=person.name)
    return kept, turn.uow.settings_of(kept.home)


def _require_section(section: str) -> None:
    if section not in IN_DATABASE:
        raise Problem(404, "unknown-setting")


def _require_editable(section: str) -> None:
    _require_section(section)
    if section in IN_CHAT:
        raise Problem(404, "unknown-setting")


def _document(turn: Turn, section: str, number: int | None = None) -> Any:
    """What a section says now; `number`: what it said in that version, 0: before there was one."""
    kept = kept_by_database(turn)
    versions = turn.uow.settings_of(kept.home)
    version = versions.current(turn.now).get(section) if number is None else versions.get(number)
    if version and version.section != section:
        raise Problem(404, "unknown-setting")
    found = version.document if version else kept.unwritten(section)
    return list(found) if isinstance(found, list) else found


def _number(versions: SettingsVersions, turn: Turn, section: str) -> int:
    """Of the version in force, which a form is filled from; 0: there is none."""
    version = versions.current(turn.now).get(section)
    return version.number if version else 0


def _with_form(section: str, form: FormData, entry: str, document: Any) -> tuple[Any, int]:
    """The section with the entry that was typed, and its place."""
    if section not in FORMS:
        raise Problem(404, "unknown-setting")
    entries = entries_of(section, document)
    place = place_of(section, entries, entry) if entry or section not in LISTS else None
    mine = read(form, section, entries[place] if place is not None else {})
    if form.get("do") == "condition":
        mine["when"] = with_condition(form, mine.get("when", ""))
    if section not in LISTS:
        return mine, 0
    if place is None:
        return [*entries, mine], len(entries)
    return [*entries[:place], mine, *entries[place + 1 :]], place


def _changed_since(turn: Turn, person: Person, section: str, typed: Typed, whole: bool = False) -> str:
    """What somebody else has changed of the entry since the form was opened, as a sentence; empty: nothing."""
    _require_section(section)
    _, versions = _kept(turn, person)
    newest = versions.current(turn.now).get(section)
    if newest is None or newest.number == typed.base:
        return ""
    opened = versions.get(typed.base)
    before, now = opened.document if opened else None, newest.document
    if not whole and section in LISTS:
        places = (place_of(section, entries_of(section, side), typed.entry) for side in (before, now))
        before, now = (
            entries_of(section, side)[place] if place is not None else None
            for side, place in zip((before, now), places, strict=True)
        )
    if before == now:
        return ""
    what = turn.words.clauses(changes_in_words(turn, before, now))
    name, at = turn.organisation.name_of(newest.made_by), moment(newest.at, turn.environment.zone, turn.today)
    return turn.words("web.settings.meanwhile", name=name, at=at, what=what)


async def _draft(here: Visit, form: FormData, wanted: Any) -> SettingsRequest:
    """Try it on the changes of late, which takes a while, and then draft it. Raises a Problem."""

    def trial(turn: Turn, person: Person) -> str:
        _kept(turn, person)
        one: Drafted = on_its_day(turn, wanted(turn))
        found = try_settings(turn, one.section, one.document, moment_of(turn, one.begins))
        return found.sentence if found else ""

    told = await here.look(trial)

    def work(turn: Turn, person: Person) -> SettingsRequest:
        one: Drafted = wanted(turn)
        return draft(turn, person, replace(one, trial=told))

    return await here.act(form, work)


def _to_draft(here: Visit, request: SettingsRequest) -> Response:
    return RedirectResponse(address(here.desk, f"/settings/drafts/{request.number}"), 303)


def _request(turn: Turn, number: str) -> SettingsRequest:
    found = turn.uow.settings_requests.get(int(number)) if number.isdecimal() and len(number) < 9 else None
    if found is None or found.wish is not Wish.DRAFT:
        raise Problem(404, "unknown-setting")
    return found


def _versions_about(turn: Turn, number: str) -> tuple[SettingsVersion, SettingsVersion | None]:
    """A version, and the one of its section before it."""
    versions = turn.uow.settings_of(kept_by_database(turn).home)
    found = versions.get(int(number)) if number.isdecimal() and len(number) < 9 else None
    if found is None:
        raise Problem(404, "unknown-setting")
    before = [one for one in versions.of_section(found.section) if one.number < found.number]
    return found, before[-1] if before else None


def _lines(section: str, before: Any, after: Any) -> list[tuple[str, str]]:
    """Lines of the difference, each with what it is: gone, new or the same."""
    sides = ({section: one} if one is not None else {} for one in (before, after))
    kinds = {"-": "gone", "+": "new"}
    return [(kinds.get(line[:1], "same"), line) for line in difference(*sides)]


def _trial(turn: Turn, section: str, document: Any) -> Trial | None:
    return try_settings(turn, section, document)


def _names(turn: Turn, section: str) -> Mapping[str, str]:
    return {field.key: field_name(turn, field.name) for field in FORMS[section]}


def _reading(turn: Turn, when: Any) -> str:
    """The condition as a sentence; empty where it cannot be read."""
    if not when:
        return ""
    try:
        return ConditionWriter(turn.words, turn.organisation).sentence(str(when))
    except Exception:
        return ""


def _count(kept: KeptSettings, found: SettingsVersion | None, section: str) -> int | None:
    document = found.document if found else kept.unwritten(section)
    return len(document) if isinstance(document, list) else None


def _since(turn: Turn, one: SettingsVersion) -> str:
    at = moment(max(one.at, one.effective_from), turn.environment.zone, turn.today)
    by = turn.organisation.name_of(one.made_by) or turn.words("audit.nobody")
    return turn.words("web.settings.since", version=one.version, at=at, by=by)


def _begins(turn: Turn, one: SettingsVersion) -> str:
    begins = day(one.effective_from.astimezone(turn.environment.zone).date(), turn.today)
    return turn.words("web.settings.begins", version=one.version, day=begins)


def _of_history(turn: Turn, one: SettingsVersion) -> dict[str, Any]:
    name = turn.organisation.name_of
    approved = turn.words("settings.approved", name=name(one.approved_by)) if one.approved_by else ""
    return {
        "number": one.number, "version": one.version, "by": name(one.made_by) or turn.words("audit.nobody"),
        "approved": approved, "at": moment(one.at, turn.environment.zone, turn.today), "note": one.note,
        "begins": _begins(turn, one) if one.effective_from > one.at else "",
    }  # fmt: skip


def _line(turn: Turn, request: SettingsRequest) -> dict[str, Any]:
    begins = begins_on(turn, request)
    standing = "stopped" if request.since and request.standing is Standing.REFUSED else request.standing.value
    if request.can_be_stopped(turn.now):
        standing = "later"
    decider = turn.organisation.name_of(request.decided_by)
    state = turn.words(f"web.settings.standing.{standing}", name=decider, day=begins)
    asker = turn.organisation.name_of(request.asked_by)
    at = moment(request.asked_at, turn.environment.zone, turn.today)
    return {
        "number": request.number, "mark": MARKS.get(request.standing, "grey"), "change": request.facts["change"],
        "state": state, "more": turn.words("web.settings.asked", name=asker, at=at),
    }  # fmt: skip


def _facts(turn: Turn, request: SettingsRequest) -> list[tuple[str, str]]:
    words, zone = turn.words, turn.environment.zone
    begins = begins_on(turn, request)
    facts = [
        (words("web.settings.by"), turn.organisation.name_of(request.asked_by)),
        (words("web.change.at"), moment(request.asked_at, zone, turn.today)),
        (words("web.settings.from"), begins or words("web.settings.at-once")),
    ]
    if request.facts["why"]:
        facts.append((words("web.settings.why"), request.facts["why"]))
    if request.expires_at and request.standing is Standing.OPEN:
        facts.append((words("web.change.until"), moment(request.expires_at, zone, turn.today)))
    return facts


def _stoppable(turn: Turn) -> list[SettingsRequest]:
    return [one for one in turn.uow.settings_requests.agreed_of_late(HISTORY) if one.can_be_stopped(turn.now)]


def _entry(turn: Turn, section: str, place: int, entry: Mapping[str, Any]) -> dict[str, Any]:
    """An entry on the page of its section: what it is called, and what it says."""
    fields = FORMS.get(section, ())
    facts = []
    for field in fields:
        value = at(entry, field.key)
        if value in (None, "", [], {}) or (LISTS.get(section) == field.key):
            continue
        facts.append((field_name(turn, field.name), _told(turn, section, field.key, value)))
    return {"key": known_as(section, place, entry), "title": _title(turn, section, place, entry), "facts": facts}


def _title(turn: Turn, section: str, place: int, entry: Mapping[str, Any]) -> str:
    name = str(entry.get("name") or entry.get(LISTS.get(section) or "id") or "")
    return name or (turn.words("web.settings.entry", n=place + 1) if section in LISTS else "")


def _told(turn: Turn, section: str, key: str, value: Any) -> str:
    if isinstance(value, list):
        return turn.words.list([_told(turn, section, key, one) for one in value])
    if isinstance(value, Mapping):
        return " ".join(_told(turn, section, key, one) for one in value.values())
    return (key == "when" and _reading(turn, value)) or called(turn, section, key, value)


