"""How a command that needs settings begins: they are read, the logs know the secrets, the words the language."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot import logs
from bot.cli.failed import in_words
from bot.settings import Settings, load_settings
from cards.words import Words


@contextmanager
def started(config: Path) -> Iterator[tuple[Settings, Words]]:
    """Raises SettingsError; inside the block, what a user can mend becomes `Failed`."""
    settings = load_settings(config, os.environ)
    logs.configure(settings.logging.level, logs.secrets_of(settings))
    with in_words(settings) as words:
        yield settings, words
