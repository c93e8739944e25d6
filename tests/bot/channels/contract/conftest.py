"""The stage of each platform, and a book of what was skipped on it."""

import shutil
from collections.abc import AsyncIterator, Generator
from pathlib import Path
from typing import cast

import pytest

from sandbox.world import World
from storage.maintenance.migrate import upgrade
from tests.bot.channels.contract.play import Play, playing
from tests.bot.channels.contract.stage import Stage
from tests.bot.channels.contract.stages import STAGES

PLAYED, SKIPPED = (pytest.StashKey[set[tuple[str, str]]]() for _ in range(2))
"""Cases and stages, as this process has played or skipped them: workers share the cases among them."""


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "needs(trait): the contract's case asks this of a platform")
    config.addinivalue_line("markers", "patience(seconds): how long the platform waits for the answer to a click")


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("contract") / "plan.db"
    upgrade(f"sqlite:///{file}")
    return file


@pytest.fixture(params=STAGES, ids=lambda stage: stage.name)
async def play(request: pytest.FixtureRequest, migrated: Path, tmp_path: Path) -> AsyncIterator[Play]:
    """Skips where the case needs a trait that the platform has not."""
    needs, patience = (request.node.get_closest_marker(name) for name in ("needs", "patience"))
    if needs and not getattr(request.param.traits, needs.args[0]):
        pytest.skip(f"{request.param.name}: not {needs.args[0]}")
    file = shutil.copy(migrated, tmp_path / "plan.db")
    stage = request.param(World(), patience.args[0] if patience else None)
    async with playing(stage, f"sqlite:///{file}") as running:
        yield running


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A skip that no trait explains is a failure."""
    report = yield
    if isinstance(item, pytest.Function) and "play" in item.fixturenames and (report.skipped or report.when == "call"):
        stage = cast(type[Stage], item.callspec.params["play"])
        book = item.session.stash.setdefault(SKIPPED if report.skipped else PLAYED, set())
        book.add((item.originalname, stage.name))
        needs = item.get_closest_marker("needs")
        if report.skipped and not (needs and not getattr(stage.traits, needs.args[0])):
            report.outcome, report.longrepr = "failed", f"skipped on {stage.name}, where no trait says so"
    return report
