"""Pictures: of what a change does, opened from any card that names its number, and those the bot has sent."""

from typing import Annotated

from fastapi import APIRouter, Path
from starlette.responses import Response

from sandbox.page import words
from sandbox.page.drawing import CARD, NUMBER
from sandbox.page.errors import Refused
from sandbox.page.scene import TheScene, Unavailable

HEADERS = {"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"}
"""Opened as a page of its own it runs and fetches nothing, whoever drew it."""

router = APIRouter()


@router.get("/picture/{no}.svg")
async def picture(scene: TheScene, no: Annotated[str, Path(pattern=f"^(?:{NUMBER}|{CARD})$")]) -> Response:
    if scene.picture is None:
        raise Refused(404, words.NO_PAGE)
    try:
        drawn = await scene.picture(no)
    except Unavailable as sentence:
        raise Refused(503, str(sentence)) from None
    return Response(drawn, media_type="image/svg+xml", headers=HEADERS)


@router.get("/shown/{number}.png")
async def shown(scene: TheScene, number: Annotated[int, Path(ge=1)]) -> Response:
    """A picture that stands in a conversation, by the number of its row."""
    entries = scene.world.entries
    if number > len(entries) or not entries[number - 1].picture:
        raise Refused(404, words.NO_PAGE)
    return Response(entries[number - 1].picture, media_type="image/png")
