"""/settings/{section}/text: a section as text, for who has it in a file."""

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from bot.web.pages.render import shown
from bot.web.pages.route import PageRoute
from bot.web.pages.settings import source
from bot.web.pages.settings.drafting import Typed, changed_since, drafted
from bot.web.pages.settings.kept import document_of, kept_for, number_of, require_editable
from bot.web.pages.visit import Visit, visit
from handlers.actions.control.settings_draft import Drafted
from handlers.govern.settings_difference import section_name
from handlers.turn import Turn
from planning.people.organisation import Person
from planning.refusal import Refused

router = APIRouter(route_class=PageRoute)


@router.get("/settings/{section}/text")
async def text(request: Request, section: str) -> Response:
    return await _text_page(visit(request), section, None)


@router.post("/settings/{section}/text")
async def save_text(request: Request, section: str) -> Response:
    here, form = visit(request), await request.form()
    typed, said = Typed.of(form), str(form.get("text", ""))

    def wanted(turn: Turn) -> Drafted:
        require_editable(section)
        try:
            document = source.read(said, turn.words)
        except source.Unreadable as unreadable:
            raise Refused("settings-mistakes", mistakes=str(unreadable)) from None
        return Drafted(section, document, document_of(turn, section, typed.base), typed.first_day(), typed.why)

    clash = await here.look(lambda turn, person: changed_since(turn, person, section, typed, whole=True))
    if clash:
        return await _text_page(here, section, said, 409, clash, typed)
    return await drafted(here, form, wanted, lambda no: _text_page(here, section, said, 409, no.detail, typed))


async def _text_page(
    here: Visit, section: str, said: str | None, status: int = 200, wrong: str = "", typed: Typed | None = None
) -> Response:
    def tell(turn: Turn, person: Person) -> dict[str, Any]:
        require_editable(section)
        _, versions = kept_for(turn, person)
        return {
            "section": section, "section_name": section_name(turn, section),
            "text": said if said is not None else source.as_text(document_of(turn, section)),
            "base": number_of(versions, turn, section), "today": turn.today.isoformat(),
            "begins": typed.begins if typed else "", "why": typed.why if typed else "",
        }  # fmt: skip

    return await shown(here, "settings", tell, "settings_text.html", status, wrong=wrong)
