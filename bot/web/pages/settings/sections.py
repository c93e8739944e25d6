"""/settings/{section}: its entries in their order, its history, and the drafts about it."""

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from bot.web.pages.render import shown
from bot.web.pages.route import PageRoute
from bot.web.pages.settings import source
from bot.web.pages.settings.drafting import Typed, drafted
from bot.web.pages.settings.facts import HISTORY, line_of, of_history, reading_of
from bot.web.pages.settings.kept import document_of, kept_for, number_of, require_section
from bot.web.pages.visit import Visit, visit
from handlers.actions.control.settings_draft import Drafted
from handlers.govern.settings_difference import field_name, section_name
from handlers.govern.settings_entries import at, entries_of, known_as, place_of
from handlers.govern.settings_fields import FORMS, IN_CHAT, LISTS, called
from handlers.turn import Turn
from planning.people.organisation import Person
from planning.refusal import Refused

router = APIRouter(route_class=PageRoute)


@router.get("/settings/{section}")
async def section_page(request: Request, section: str) -> Response:
    return await _section_page(visit(request), section)


@router.post("/settings/{section}")
async def arrange(request: Request, section: str) -> Response:
    """Draft another order of the entries, or that one of them goes."""
    here, form = visit(request), await request.form()
    typed, do = Typed.of(form), str(form.get("do", ""))

    def wanted(turn: Turn) -> Drafted:
        require_section(section)
        base = document_of(turn, section)
        document = list(base) if section in LISTS else base
        place = place_of(section, document, typed.entry) if section in LISTS else None
        if place is None:
            raise Refused("settings-gone", entry=typed.entry, section=section_name(turn, section))
        entry = document.pop(place)
        if do in ("up", "down"):
            document.insert(max(place - 1, 0) if do == "up" else place + 1, entry)
        return Drafted(section, document, base, typed.first_day(), typed.why)

    return await drafted(here, form, wanted, lambda no: _section_page(here, section, 409, no.detail))


async def _section_page(here: Visit, section: str, status: int = 200, wrong: str = "") -> Response:
    def tell(turn: Turn, person: Person) -> dict[str, Any]:
        require_section(section)
        _, versions = kept_for(turn, person)
        document = document_of(turn, section)
        entries = entries_of(section, document) if section in FORMS else []
        history = versions.of_section(section)
        newest = history[-HISTORY:][::-1]
        drafts = [one for one in turn.uow.settings_requests.open_ones() if one.facts.get("section") == section]
        return {
            "section": section, "section_name": section_name(turn, section),
            "entries": [_entry(turn, section, n, one) for n, one in enumerate(entries)],
            "is_list": section in LISTS, "has_form": section in FORMS, "in_chat": section in IN_CHAT,
            "text": "" if section in FORMS else source.as_text(document),
            "base": number_of(versions, turn, section),
            "drafts": [line_of(turn, one) for one in drafts],
            "history": [of_history(turn, one) for one in newest], "more": len(history) - len(newest),
            "is_kept": bool(history),
        }  # fmt: skip

    return await shown(here, "settings", tell, "settings_section.html", status, wrong=wrong)


def _entry(turn: Turn, section: str, place: int, entry: Mapping[str, Any]) -> dict[str, Any]:
    """What an entry is called, and what it says."""
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
    return (key == "when" and reading_of(turn, value)) or called(turn, section, key, value)
