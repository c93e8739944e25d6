"""/settings/drafts/{number}: what somebody wants to change, and the second pair of eyes' answer."""

from datetime import date
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from bot.web.pages.render import address, shown
from bot.web.pages.route import PageRoute
from bot.web.pages.settings.facts import difference_lines, line_of
from bot.web.pages.settings.kept import kept_for
from bot.web.pages.visit import Visit, visit
from bot.web.platform.problem import Problem
from cards.words.dates import moment
from handlers.actions.control.settings_draft import agree, decline, documents_of, moment_of
from handlers.govern.kept_settings import kept_by_database
from handlers.govern.settings_difference import section_name
from handlers.notify.people.settings_cards import begins_on
from handlers.reads.control.settings_trial import try_settings
from handlers.turn import Turn
from planning.control.settings_request import SettingsRequest, Standing, Wish
from planning.people.organisation import Person, Role

router = APIRouter(route_class=PageRoute)


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


async def _draft_page(
    here: Visit, number: str, is_tried: bool = False, status: int = 200, wrong: str = ""
) -> Response:
    def tell(turn: Turn, person: Person) -> dict[str, Any]:
        request = _request(turn, number)
        if Role.COORDINATOR not in person.roles:
            kept_for(turn, person)
        before, document = documents_of(request)
        section, is_open = request.facts["section"], request.standing is Standing.OPEN
        is_admin, is_own = Role.ADMIN in person.roles, person.id == request.asked_by
        kept = kept_by_database(turn)
        first = date.fromisoformat(request.facts["from"]) if request.facts["from"] else None
        warnings = kept.tried(turn.uow, moment_of(turn, first), {section: document}).warnings if is_open else ()
        return {
            "line": line_of(turn, request), "section": section, "section_name": section_name(turn, section),
            "facts": _facts(turn, request), "lines": difference_lines(section, before, document),
            "trial": try_settings(turn, section, document) if is_tried else None, "is_tried": is_tried,
            "told": request.facts["trial"], "warnings": [one for one in warnings if one.startswith(section)],
            "may_agree": is_open and is_admin and not is_own, "may_refuse": is_open and is_admin, "is_own": is_own,
            "may_stop": request.can_be_stopped(turn.now), "is_open": is_open,
        }  # fmt: skip

    return await shown(here, "settings", tell, "settings_draft.html", status, wrong=wrong)


def _request(turn: Turn, number: str) -> SettingsRequest:
    found = turn.uow.settings_requests.get(int(number)) if number.isdecimal() and len(number) < 9 else None
    if found is None or found.wish is not Wish.DRAFT:
        raise Problem(404, "unknown-setting")
    return found


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
