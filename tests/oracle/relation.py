"""What a hard link asks of its successor, in days; a milestone stands at the evening of its day."""

from datetime import date, timedelta

from .read import Dates, Link


def moves_start(link: Link) -> bool:
    return link.kind in ("", "FS", "SS")


def lag_over(link: Link, theirs: Dates) -> date:
    """The evening at which the lag is over, by the predecessor's dates."""
    by_finish = link.kind in ("", "FS", "FF") or link.pred.milestone
    begins = theirs.finish if by_finish else theirs.start - timedelta(1)
    if link.lag_kind == "calendar":
        return begins + timedelta(link.lag_days)
    return link.calendar.after(link.pred.calendar.not_after(begins) if link.kind == "SF" else begins, link.lag_days)


def allowed(link: Link, theirs: Dates) -> date:
    """The first day for the end of the successor that the link moves."""
    evening, calendar = lag_over(link, theirs), link.succ.calendar
    if moves_start(link) and not link.succ.milestone:
        return calendar.after(evening)
    backwards = link.lag_days <= 0 and (link.kind == "SF" or (link.kind == "FF" and link.pred.milestone))
    return calendar.not_after(evening) if backwards else calendar.not_before(evening)


def first_start(link: Link, theirs: Dates) -> date:
    return allowed(link, theirs) if moves_start(link) else link.succ.start_for(allowed(link, theirs))


def holds(link: Link, theirs: Dates, own: Dates) -> bool:
    return (own.start if moves_start(link) else own.finish) >= allowed(link, theirs)
