"""What a hard link asks of its successor, in days; a milestone stands at the evening of its day."""

from datetime import date, timedelta

from .read import Link

Dates = tuple[date, date]
_DAY = timedelta(days=1)


def moves_start(link: Link) -> bool:
    return link.kind in ("", "FS", "SS")


def lag_over(link: Link, theirs: Dates) -> date:
    """The evening at which the lag is over, by the predecessor's start and finish."""
    begins = theirs[1] if link.kind in ("", "FS", "FF") or link.pred.milestone else theirs[0] - _DAY
    if link.lag_kind == "calendar":
        return begins + _DAY * link.lag_days
    if link.kind == "SF":
        begins = link.pred.calendar.not_after(begins)
    return link.calendar.after(begins, link.lag_days)


def allowed(link: Link, theirs: Dates) -> date:
    """The first day for the end of the successor that the link moves."""
    evening, calendar = lag_over(link, theirs), link.succ.calendar
    if moves_start(link):
        return calendar.not_before(evening) if link.succ.milestone else calendar.after(evening)
    backwards = link.lag_days <= 0 and (link.kind == "SF" or link.pred.milestone)
    return calendar.not_after(evening) if backwards else calendar.not_before(evening)


def first_start(link: Link, theirs: Dates) -> date:
    return allowed(link, theirs) if moves_start(link) else link.succ.start_for(allowed(link, theirs))


def holds(link: Link, theirs: Dates, own: Dates) -> bool:
    return own[0 if moves_start(link) else 1] >= allowed(link, theirs)
