"""GET /changes and /changes/{no}: the requests, and one of them with its steps, its effect and what it waits for."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from bot.web.pages.lists import one_of, strange
from bot.web.pages.render import shown
from bot.web.pages.route import PageRoute
from bot.web.pages.visit import Visit, visit
from bot.web.platform.drawing import SAFE, Svg
from bot.web.platform.numbers import NUMBER
from bot.web.platform.problem import Problem
from cards.card import Tone
from cards.faces.steps import StepsView
from cards.path import explain, in_one
from cards.picture import picture_of, svg_of
from cards.rows import Row
from handlers.inbound.on_page import LONGEST, VERBS, offered, press
from handlers.lifecycle.details_opened import is_worth_noting, opened
from handlers.notify.audit import record_unpressed
from handlers.reads.brief import named
from handlers.reads.change.waiting import waits_for
from handlers.reads.rhythm.announcements import said_first
from handlers.turn import Turn
from planning.change.change import Change, Step, StepState
from planning.people.organisation import Person
from planning.plan.impact import Line
from planning.schedule.cause_steps import Passing

router = APIRouter(route_class=PageRoute)
PAGE = 30
"""Requests that are over, on one page."""
ROWS = 200
"""Items of an effect that are told one by one; the rest is counted."""
PATHS = 60
"""Of these, items whose cause is explained."""
MARKS = {Tone.DANGER: "red", Tone.WARN: "amber", Tone.INFO: "amber", Tone.SUCCESS: "green", Tone.MUTED: "grey"}
STEP_MARKS = {
    StepState.APPROVED: "green", StepState.REJECTED: "red", StepState.NOT_REQUIRED: "grey",
    StepState.CHANGES_REQUESTED: "amber", StepState.OPEN: "amber",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Listed:
    """A request in a list."""

    no: str
    mark: str
    title: str
    status: str
    more: str
    until: str


@dataclass(frozen=True, slots=True)
class OfStep:
    """A department's step."""

    mark: str
    state: str
    department: str
    said: list[str]
    waits: str


@dataclass(frozen=True, slots=True)
class Moved:
    """An item that it moves: how, and how it came to that."""

    item: str
    title: str
    department: str
    text: str
    path: str


@router.get("/changes")
async def changes(request: Request) -> Response:
    here, query = visit(request), dict(request.query_params)
    return await shown(here, "changes", lambda turn, person: _listed(turn, person, query))


@router.get("/changes/{no}")
async def change(request: Request, no: str) -> Response:
    here = visit(request)
    page = await _shown(here, no)
    if reader := await here.look(lambda turn, person: _first_opened_by(turn, person, no)):
        await here.note(lambda turn: opened(turn, *reader))
    return page


@router.post("/changes/{no}")
async def decide(request: Request, no: str) -> Response:
    """What is pressed here is done as if it had been pressed on a card; a refusal loses nothing of what was typed."""
    here = visit(request)
    form = await request.form()
    verb, comment, seen = (str(form.get(name, "")) for name in ("verb", "comment", "seen"))
    if verb not in VERBS:
        raise HTTPException(400)
    await here.look(lambda turn, person: _seen_by(turn, person, no))
    try:
        told = await here.act(form, lambda turn, person: press(turn, person, no, verb, comment, seen))
    except Problem as refused:
        code, facts = refused.code, refused.facts
        await here.act(form, lambda turn, person: record_unpressed(turn, person.id, no, verb, code, facts))
        return await _shown(here, no, status=409, wrong=refused.detail, comment=comment)
    return await _shown(here, no, told=told)


@router.get("/changes/{no}/picture.svg")
async def picture(request: Request, no: str) -> Response:
    here = visit(request)

    def drawn(turn: Turn, person: Person) -> Any:
        return picture_of(turn.view(_seen_by(turn, person, no)), turn.plan())

    return Svg(await asyncio.to_thread(svg_of, await here.look(drawn)), headers=SAFE)


async def _shown(here: Visit, no: str, status: int = 200, **said: str) -> Response:
    words = {"told": "", "wrong": "", "comment": "", **said}
    told = partial(_of_visitor, no=no)
    return await shown(here, "changes", told, "change.html", status, **words)


def _of_visitor(turn: Turn, person: Person, no: str) -> dict[str, Any]:
    return _told(turn, person, _seen_by(turn, person, no))


def _seen_by(turn: Turn, person: Person, no: str) -> Change:
    """Raises a Problem; somebody else's draft is not there."""
    found = turn.uow.changes.get(no) if NUMBER.fullmatch(no) else None
    if found is None or (found.submitted_at is None and found.proposer != person.id):
        raise Problem(404, "unknown-change", no=no)
    return found


