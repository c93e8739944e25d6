"""签到 <日期>: a day's sync card, with what was signed and by whom."""

from cards.markdown import body
from handlers.language.commands.sync import ShowSync, SignSync
from handlers.notify.rhythm.sync_cards import SyncLines
from handlers.reply import Reply
from handlers.turn import Ask, Turn
from planning.refusal import Refused
from planning.rhythm.sync import SyncCard


def show_sync(turn: Turn, ask: Ask, command: ShowSync) -> Reply:
    """Raises Refused("sync-none")."""
    card = turn.uow.sync_cards.of(command.day)
    if card is None:
        raise Refused("sync-none", day=command.day.isoformat())
    lines = SyncLines(turn, card)
    title = turn.words("sync.standing", title=lines.title, status=lines.status)
    told = [*lines.told(), *lines.seats()]
    note = turn.words("sync.hash", sha256=card.sha256)
    return Reply(body(turn.words.locale, "brief", title=title, lines=told, note=note), _next(turn, card))


def _next(turn: Turn, card: SyncCard) -> tuple[str, ...]:
    return (turn.spell(SignSync()),) if card.missing and not card.closed_at and card.day == turn.today else ()
