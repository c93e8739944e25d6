"""GET /settings: the sections, and the drafts that are open."""

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from bot.settings.model import IN_DATABASE
from bot.web.pages.render import shown
from bot.web.pages.route import PageRoute
from bot.web.pages.settings.facts import HISTORY, begins_of, line_of, since
from bot.web.pages.settings.kept import kept_for
from bot.web.pages.visit import visit
from handlers.govern.settings_difference import section_name
from handlers.settings import KeptSettings
from handlers.turn import Turn
from planning.control.settings_request import SettingsRequest, Wish
from planning.control.settings_version import SettingsVersion
from planning.people.organisation import Person

router = APIRouter(route_class=PageRoute)


@router.get("/settings")
async def settings(request: Request) -> Response:
    return await shown(visit(request), "settings", _overview)


def _overview(turn: Turn, person: Person) -> dict[str, Any]:
    kept, versions = kept_for(turn, person)
    current = versions.current(turn.now)
    later = [one for one in versions.standing(turn.now) if not one.is_in_force(turn.now)]
    requests = [one for one in turn.uow.settings_requests.open_ones() if one.wish is Wish.DRAFT]
    sections = [
        {
            "id": name, "name": section_name(turn, name), "count": _count(kept, current.get(name), name),
            "since": since(turn, current[name]) if name in current else turn.words("web.settings.default"),
            "later": [begins_of(turn, one) for one in later if one.section == name],
        }
        for name in IN_DATABASE
    ]  # fmt: skip
    return {
        "sections": sections, "drafts": [line_of(turn, one) for one in requests],
        "stoppable": [line_of(turn, one) for one in _stoppable(turn)],
    }  # fmt: skip


def _count(kept: KeptSettings, found: SettingsVersion | None, section: str) -> int | None:
    document = found.document if found else kept.unwritten(section)
    return len(document) if isinstance(document, list) else None


def _stoppable(turn: Turn) -> list[SettingsRequest]:
    return [one for one in turn.uow.settings_requests.agreed_of_late(HISTORY) if one.can_be_stopped(turn.now)]