def _first_opened_by(turn: Turn, person: Person, no: str) -> tuple[Change, str] | None:
    change = _seen_by(turn, person, no)
    return (change, person.id) if is_worth_noting(turn, change, person.id) else None


def _listed(turn: Turn, person: Person, query: Mapping[str, str]) -> dict[str, Any]:
    unknown, before = strange(query, ("before",)), query.get("before", "")
    before = one_of("before", before, NUMBER.findall(before), unknown)
    theirs = list(dict.fromkeys(wait.change.no for wait in waits_for(turn, person))) if not before else []
    still = [one for one in turn.uow.changes.open_ones() if one.submitted_at] if not before else []
    newest = turn.uow.changes.newest_first(PAGE + 1, before or None)
    over = [one for one in newest[:PAGE] if not one.state.is_open]
    return {
        "yours": [_line(turn, one) for one in still if one.no in theirs],
        "open": [_line(turn, one) for one in still if one.no not in theirs],
        "over": [_line(turn, one) for one in over],
        "next": newest[PAGE - 1].no if len(newest) > PAGE else "",
        "unknown": unknown,
    }


def _line(turn: Turn, change: Change) -> Listed:
    view = turn.view(change)
    until = view.at(change.expires_at) if change.state.is_deciding and change.expires_at else ""
    more = turn.words("web.changes.by", proposer=view.proposer, reason=view.reason)
    status = view.status.removeprefix(f"{change.no} · ")
    return Listed(change.no, MARKS[view.tone], view.title_line, status, more, until)


def _told(turn: Turn, person: Person, change: Change) -> dict[str, Any]:
    view = turn.view(change)
    rows = view.rows.rows(change.impact.lines)
    return {
        "no": change.no,
        "mark": MARKS[view.tone],
        "title": view.title_line,
        "stands": view.status.removeprefix(f"{change.no} · "),
        "facts": _facts(turn, change),
        "effect": view.effect,
        "remarks": [*view.remarks, *filter(None, [view.standing(), view.goes_back]), *view.left],
        "late": change.impact.late_orders,
        "steps": [_step(turn, view, step) for step in change.steps],
        "moved": _moved(turn, change, rows[:ROWS]),
        "more": turn.words("card.more", n=len(rows) - ROWS) if len(rows) > ROWS else "",
        "note": view.rows.note(rows[:ROWS]),
        "verbs": offered(turn, change, person),
        "seen": change.impact.hash,
        "longest": LONGEST,
    }


def _facts(turn: Turn, change: Change) -> list[tuple[str, str]]:
    """Who wants it and why, until when, on which plan."""
    view, words = turn.view(change), turn.words
    facts = [
        (words("web.change.proposer"), view.proposer),
        (words("web.change.reason"), view.reason),
        (words("web.change.at"), view.at(change.submitted_at or change.created_at)),
    ]
    if change.state.is_deciding and change.expires_at:
        facts.append((words("web.change.until"), view.at(change.expires_at)))
    if change.ended_at:
        facts.append((words("web.change.ended"), view.at(change.ended_at)))
    if first := said_first(turn, change.no):
        facts.append((words("web.change.announced"), first))
    return facts


def _step(turn: Turn, view: StepsView, step: Step) -> OfStep:
    said = [f"{view.said(one)}{f'：{one.comment}' if one.comment else ''}" for one in step.decisions]
    state = turn.words(f"web.step.{step.state.value}")
    waits = view.progress(step) if step.state is StepState.OPEN and view.change.state.is_deciding else ""
    climbed = view.climbed(step.department)
    name = view.department(step.department)
    if step.optional:
        name = turn.words("approver.optional.step", line=name)
    return OfStep(STEP_MARKS[step.state], state, name, [*said, *climbed], waits)


def _moved(turn: Turn, change: Change, rows: list[Row]) -> list[Moved]:
    by_item: dict[str, Line] = {}
    for line in change.impact.lines:
        known = by_item.get(line.item)
        if known is None or len(line.path) > len(known.path):
            by_item[line.item] = line
    passing, writer = Passing(turn.plan(), change.impact), turn.rows()
    return [
        Moved(
            row.item, row.title, named(turn, row.department), row.text,
            in_one(explain(by_item[row.item], passing, writer)) if number < PATHS else "",
        )
        for number, row in enumerate(rows)
    ]  # fmt: skip
