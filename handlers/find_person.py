"""People as they are named in a command."""

from handlers.turn import Turn
from planning.people.organisation import Person
from planning.refusal import Refused


def find_person(turn: Turn, word: str) -> Person:
    """Find a person by id or by name. Raises "unknown-person", "ambiguous-person"."""
    known = _called(turn, word)
    if not known:
        example = next(iter(turn.organisation.people.values())).name
        raise Refused("unknown-person", found=word, example=example)
    if len(known) > 1:
        raise Refused("ambiguous-person", found=word, choices=turn.words.list([person.id for person in known]))
    return known[0]


def person_in_front(turn: Turn, words: str) -> tuple[Person, str]:
    """Person whose name the words begin with, and the words after it: a name may be of several words. Raises as
    `find_person` does."""
    pieces = words.split()
    for end in range(len(pieces), 0, -1):
        if _called(turn, name := " ".join(pieces[:end])):
            return find_person(turn, name), " ".join(pieces[end:])
    return find_person(turn, pieces[0] if pieces else words), ""


def _called(turn: Turn, word: str) -> list[Person]:
    people = turn.organisation.people
    return [people[word]] if word in people else [person for person in people.values() if person.name == word]
