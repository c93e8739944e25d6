"""/settings/versions/{number}: what a section said in a version, and the way back to it."""

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from bot.web.pages.render import shown
from bot.web.pages.route import PageRoute
from bot.web.pages.settings.drafting import Typed, drafted
from bot.web.pages.settings.facts import difference_lines, of_history
from bot.web.pages.settings.kept import document_of, kept_for
from bot.web.pages.visit import Visit, visit
from bot.web.platform.problem import Problem
from handlers.actions.control.settings_draft import Drafted
from handlers.govern.kept_settings import kept_by_database
from handlers.govern.settings_difference import section_name
from handlers.turn import Turn
from planning.control.settings_version import SettingsVersion
from planning.people.organisation import Person

router = APIRouter(route_class=PageRoute)


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

    return await drafted(
        here, form, wanted,
        lambda no: _version_page(here, number, 409, wrong=no.detail, why=typed.why, begins=typed.begins),
    )  # fmt: skip


async def _version_page(here: Visit, number: str, status: int = 200, **said: str) -> Response:
    def tell(turn: Turn, person: Person) -> dict[str, Any]:
        kept_for(turn, person)
        found, before = _versions_about(turn, number)
        current = document_of(turn, found.section)
        return {
            "found": of_history(turn, found), "section": found.section,
            "section_name": section_name(turn, found.section), "today": turn.today.isoformat(),
            "lines": difference_lines(found.section, before.document if before else None, found.document),
            "against": difference_lines(found.section, current, found.document),
            "is_now": current == found.document,
        }  # fmt: skip

    words = {"wrong": "", "why": "", "begins": "", **said}
    return await shown(here, "settings", tell, "settings_version.html", status, **words)


def _versions_about(turn: Turn, number: str) -> tuple[SettingsVersion, SettingsVersion | None]:
    """A version, and the one of its section before it."""
    versions = turn.uow.settings_of(kept_by_database(turn).home)
    found = versions.get(int(number)) if number.isdecimal() and len(number) < 9 else None
    if found is None:
        raise Problem(404, "unknown-setting")
    before = [one for one in versions.of_section(found.section) if one.number < found.number]
    return found, before[-1] if before else None
