"""Every sentence, Chinese first, English beside it. Facts in braces are filled in by name."""

from cards.words.faces import FACES
from cards.words.refusals import REFUSALS
from cards.words.values import VALUES

SENTENCES: dict[str, tuple[str, str]] = {**REFUSALS, **FACES, **VALUES}
