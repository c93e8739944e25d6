"""What ends a command: a sentence for its user and an exit status, never a traceback for a user's mistake."""

from collections.abc import Iterator
from contextlib import contextmanager

from bot.settings import Settings
from cards.words import Words
from planning.refusal import Refused
from storage.inspect import BadAddress, Unreachable
from storage.lock import InUse
from storage.plans import NoPlan

FAILED, WRONG_USAGE = 1, 2


class Failed(Exception):
    """Printed on standard error as it is; `status` becomes the process's."""

    def __init__(self, sentence: str, status: int = FAILED) -> None:
        super().__init__(sentence)
        self.status = status


@contextmanager
def in_words(settings: Settings) -> Iterator[Words]:
    """The settings' language. What a user can mend leaves the block as Failed, in that language."""
    words = Words(settings.locale)
    try:
        yield words
    except Exception as error:
        failed = _told(error, words, database_place(settings))
        if failed is None:
            raise
        raise failed from None


def database_place(settings: Settings) -> str:
    """The database's address as it may be shown: without user and password."""
    scheme, _, rest = settings.database.url.get_secret_value().partition("://")
    return f"{scheme}://{rest}" if scheme == "sqlite" else f"{scheme}://{rest.rpartition('@')[2].partition('?')[0]}"


def _told(error: Exception, words: Words, place: str) -> Failed | None:
    match error:
        case Refused():
            return Failed(words.refusal(error.refusal))
        case NoPlan():
            return Failed(words("refusal.no-plan"))
        case InUse():
            return Failed(words("cli.in-use", place=place))
        case Unreachable():
            return Failed(words("cli.unreachable", place=place, why=error))
        case BadAddress():
            return Failed(words("cli.bad-address", why=error), WRONG_USAGE)
        case OSError(filename=str(file)) if file:
            return Failed(words("cli.file", file=file, why=error.strerror or type(error).__name__))
    return None
