"""One id from the frame to the card: real logs of the real service, grepped."""

import io
import json
import logging
import re
import threading
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
import structlog

from bot import logs
from storage.trace import NAME
from tests.scenarios.play import Play
from tests.scenarios.test_stories import STORIES, told_on


class Log(io.StringIO):
    def of(self, **fields: str) -> list[Mapping[str, Any]]:
        """Lines with these fields, oldest first."""
        lines = [json.loads(line) for line in self.getvalue().splitlines()]
        return [line for line in lines if all(line.get(name) == value for name, value in fields.items())]

    def trace_of_last(self, action: str) -> str:
        return str(self.of(action=action)[-1][NAME])


@pytest.fixture
def log() -> Iterator[Log]:
    """What goes to standard error when that is no terminal."""
    root = logging.getLogger()
    before = root.handlers[:], root.level, logging.raiseExceptions, threading.excepthook
    written = Log()
    logs.configure("info", stream=written, machine=True)
    yield written
    root.handlers[:], root.level, logging.raiseExceptions, threading.excepthook = before
    logging.captureWarnings(False)
    structlog.reset_defaults()


async def delivered(play: Play) -> None:
    """Until all is delivered, and the log says so."""
    await play.quiet()
    await play.stage.service.delivery.drain()


def actions(lines: list[Mapping[str, Any]]) -> list[str]:
    return [str(line["action"]) for line in lines]


@pytest.mark.parametrize("play", ["sqlite", "postgresql"], indirect=True)
@pytest.mark.parametrize("platform", ["dingtalk", "wecom"])
async def test_one_id_leads_from_the_frame_to_the_cards(play: Play, log: Log, platform: str) -> None:
    story = next(iter(STORIES.values()))
    room, person = told_on(play, story, platform)
    preview = await play.propose(room, person, story.command)
    await delivered(play)
    said = log.trace_of_last("message.received")
    assert re.fullmatch(r"[0-9a-f]{32}", said)
    lines = log.of(**{NAME: said})
    assert actions(lines) == ["message.received", "message.handled", "delivery.sent"]
    assert lines[0]["platform"] == platform
    assert lines[-1]["conversation"] == room

    await play.press(preview, person, "提交")
    await delivered(play)
    clicked = log.trace_of_last("click.received")
    assert clicked != said
    lines = log.of(**{NAME: clicked})
    clicks = [action for action in actions(lines) if action.startswith("click.")]
    assert clicks == ["click.received", "click.handled"]
    steps = (await play.change(play.number(preview))).steps
    asked = {play.stage.service.environment.conversation_of(step.department) for step in steps}
    told = {line["conversation"] for line in lines if line["action"] == "delivery.sent"}
    assert len(asked) > 3
    assert asked - {room} <= told, "where it was proposed the card itself asks"


async def test_a_timer_s_messages_lead_back_to_it(play: Play, log: Log) -> None:
    await play.stage.next_morning()
    await delivered(play)
    rung = {line[NAME] for line in log.of(action="timer.rang")}
    sent = {line[NAME] for line in log.of(action="delivery.sent")}
    assert sent
    assert sent <= rung
