"""Every sentence, Chinese first, English beside it. Facts in braces are filled in by name."""

from cards.words.cli import CLI
from cards.words.faces import FACES
from cards.words.language import LANGUAGE
from cards.words.paths import PATHS
from cards.words.refusals import REFUSALS
from cards.words.rules import RULES
from cards.words.values import VALUES
from cards.words.web import WEB

SENTENCES: dict[str, tuple[str, str]] = {**REFUSALS, **RULES, **LANGUAGE, **FACES, **PATHS, **VALUES, **WEB, **CLI}
