"""Markup that a browser reads: the whole page, and the pieces it fetches again when something changed."""

from typing import Annotated

from fastapi import APIRouter, Query
from sse_starlette import EventSourceResponse
from starlette.responses import Response

from sandbox.page import words
from sandbox.page.errors import Refused
from sandbox.page.live import HEARTBEAT
from sandbox.page.scene import Scene, TheScene
from sandbox.world import Person

router = APIRouter()
As = Annotated[str, Query(alias="as")]


@router.get("/")
async def whole_page(scene: TheScene, wanted: As = "") -> Response:
    me = scene.phones.person(wanted)
    frame = {"title": scene.title, "departments": scene.phones.departments(), "boot": scene.live.boot}
    return scene.drawing.page("page.html", frame | _stage(scene, me))


@router.get("/stage")
async def stage(scene: TheScene, wanted: As = "") -> Response:
    """Every column this person sees."""
    return scene.drawing.page("stage.html", _stage(scene, scene.phones.person(wanted)))


@router.get("/column")
async def column(scene: TheScene, conversation: str, wanted: As = "") -> Response:
    """One column, after something changed in it; 204 when it is not for this person."""
    me, room = scene.phones.person(wanted), scene.world.conversations.get(conversation)
    if room is None:
        raise Refused(404, words.NO_SUCH_CONVERSATION)
    if room.single and (me is None or me.id not in room.members):
        return Response(status_code=204)
    return scene.drawing.page("column.html", {"column": scene.phones.column(room, me), "me": me})


@router.get("/events")
async def events(scene: TheScene) -> Response:
    return EventSourceResponse(scene.live.stream(), ping=HEARTBEAT)


def _stage(scene: Scene, me: Person | None) -> dict[str, object]:
    return {
        "me": me,
        "columns": scene.phones.columns(me),
        "today": scene.phones.today(),
        "stamp": scene.live.stamp,
    }
