"""Delegation cards: where they are shown, and what they show; and the lines that tell who is away what was done."""

from cards.card import Card
from cards.faces import DelegationView, delegation_card
from cards.markdown import plain
from handlers.notify.card_updates import tells_by_card
from handlers.notify.new_cards import homes_of
from handlers.notify.standing_cards import show
from handlers.turn import Turn
from planning.change.approvers import awaited
from planning.change.change import Change
from planning.people.delegation import Delegation, Deputies
from planning.refusal import Refused
from planning.subject import SubjectKind
from storage.delivery.cards import CardRow, Purpose


def delegation_of(turn: Turn, row: CardRow) -> Delegation:
    """Delegation that a card is about. Raises "card-unknown" for a card of another kind: an action can be made up."""
    person, _, number = row.subject.id.rpartition("/")
    is_one = row.subject.kind == SubjectKind.DELEGATION and number.isdecimal()
    found = turn.uow.delegations.get(person, int(number)) if is_one else None
    if found is None:
        raise Refused("card-unknown")
    return found


def delegation_facing(turn: Turn, row: CardRow) -> Card:
    """A delegation card as it shows now."""
    delegation = delegation_of(turn, row)
    both = (delegation.person, delegation.deputy)
    readers = frozenset(person for person in both if row.conversation in homes_of(turn, [person]))
    return delegation_card(_view(turn, delegation), row.card_id, readers)


def show_delegation(
    turn: Turn, delegation: Delegation, *tell: str, heard: str = "", pressed: str = ""
) -> None:
    """Bring its cards up to date, and put one up where these people read and none stands; as
    `handlers.notify.standing_cards` does."""
    show(turn, Purpose.DELEGATION, delegation.subject, homes_of(turn, tell), heard=heard, pressed=pressed)


def waiting_for(turn: Turn, person: str, deputies: Deputies) -> list[str]:
    """The requests for which a deputy may give this person's word."""
    deciding = [change for change in turn.uow.changes.open_ones() if change.state.is_deciding]
    who = turn.organisation, deputies
    acting = [(c.no, awaited(step, c.proposers, *who).get(person, person)) for c in deciding for step in c.waiting]
    return list(dict.fromkeys(no for no, by in acting if by != person))


def tell_the_absent(turn: Turn, before: Change, after: Change, here: str) -> None:
    """Tell everybody for whom something was decided, in a line where they read. Nobody is told who reads `here`, where
    it was decided, nor where a card that is sent anyway says it."""
    view = turn.view(after)
    for department, decision in after.decisions_since(before):
        facts = {
            "deputy": turn.organisation.name_of(decision.person),
            "name": turn.organisation.name_of(decision.acting_for),
            "verdict": turn.words(f"value.verdict.{decision.verdict.value}"),
            "no": after.no,
            "headline": view.headline,
            "department": view.department(department),
        }
        text = turn.words("leave.decided", **{name: plain(fact) for name, fact in facts.items()})
        for room in homes_of(turn, [decision.acting_for]):
            if room != here and not tells_by_card(turn, room, before, after):
                turn.uow.outbox.say(room, text, turn.now)


def _view(turn: Turn, delegation: Delegation) -> DelegationView:
    deputies, person = turn.deputies(), delegation.person
    acts = deputies.acting(person) == delegation.deputy
    return DelegationView(
        delegation,
        delegation.state(turn.today),
        turn.organisation.name_of(person),
        turn.organisation.name_of(delegation.deputy),
        turn.words,
        waiting_for(turn, person, deputies) if acts else (),
    )
