"""转告: a wish handed on to somebody who may propose it; the command becomes their button."""

import secrets

from cards.markdown import plain
from cards.question import Offer, Question
from handlers.find_person import find_person
from handlers.govern.who_may import may_propose, names_of, who_may_propose
from handlers.language import PassOn
from handlers.notify.audit import record
from handlers.notify.question_cards import put_up
from handlers.turn import Ask, Turn
from planning.people.organisation import Person
from planning.refusal import Refused
from planning.trail.audit import Kind


def pass_on(turn: Turn, ask: Ask, command: PassOn) -> str:
    """Put the wish before them where they read. Nothing is proposed: that is theirs to do.

    Raises "pass-on-self", "pass-on-cannot", "passed-on-already", and what finding them raises.
    """
    person = find_person(turn, ask, command.to)
    wish = turn.spell(command.inner)
    if person.id == ask.person.id:
        raise Refused("pass-on-self", offers=[wish], wish=wish)
    if not may_propose(turn, person, command.inner):
        able = who_may_propose(turn, command.inner, besides=ask.person)
        offers = [f"转告 {one.name} {wish}" for one in able]
        raise Refused("pass-on-cannot", offers=offers, name=person.name, holders=names_of(turn, able))
    room = turn.environment.conversation_of(person.department) or ask.conversation
    last = turn.uow.questions.newest(room, person.id, turn.now)
    if last is not None and last.is_open and any(offer.command == wish for offer in last.offers):
        raise Refused("passed-on-already", name=person.name)
    put_up(turn, _question(turn, ask, person, room, wish))
    record(turn, Kind.PASSED_ON, ask.person.id, room, {"to": person.id, "command": wish})
    return turn.words("answer.passed-on", name=person.name, wish=wish)


def _question(turn: Turn, ask: Ask, person: Person, room: str, wish: str) -> Question:
    return Question(
        id=secrets.token_hex(8),
        conversation=room,
        person=person.id,
        said=ask.text,
        sentence=str(plain(turn.words("question.wished", name=ask.person.name, wish=wish))),
        offers=(Offer(wish),),
        form="",
        asked_at=turn.now,
    )
