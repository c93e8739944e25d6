"""A platform's name stands in its folder, its encoder and its sentences, and nowhere else in the product."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.channels.common.platform import Platform
from bot.platforms import PLATFORMS
from tests import ROOT
from tests.small_company import TRAITS

ROOMS = ("bot", "connectors", "handlers", "planning", "storage", "cards")
NAMES = sorted({*TRAITS.by_prefix, *(platform.name for platform in PLATFORMS)}, key=len, reverse=True)
NAMED = re.compile(rf"({'|'.join(map(re.escape, NAMES))})(?![a-z])")
PLACES = (
    "bot/channels/{name}/",
    "cards/encoders/{name}/",
    "cards/words/{name}.py",
)
"""The files of a platform."""
LISTS = (
    "bot/platforms.py",  # the one list
    "bot/demo.py",  # plays on the simulated DingTalk and WeCom
    "bot/company/",  # its people, with their ids there
)


def named(code: str) -> Iterator[str]:
    """Texts that are or begin with a platform's name, attributes and arguments called so; docstrings do not count."""
    tree = ast.parse(code)
    docs = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        match node:
            case ast.Constant(value=str(text)) if id(node) not in docs and NAMED.match(text):
                yield f"{node.lineno}: {text!r}"
            case ast.Attribute(attr=name) | ast.keyword(arg=str(name)) if name in NAMES:
                yield f"{node.lineno}: {name}"


def files() -> Iterator[Path]:
    own = [place.format(name=platform.name) for platform in PLATFORMS for place in PLACES]
    for room in ROOMS:
        for file in sorted((ROOT / room).rglob("*.py")):
            if not file.relative_to(ROOT).as_posix().startswith((*own, *LISTS)):
                yield file


def test_no_other_file_says_it() -> None:
    looked_at = list(files())
    assert len(looked_at) > 300
    assert [f"{file.relative_to(ROOT)}:{found}" for file in looked_at for found in named(file.read_text("utf-8"))] == []


@pytest.mark.parametrize(
    "code",
    [
        'if platform == "dingtalk": ...',
        'row.conversation.startswith("wecom:")',
        'x = event.conversation or "wecom-app:"',
        'f"dingtalk:{room}"',
        "person.wecom",
        'Person("li", dingtalk="1")',
    ],
)
def test_what_would_be_found(code: str) -> None:
    assert len(list(named(code))) == 1


@pytest.mark.parametrize("code", ['"""dingtalk: what it does."""', '"dingtalks"', "dingtalk_like = 1"])
def test_what_would_not(code: str) -> None:
    assert not list(named(code))


@pytest.mark.parametrize("platform", PLATFORMS, ids=lambda platform: platform.name)
def test_every_platform_has_the_same_files(platform: Platform[Any]) -> None:
    folder = ROOT / "bot/channels" / platform.name
    wanted = {"api.py", "checks.py", "platform.py", "settings.py", "traits.py"}
    assert wanted <= {file.name for file in folder.iterdir()}
    channels, events = (sorted(file.parent for file in folder.rglob(name)) for name in ("channel.py", "events.py"))
    assert channels == events != []
    assert (ROOT / "cards/encoders" / platform.name / "encode.py").exists()
    assert (ROOT / "sandbox" / platform.name / "simulator.py").exists()


def test_a_third_platform_is_one_small_folder() -> None:
    lines = sum(len(file.read_text("utf-8").splitlines()) for file in (ROOT / "tests/bot/channels/plain").glob("*.py"))
    assert lines < 300
