"""In an English installation as much is offered as in a Chinese one, the same commands, spelt in English."""

import re
from collections.abc import Iterator

import pytest

from storage.maintenance.migrate import upgrade
from tests.conversation.table import Row, rows
from tests.conversation.world import World
from tests.databases import filled_database, opened

ONE_IN = 5
CHINESE = re.compile("[\u4e00-\u9fff]")
ABOUT = re.compile(r"because .*|suggest .*")


@pytest.fixture(scope="module")
def english(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    place = tmp_path_factory.mktemp("english")
    with filled_database("sqlite", place, upgrade) as url, opened(url) as database:
        yield World(database, "en")


@pytest.mark.parametrize("row", rows()[::ONE_IN], ids=str)
def test_the_same_is_offered_in_english(world: World, english: World, row: Row) -> None:
    assert different(world, english, row) == ""


def different(world: World, english: World, row: Row) -> str:
    """What is offered otherwise in English; empty: nothing."""
    where = {"room": row.room, "quoted": row.quoted, "mentions": row.mentions}
    ours = world.told(row.who, *row.after, row.says, **where).came.offers  # type: ignore[arg-type]
    theirs = english.told(row.who, *row.after, row.says, **where).came.offers  # type: ignore[arg-type]
    if list(map(world.meaning, ours)) != list(map(english.meaning, theirs)):
        return f"{ours} but {theirs}"
    names = sorted((one.name for one in english.environment.organisation.people.values()), key=len)
    for offer in theirs:
        bare = ABOUT.sub("", offer)
        for own in [*row.says.split(), *names, *departments(english)]:
            bare = bare.replace(own, "")
        if any(c not in row.says for c in CHINESE.findall(bare)):
            return f"not in English: {offer}"
    return ""


def departments(world: World) -> list[str]:
    return [one.name for one in world.environment.organisation.departments.values()]
