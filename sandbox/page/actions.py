"""Actions of people: type, click, open the plan, and let the night pass."""

import logging
from typing import Annotated

from fastapi import APIRouter, Form
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from sandbox.page import words
from sandbox.page.errors import Refused
from sandbox.page.scene import Scene, TheScene
from sandbox.world import ClickOutcome, Conversation, NoRoute, Person, card_key

FORM_INPUT = "input"
"""Under this name a form button's text travels in the click's inputs."""

log = logging.getLogger(__name__)
router = APIRouter()
Field = Annotated[str, Form()]
As = Annotated[str, Form(alias="as")]


@router.post("/say")
async def say(scene: TheScene, who: As, conversation: Field, text: Field = "") -> Response:
    person, room = _member(scene, who, conversation)
    if not text.strip():
        raise Refused(400, words.NOTHING_TYPED)
    try:
        await scene.world.say(room.key, person.id, text)
    except NoRoute:
        raise Refused(503, words.NO_PLATFORM) from None
    return Response(status_code=204)


@router.post("/click")
async def click(
    scene: TheScene,
    who: As,
    conversation: Field,
    card: Field,
    action: Field,
    text: Annotated[str | None, Form(alias=FORM_INPUT)] = None,
) -> Response:
    """204 when the bot answered; otherwise 503 with what the phone says instead."""
    person, room = _member(scene, who, conversation)
    if card_key(room.platform, card) not in scene.world.cards:
        raise Refused(404, words.NO_SUCH_CARD)
    inputs = {} if text is None else {FORM_INPUT: text}
    try:
        outcome = await scene.world.click(room.key, person.id, card, action, inputs)
    except NoRoute:
        raise Refused(503, words.NO_PLATFORM) from None
    if outcome is not ClickOutcome.ANSWERED:
        raise Refused(503, words.OUTCOME[outcome])
    return Response(status_code=204)


@router.post("/open-plan")
async def open_plan(scene: TheScene, who: As) -> Response:
    """On to where the plan is open for this person."""
    if scene.open_plan is None:
        raise Refused(404, words.NO_PAGE)
    return RedirectResponse(await scene.open_plan(_person(scene, who).id), 303)


@router.post("/next-morning")
async def next_morning(scene: TheScene) -> Response:
    """The sentence about the new time."""
    try:
        return PlainTextResponse(await scene.next_morning())
    except Exception:
        # The demo's clock is not ours: whatever it stumbles over, the page stays up and says so.
        log.exception("the next working morning did not come")
        raise Refused(503, words.MORNING_FAILED) from None


def _member(scene: Scene, who: str, conversation: str) -> tuple[Person, Conversation]:
    person = _person(scene, who)
    room = scene.world.conversations.get(conversation)
    if room is None:
        raise Refused(404, words.NO_SUCH_CONVERSATION)
    if person.id not in room.members:
        raise Refused(403, words.NOT_A_MEMBER)
    return person, room


def _person(scene: Scene, who: str) -> Person:
    person = scene.world.people.get(who)
    if person is None:
        raise Refused(404, words.NO_SUCH_PERSON)
    return person
