"""How much of the tests a run takes: `--extent=short`, the usual; `rest`, what that leaves out, and what is drawn drawn
anew; `once`, only what it leaves out; `full`, everything."""

from collections.abc import Iterable
from random import SystemRandom

import pytest
from hypothesis import is_hypothesis_test, settings

SPEAK_SQL = {"storage", "delivery"}
"""Folders that run on both databases in a short run too; a test elsewhere says so with `pytest.mark.both_databases`."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--extent",
        choices=("short", "rest", "once", "full"),
        default="short",
        help="short: PostgreSQL where SQL is spoken, fixed seeds; "
        "rest: the others, new seeds; once: the others alone; full: everything",
    )


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Before any test is imported: its own settings start from the profile."""
    settings.register_profile("new seeds", settings.get_profile("ci"), derandomize=False)
    if config.getoption("extent") == "short":
        settings.load_profile("ci")  # Hypothesis' own: the same examples each time, and no deadline
        return
    settings.load_profile("new seeds")
    if config.option.hypothesis_seed is None:  # workers are given the controller's
        config.option.hypothesis_seed = str(SystemRandom().getrandbits(32))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if config.option.hypothesis_seed:
        terminalreporter.write_line(f"the same once more: --hypothesis-seed={config.option.hypothesis_seed}")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    extent = config.getoption("extent")
    if extent == "full" or any("::" in argument for argument in config.args):  # who names a test gets it
        return
    by_name = {item for item in items if item.get_closest_marker("by_name")}
    left_out = set(_left_out_of_the_short_run(items))
    short = [item for item in items if item not in left_out]
    anew = {item for item in items if extent == "rest" and _draws(item)}
    taken = short if extent == "short" else [item for item in items if item in left_out or item in anew]
    taken = [item for item in taken if item not in by_name]
    config.hook.pytest_deselected(items=[*{*items}.difference(taken)])
    items[:] = taken


def _left_out_of_the_short_run(items: Iterable[pytest.Item]) -> Iterable[pytest.Item]:
    ids = {item.nodeid for item in items}
    for item in items:
        name, _, parameters = item.nodeid.partition("[")
        has_twin = "postgresql" in parameters and f"{name}[{parameters.replace('postgresql', 'sqlite')}" in ids
        if item.get_closest_marker("long") or (has_twin and not _is_about_sql(item)):
            yield item


def _is_about_sql(item: pytest.Item) -> bool:
    return bool(SPEAK_SQL.intersection(item.path.parts)) or item.get_closest_marker("both_databases") is not None


def _draws(item: pytest.Item) -> bool:
    """With new seeds it is another test."""
    return is_hypothesis_test(getattr(item, "obj", None))
