"""Commands about the sync card that a sentence may mean."""

from collections.abc import Iterator

from handlers.inbound.speech.heard import Heard
from handlers.inbound.speech.wishes.spelling import Wanted
from handlers.language.commands.sync import ShowSync, SignSync


def signs(heard: Heard) -> Iterator[Wanted]:
    """To sign, and to look at what is signed."""
    yield SignSync()
    yield ShowSync(heard.turn.today)
