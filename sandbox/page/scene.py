"""Everything the page's routes work with, and how they get at it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from sandbox.page.drawing import Drawing
from sandbox.page.live import Live
from sandbox.page.phones import Phones
from sandbox.world import World

NextMorning = Callable[[], Awaitable[str]]
PictureOf = Callable[[str], Awaitable[str]]
"""From a change request's number, or its preview's card, to an SVG document. May raise `Unavailable`."""
OpenPlan = Callable[[str], Awaitable[str]]
"""From a person's id to an address at which the plan is open for them."""
Example = tuple[str | None, str]


class Unavailable(Exception):
    """What was asked for cannot be had; the message is a sentence for the person who looks at the page."""


@dataclass(frozen=True, slots=True)
class Scene:
    world: World
    phones: Phones
    next_morning: NextMorning
    title: str
    live: Live
    drawing: Drawing
    picture: PictureOf | None = None
    """Draws what a change does; none: nothing is offered."""
    open_plan: OpenPlan | None = None


def _scene(request: Request) -> Scene:
    scene: Scene = request.app.state.scene
    return scene


TheScene = Annotated[Scene, Depends(_scene)]
