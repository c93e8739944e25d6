"""GET /items/{code}: one item, what it hangs on, how far it is and why it moved, as the chat tells the visitor."""

from functools import cache
from typing import Any

from fastapi import APIRouter, Request
from markdown_it import MarkdownIt
from markupsafe import Markup
from starlette.responses import Response

from bot.web.pages.lists import type_name
from bot.web.pages.render import shown
from bot.web.pages.route import PageRoute
from bot.web.pages.visit import visit
from bot.web.platform.problem import Problem
from cards.lines.item import attribute_lines, item_dates
from handlers.govern.readers import shown_attributes
from handlers.inbound.on_page import WEB
from handlers.language import Why
from handlers.language.commands.reporting import ShowProgress
from handlers.reads.brief import named
from handlers.reads.facts.progress import show_progress
from handlers.reads.plan.late_items import days_late
from handlers.reads.plan.why import why
from handlers.reply import Reply
from handlers.turn import Ask, Turn
from planning.people.organisation import Person
from planning.plan.amount import plain
from planning.plan.item import Item
from planning.plan.plan import Plan
from planning.plan.timetable import Timetable

router = APIRouter(route_class=PageRoute)
NEIGHBOURS = 40


@router.get("/items/{code:path}")
async def item(request: Request, code: str) -> Response:
    here = visit(request)
    return await shown(here, "gantt", lambda turn, person: _told(turn, person, code), "item.html")


def _told(turn: Turn, person: Person, code: str) -> dict[str, Any]:
    """Masked columns are told to those who may see them in the chat, one to one."""
    plan, words = turn.plan(), turn.words
    found = plan.items.get(code)
    if found is None:
        raise Problem(404, "unknown-item", words("web.no-item", item=code[:60]))
    ask = Ask(person, f"{WEB}:{person.id}", "", single=True, said_at=turn.now)
    calendar = Timetable(plan).of(found)
    late = days_late(turn).get(code, 0)
    before, behind = _neighbours(turn, plan, found)
    facts = [
        (words("web.item.dates"), item_dates(found, turn.today, calendar)),
        (words("web.overview.department"), named(turn, found.department)),
        (words("web.item.type"), type_name(turn, found.type)),
        (words("web.item.status"), words(f"value.status.{found.status.value}")),
        (words("web.item.quantity"), f"{plain(found.quantity)}{found.unit}" if found.quantity is not None else ""),
        (words("web.item.product"), found.product),
        (words("web.item.owner"), turn.organisation.name_of(found.owner)),
    ]
    return {
        "item": found, "late": words("answer.late-by", n=late) if late else "",
        "mark": "red" if late else "grey" if found.status.is_over else "green",
        "facts": [(name, value) for name, value in facts if value],
        "attributes": attribute_lines(words, shown_attributes(turn, ask, found)),
        "before": before, "behind": behind,
        "progress": _html(show_progress(turn, ask, ShowProgress(code))),
        "why": _html(why(turn, ask, Why(code))),
    }  # fmt: skip


def _neighbours(turn: Turn, plan: Plan, item: Item) -> tuple[list[Item], list[Item]]:
    network = turn.environment.networks.of(plan)
    node = network.index[item.code]
    before, behind = list[Item](), list[Item]()
    for number in network.touching[node]:
        first, second = network.ends[number]
        (behind if first == node else before).append(network.items[second if first == node else first])
    return before[:NEIGHBOURS], behind[:NEIGHBOURS]


def _html(told: str | Reply) -> Markup:
    """The chat's markdown: what people wrote in it is text, and nothing leads anywhere."""
    text = told.text if isinstance(told, Reply) else told
    return Markup(_markdown().render(text))  # made by a renderer that lets no HTML through


@cache
def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False, "breaks": True}).disable(["image", "link", "autolink", "code"])
