"""预告: what is announced and not proposed yet; and of a request, who said it first."""

from cards.words.dates import moment
from handlers.language.commands.announcing import ShowAnnouncements
from handlers.reads.brief import brief
from handlers.reply import Reply
from handlers.turn import Ask, Turn
from planning.rhythm.announcement import Announcement


def show_announcements(turn: Turn, ask: Ask, command: ShowAnnouncements) -> Reply:
    """The first said first."""
    rows = turn.uow.announcements.open_ones()
    if not rows:
        return Reply(turn.words("announce.none"))
    title = turn.words("announce.list", n=len(rows))
    return Reply(brief(turn, title, [announced(turn, one) for one in rows]), (rows[0].wish,))


def announced(turn: Turn, one: Announcement) -> str:
    """One line of a list."""
    name = turn.organisation.name_of(one.by)
    return turn.words("announce.row", no=one.no, name=name, at=_at(turn, one), wish=one.wish)


def said_first(turn: Turn, no: str) -> str:
    """Who announced a request, and when; empty: nobody."""
    found = turn.uow.announcements.of_change(no)
    names = turn.organisation.name_of
    return turn.words.clauses(
        turn.words("announce.first", name=names(one.by), at=_at(turn, one), no=one.no) for one in found
    )


def _at(turn: Turn, one: Announcement) -> str:
    return moment(one.announced_at, turn.environment.zone, turn.today)
