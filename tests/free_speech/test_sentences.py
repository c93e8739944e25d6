"""The sentences are those that were fixed before anything was trained, and nobody wrote for two files."""

import hashlib
from importlib.resources import files

import pytest

from handlers.language.speech import model
from handlers.language.speech.intent import Intent
from tests.free_speech.sentences import sentences

FOLDER = files("tests.free_speech.sentences")
SUMS = dict(line.split("  ")[::-1] for line in FOLDER.joinpath("SHA256SUMS").read_text().splitlines())


@pytest.mark.parametrize("name", SUMS)
def test_it_is_as_it_was_fixed(name: str) -> None:
    assert hashlib.sha256(FOLDER.joinpath(name).read_bytes()).hexdigest() == SUMS[name]


def test_nobody_wrote_for_two_files() -> None:
    writers = [{one.writer for one in sentences(name)} for name in ("train", "heldout", "later", "fresh", "table")]
    assert sum(map(len, writers)) == len(set.union(*writers)) == 84


def test_the_model_knows_every_wish() -> None:
    assert set(model.load().intents) == set(Intent)


def test_the_model_is_small() -> None:
    assert len(files("handlers.language.speech").joinpath(model.FILE).read_bytes()) < 1_000_000
