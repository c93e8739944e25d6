"""Commands about what is wrong that a sentence may mean."""

from collections.abc import Iterator

from handlers.inbound.speech.heard import Heard
from handlers.inbound.speech.wishes.spelling import Wanted
from handlers.language.commands.issues import RaiseIssue, ShowIssues


def raises_an_issue(heard: Heard) -> Iterator[Wanted]:
    """In their own words, all of them."""
    yield RaiseIssue(heard.as_typed())
    yield ShowIssues()
