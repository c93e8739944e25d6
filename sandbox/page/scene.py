"""Everything the page's routes work with, and how they get at it."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import tzinfo
from typing import Annotated

from fastapi import Depends, Request

from sandbox.page.drawing import Drawing
from sandbox.page.live import Live
from sandbox.page.phones import Phones
from sandbox.page.plan import PlanSource
from sandbox.world import World

NextMorning = Callable[[], Awaitable[str]]
PictureOf = Callable[[str], Awaitable[str]]
"""From a change request's number, or its preview's card, to an SVG document. May raise `PlanUnavailable`."""
Example = tuple[str | None, str]


@dataclass(frozen=True, slots=True)
class Scene:
    world: World
    phones: Phones
    plan: PlanSource
    next_morning: NextMorning
    title: str
    departments: Mapping[str, str]
    """The plan's department ids and their names."""
    zone: tzinfo
    live: Live
    drawing: Drawing
    picture: PictureOf | None = None
    """Draws what a change does; none: nothing is offered."""


def _scene(request: Request) -> Scene:
    scene: Scene = request.app.state.scene
    return scene


TheScene = Annotated[Scene, Depends(_scene)]
