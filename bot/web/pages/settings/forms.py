"""/settings/{section}/edit: an entry in fields."""

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Request
from starlette.datastructures import FormData
from starlette.responses import Response

from bot.web.pages.render import shown
from bot.web.pages.route import PageRoute
from bot.web.pages.settings.drafting import Typed, changed_since, drafted
from bot.web.pages.settings.facts import reading_of
from bot.web.pages.settings.inputs import Wrong, read, with_condition
from bot.web.pages.settings.inputs import shown as shown_in_form
from bot.web.pages.settings.kept import document_of, kept_for, number_of
from bot.web.pages.visit import Visit, visit
from bot.web.platform.problem import Problem
from handlers.actions.control.settings_draft import Drafted
from handlers.govern.rules import switch_told
from handlers.govern.settings_difference import field_name, section_name
from handlers.govern.settings_entries import at, entries_of, key_of, known_as, place_of
from handlers.govern.settings_fields import FORMS, LISTS, options_of
from handlers.reads.control.settings_trial import try_settings
from handlers.turn import Turn
from planning.people.organisation import Person
from planning.refusal import Refused

router = APIRouter(route_class=PageRoute)


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
    clash = await here.look(lambda turn, person: changed_since(turn, person, section, typed))
    if clash:
        return await _form_page(here, section, form, typed.entry, 409, clash)

    def wanted(turn: Turn) -> Drafted:
        base = document_of(turn, section, typed.base)
        document, _ = _with_form(section, form, typed.entry, base)
        return Drafted(section, document, base, typed.first_day(), typed.why)

    async def again(no: Problem) -> Response:
        stands_beside_fields = no.code == "settings-mistakes"
        return await _form_page(here, section, form, typed.entry, 409, "" if stands_beside_fields else no.detail)

    return await drafted(here, form, wanted, again)


async def _form_page(
    here: Visit, section: str, form: FormData | None, entry: str, status: int = 200, wrong: str = ""
) -> Response:
    typed = Typed.of(form) if form else None
    do = str(form.get("do", "")) if form else ""

    def tell(turn: Turn, person: Person) -> dict[str, Any]:
        if section not in FORMS:
            raise Problem(404, "unknown-setting")
        kept, versions = kept_for(turn, person)
        document = document_of(turn, section)
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
                trial = try_settings(turn, section, whole) if do == "try" and not tried.mistakes else None
        else:
            mine = entries_of(section, document)[known] if known is not None else {}
        options = options_of(turn)
        return {
            "section": section, "section_name": section_name(turn, section), "entry": entry,
            "title": known_as(section, known, mine) if known is not None and LISTS.get(section) else "",
            "fields": shown_in_form(mine, section, options, mistakes), "names": _names(turn, section),
            "facts": options["facts"], "elsewhere": mistakes.others(FORMS[section]),
            "reading": reading_of(turn, at(mine, "when")), "is_list": section in LISTS,
            "base": number_of(versions, turn, section), "trial": trial, "do": do,
            "begins": typed.begins if typed else "", "why": typed.why if typed else "",
            "switched": switch_told(turn, entry) if section == "rules" else "",
            "today": turn.today.isoformat(), "is_wrong": bool(mistakes.mistakes),
        }  # fmt: skip

    return await shown(here, "settings", tell, "settings_form.html", status, wrong=wrong)


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


def _names(turn: Turn, section: str) -> Mapping[str, str]:
    return {field.key: field_name(turn, field.name) for field in FORMS[section]}
