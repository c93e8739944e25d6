"""People as they are named in a command: by id, by name, or by being mentioned."""

from handlers.turn import Ask, Turn
from planning.people.organisation import Person
from planning.refusal import Refused

_AT = ("@", "＠")


def find_person(turn: Turn, ask: Ask, word: str) -> Person:
    """Find a person by id or by name, behind an @ by what the platform calls them as well. Raises "unknown-person",
    "unknown-mention", "ambiguous-person"."""
    known = _called(turn, ask, word)
    if not known and word.startswith(_AT):
        raise Refused("unknown-mention", found=word[1:] or "?")
    if not known:
        example = next(iter(turn.organisation.people.values())).name
        raise Refused("unknown-person", found=word, example=example)
    if len(known) > 1:
        raise Refused("ambiguous-person", found=word, choices=turn.words.list([person.id for person in known]))
    return known[0]


def person_in_front(turn: Turn, ask: Ask, words: str) -> tuple[Person, str]:
    """Person whose name the words begin with, and the words after it: a name may be of several words. Raises as
    `find_person` does."""
    pieces = words.split()
    for end in range(len(pieces), 0, -1):
        if _called(turn, ask, name := " ".join(pieces[:end])):
            return find_person(turn, ask, name), " ".join(pieces[end:])
    return find_person(turn, ask, pieces[0] if pieces else words), ""


def _called(turn: Turn, ask: Ask, word: str) -> list[Person]:
    people = turn.organisation.people
    if word.startswith(_AT):
        word = word[1:]
        if person := turn.environment.person_in(ask.conversation, word):
            return [person]
    return [people[word]] if word in people else [person for person in people.values() if person.name == word]
