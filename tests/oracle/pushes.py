"""What a fact would move (1.6), beside the program: how late its item is, and who would have to follow."""

from .company import Dates, Item
from .forecast import Outlook


def delta(outlook: Outlook, item: Item) -> int:
    """Working days from the planned finish to the forecast; of what is over, from the finish it was planned for."""
    progress = outlook.progress[item.code]
    planned = item.finish if progress.over else progress.dates.finish
    return item.calendar.between(planned, outlook.forecast[item.code].finish)


def push(outlook: Outlook, item: Item) -> list[str]:
    """The other items that would have to move, were only this one to stand where its forecast is."""
    moved = {item.code: outlook.forecast[item.code]}
    late = delta(outlook, item) > 0 or moved[item.code].start > item.start
    for other in outlook.company.in_order if late else ():
        to, stands = _moved_to(outlook, moved, other), outlook.progress[other.code]
        if other.code != item.code and stands.lives and to != stands.dates:
            moved[other.code] = to
    return sorted(set(moved) - {item.code})


def _moved_to(outlook: Outlook, moved: dict[str, Dates], item: Item) -> Dates:
    own = outlook.progress[item.code]
    start, finish = own.dates
    for link in item.into:
        if link.pred.code in moved and outlook.pushes(link):
            to = link.allowed(moved[link.pred.code])
            if link.moves_start and to > start and not own.begun:
                start, finish = to, max(finish, item.finish_from(to))
            if not link.moves_start and to > finish:
                start, finish = start if own.begun else max(start, item.start_for(to)), to
    return Dates(start, finish)
