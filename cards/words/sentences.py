"""Every sentence, Chinese first, English beside it. Facts in braces are filled in by name.

A key begins with the name of its file, or of its folder: `conflict.open` stands in `conflict.py`.
"""

import importlib
import pkgutil
from pathlib import Path

Sentence = tuple[str, str]


def _gathered() -> dict[str, Sentence]:
    """The sentences of every file of this folder, and of the folders in it."""
    found: dict[str, Sentence] = {}
    for module in pkgutil.walk_packages([str(Path(__file__).parent)], "cards.words."):
        found |= getattr(importlib.import_module(module.name), "SENTENCES", {})
    return found


SENTENCES = _gathered()
