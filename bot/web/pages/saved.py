"""POST /filters: a filter of the board or the chart under a name of one's own, and away with it again."""

from collections.abc import Mapping
from urllib.parse import parse_qsl, urlencode

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from bot.web.pages.lists import FILTERS, asked
from bot.web.pages.render import HEADERS, address
from bot.web.pages.route import PageRoute
from bot.web.pages.visit import visit
from handlers.language.clean import cleaned
from handlers.turn import Turn
from planning.people.organisation import Person
from planning.refusal import Refused

router = APIRouter(route_class=PageRoute)
MOST = 20
LONGEST = 24
"""Characters of a name."""
PAGES = ("/board", "/gantt")
ALSO = ("by", "days")
"""What is saved beside the filters: how they are laid out."""


def saved_of(turn: Turn, person: Person, path: str) -> list[tuple[str, str]]:
    """The person's own of a page: name, and the query of its address."""
    known = ((*one.partition("?"), name) for name, one in turn.uow.saved_filters.of(person.id).items())
    return [(name, query) for page, _, query, name in known if page == path]


@router.post("/filters")
async def keep(request: Request) -> Response:
    """Save what an address asks for, or drop what was saved; back to the page."""
    here, form = visit(request), await request.form()
    path, name = str(form.get("page", "")), cleaned(str(form.get("name", "")))[:LONGEST].strip()
    query = dict(parse_qsl(str(form.get("query", ""))[:1000]))
    if path not in PAGES or form.get("does") not in ("keep", "drop"):
        raise HTTPException(400)
    is_kept = form.get("does") == "keep"
    work = _kept if is_kept else _dropped
    found = await here.act(form, lambda turn, person: work(turn, person, name, path, query))
    return RedirectResponse(address(here.desk, path, **found), 303, HEADERS)


def _kept(turn: Turn, person: Person, name: str, path: str, query: Mapping[str, str]) -> Mapping[str, str]:
    wanted = _understood(turn, query)
    if not name or not wanted:
        raise Refused("filter-name")
    known = turn.uow.saved_filters.of(person.id)
    if name in known and not _is_of(path, known[name]):
        raise Refused("filter-elsewhere", name=name)
    if name not in known and len(known) >= MOST:
        raise Refused("filters-full", limit=str(MOST))
    turn.uow.saved_filters.keep(person.id, name, f"{path}?{urlencode(wanted)}", turn.now)
    return wanted


def _dropped(turn: Turn, person: Person, name: str, path: str, query: Mapping[str, str]) -> Mapping[str, str]:
    if _is_of(path, turn.uow.saved_filters.of(person.id).get(name, "")):
        turn.uow.saved_filters.drop(person.id, name)
    return _understood(turn, query)


def _is_of(page: str, saved: str) -> bool:
    return saved.partition("?")[0] == page


def _understood(turn: Turn, query: Mapping[str, str]) -> dict[str, str]:
    """Nothing that the page would not know is kept."""
    told = {name: value for name, value in query.items() if name in FILTERS}
    also = {name: value for name, value in query.items() if name in ALSO and value.isalnum()}
    return {**asked(turn, told).query, **also}
