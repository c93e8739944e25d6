"""Sentences of people who never saw the grammar."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from handlers.language.speech.intent import Intent


@dataclass(frozen=True, slots=True)
class Sentence:
    writer: str
    role: str
    text: str
    intent: Intent
    values: Mapping[str, Any]
    expect: str = ""


def sentences(name: str) -> list[Sentence]:
    """Those of `train`, `heldout`, `later`, `fresh` or `table`."""
    lines = files(__name__).joinpath(f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [Sentence(**{**read, "intent": Intent(read["intent"])}) for read in map(json.loads, lines)]
