"""Commands about what is wrong, and about what was agreed, that a sentence may mean."""

from collections.abc import Iterator

from handlers.inbound.speech.heard import Heard
from handlers.inbound.speech.wishes.spelling import Wanted
from handlers.language.commands.issues import RaiseIssue, ShowIssues
from handlers.language.commands.notifying import Notify
from handlers.language.commands.records import KeepRecord, ShowRecords


def raises_an_issue(heard: Heard) -> Iterator[Wanted]:
    """In their own words, all of them."""
    yield RaiseIssue(heard.as_typed())
    yield ShowIssues()


def writes_down(heard: Heard) -> Iterator[Wanted]:
    """With whom they name, in their own words, all of them."""
    words = heard.as_typed()
    for person in heard.people:
        if person != heard.ask.person:
            yield KeepRecord(f"和 {person.name} {words}")
    if not heard.people:
        yield f"记录 和 <姓名> {words}"
    yield ShowRecords()


def tells(heard: Heard) -> Iterator[Wanted]:
    """Those whom they name, in their own words, all of them."""
    for name in (*(one.name for one in heard.departments), *(one.name for one in heard.people)):
        yield Notify(name, heard.as_typed())
