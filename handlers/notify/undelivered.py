"""Nothing disappears in silence: what could not be delivered is told to the coordinator."""

from cards.markdown import plain
from handlers.notify.audit import record
from handlers.notify.render_card import FACES, draw
from handlers.notify.rhythm import digest
from handlers.turn import Turn
from planning.trail.audit import Kind
from storage.delivery.cards import CardRow
from storage.delivery.outbox import OutboxMessage


def report_undelivered(turn: Turn, message: OutboxMessage, reason: str) -> None:
    """Says nothing where the coordinator's own conversation is the one that cannot be reached: that is in the log."""
    where = {"place": message.conversation, "reason": reason}
    record(turn, Kind.UNDELIVERABLE, "", message.card_id or message.dedupe, where)
    stand_in = turn.environment.coordinators_department()
    if stand_in is None or stand_in.conversation == message.conversation:
        return
    what = named(turn, message.dedupe, message.conversation, message.card_id, message.body)
    if what is None:
        return
    facts = {name: str(plain(text)) for name, text in {**what, "reason": reason}.items()}
    text = turn.words("answer.undelivered", conversation=message.conversation, **facts)
    turn.uow.outbox.say(stand_in.conversation, text, turn.now)


def named(
    turn: Turn, dedupe: str, conversation: str, card_id: str | None, body: str | None
) -> dict[str, str] | None:
    """Readers and title of a card or a digest; None: an answer or a notice, whose text says what it is,
    and which is missed by who asked."""
    row = turn.uow.cards.get(card_id) if card_id else None
    if row is not None and row.subject.kind in FACES:
        return _card(turn, row)
    if dedupe.startswith(digest.KEY):
        return {"department": _readers(turn, conversation), "title": (body or "").partition("\n")[0]}
    return None


def _card(turn: Turn, row: CardRow) -> dict[str, str]:
    """Department and title of a card; of a conflict the newer request stands for both."""
    if not row.subject.changes:
        return {"department": _readers(turn, row.conversation), "title": draw(turn, row).title}
    change = turn.change(row.subject.changes[-1])
    view = turn.view(change)
    department = view.department(row.department) if row.department else view.proposer
    return {"department": department, "title": f"{turn.words.number(change.no)} {view.headline}"}


def _readers(turn: Turn, conversation: str) -> str:
    return turn.words.list([department.name for department in turn.environment.heard_in(conversation)])
