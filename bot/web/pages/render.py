"""Pages as HTML, from templates in which everything is escaped."""

from collections.abc import Callable, Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

from bot.web.pages.visit import Visit
from bot.web.platform.dependencies import Desk
from cards.words.dates import day
from handlers.turn import Turn
from planning.people.organisation import Person, Role
from planning.people.sharing import can_be_shared

HERE = Path(__file__).parent
FILES = HERE / "static"
HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; "
        "frame-ancestors 'none'"
    ),
    "Vary": "Cookie, HX-Request",
}
"""Nothing from elsewhere, nothing inline. That nothing is kept, every answer says."""
TABS = ("overview", "changes", "exceptions", "issues", "board", "gantt", "readiness")

_templates = Environment(
    loader=FileSystemLoader(HERE / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


@cache
def _version() -> str:
    """Another value where a file is another, so that a browser may keep what it has."""
    content = b"".join(file.read_bytes() for file in sorted(FILES.iterdir()) if file.is_file())
    return sha256(content).hexdigest()[:10]


def address(desk: Desk, path: str, **query: object) -> str:
    """An address of a page: its state in words that are sorted the same each time; empty ones are left out."""
    asked = {name: str(value) for name, value in query.items() if value not in ("", None, False)}
    if desk.environment.plans:
        asked["plan"] = desk.database.plan_id
    return f"{path}?{urlencode(asked)}" if asked else path


def page(desk: Desk, template: str, status: int = 200, **values: Any) -> HTMLResponse:
    """A page of a plan."""
    environment = desk.environment
    text = _templates.get_template(template).render(
        words=environment.words,
        locale=environment.words.locale,
        name=environment.bot_name,
        version=_version(),
        tabs=TABS,
        at=lambda path, **query: address(desk, path, **query),
        **values,
    )
    return HTMLResponse(text, status, HEADERS)


async def shown(
    here: Visit, tab: str, tell: Callable[[Turn, Person], Mapping[str, Any]], template: str = "", status: int = 200,
    **said: str,
) -> HTMLResponse:  # fmt: skip
    """A page under a tab, the tab's own unless another template is named; drawn in the reader's thread, so that the
    event loop goes on taking clicks. Raises what `Visit.look` raises."""

    def drawn(turn: Turn, person: Person) -> HTMLResponse:
        values = {**tell(turn, person), **_standing(turn, person, here, tab)}
        return page(here.desk, template or f"{tab}.html", status, **said, **values)

    return await here.look(drawn)


def _standing(turn: Turn, person: Person, here: Visit, tab: str) -> Mapping[str, Any]:
    """What stands around every page of somebody who is logged in."""
    local = turn.now.astimezone(turn.environment.zone)
    exists = turn.uow.plans.exists()
    return {
        "person": person,
        "may_set": Role.ADMIN in person.roles and turn.environment.settings is not None,
        "department": turn.organisation.department_name(person.department),
        "csrf": here.csrf,
        "here": here.address if can_be_shared(here.address) else "",
        "tab": tab,
        "plan_name": turn.uow.plans.load().name if exists else turn.environment.plan_name,
        "revision": turn.uow.plans.head() if exists else 0,
        "stamp": stamp_of(turn),
        "told_at": f"{day(local.date(), turn.today)} {local:%H:%M}",
        "plan_query": turn.uow.plan_id if turn.environment.plans else "",
        "others": [plan for plan in turn.environment.plans if plan != turn.uow.plan_id],
    }


def stamp_of(turn: Turn) -> int:
    """What grows whenever anything is decided, reported or brought in: the end of the trail."""
    return turn.uow.audit.head().number
