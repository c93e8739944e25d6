"""Every sentence, Chinese first, English beside it. Facts in braces are filled in by name."""

from cards.words.audit import AUDIT
from cards.words.authority import AUTHORITY
from cards.words.classes import CLASSES
from cards.words.cli import CLI
from cards.words.conflict import CONFLICT
from cards.words.escalation import ESCALATION
from cards.words.faces import FACES
from cards.words.holding import HOLDING
from cards.words.language import LANGUAGE
from cards.words.late import LATE
from cards.words.modes import MODES
from cards.words.paths import PATHS
from cards.words.picture import PICTURE
from cards.words.refusals import REFUSALS
from cards.words.rules import RULES
from cards.words.rules_and_fences import RULES_AND_FENCES
from cards.words.shadow import SHADOW
from cards.words.values import VALUES
from cards.words.web import WEB

SENTENCES: dict[str, tuple[str, str]] = {**REFUSALS, **AUTHORITY, **CLASSES, **CONFLICT, **ESCALATION, **RULES, **RULES_AND_FENCES, **SHADOW, **LANGUAGE, **LATE, **MODES, **FACES, **HOLDING, **PATHS, **PICTURE, **VALUES, **WEB, **CLI, **AUDIT}
