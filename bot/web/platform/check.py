"""The door that doctor knocks at: a check card put up, and how far it has come; for whoever has the secrets."""

from collections.abc import Mapping
from datetime import timedelta
from hmac import compare_digest

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field

from bot.channels.common.channel import Channel
from bot.check_card import PATH, State
from bot.web.platform.dependencies import AtDesk, Desk
from bot.web.platform.problem import Problem
from handlers.actions.delivery.check_card import put_up_check, state_of
from handlers.platforms import prefix_of
from handlers.turn import Turn

router = APIRouter(prefix=PATH, include_in_schema=False)


class Wanted(BaseModel):
    department: str = Field(min_length=1, max_length=100)
    seconds: int = Field(ge=1, le=3600)


@router.post("", status_code=201)
async def put_up(request: Request, wanted: Wanted, desk: AtDesk) -> State:
    _require_key(request)

    def work(turn: Turn) -> int:
        return put_up_check(turn, wanted.department, timedelta(seconds=wanted.seconds)).number

    return await _state(desk, await desk.write(work))


@router.get("/{number}")
async def look(request: Request, number: int, desk: AtDesk) -> State:
    _require_key(request)
    return await _state(desk, number)


def _require_key(request: Request) -> None:
    """Raises a Problem, as if nothing were here, for whoever has not the secrets that this process was started with."""
    key: str = request.app.state.check_key
    given = request.headers.get("authorization", "").partition(" ")[2].strip()
    if not key or not compare_digest(key.encode(), given.encode("latin-1")):
        raise Problem(404, "not-found", path=request.url.path)


async def _state(desk: Desk, number: int) -> State:
    found = await desk.read(lambda turn: state_of(turn, number))
    if found is None:
        raise Problem(404, "not-found", path=f"{PATH}/{number}")
    return State(
        number=number, standing=found.standing, department=found.department, conversation=found.conversation,
        is_shown=found.is_shown, pressed_by=found.pressed_by, lost=found.lost,
        trouble=_trouble(desk.channels, found.conversation),
    )  # fmt: skip


def _trouble(channels: Mapping[str, Channel], conversation: str) -> str:
    channel = channels.get(prefix_of(conversation))
    return channel.trouble() if channel else ""
