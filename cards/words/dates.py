"""Dates and moments as cards write them: short, local, with the year only where it is needed."""

from datetime import date, datetime, tzinfo


def day(value: date, today: date) -> str:
    """12-05 in the year people think of, 2027-01-05 outside it."""
    return f"{value:%m-%d}" if value.year == today.year else f"{value:%Y-%m-%d}"


def moment(value: datetime, zone: tzinfo, today: date) -> str:
    """14:02 today, 12-05 14:02 otherwise; in the plan's time zone."""
    local = value.astimezone(zone)
    return f"{local:%H:%M}" if local.date() == today else f"{day(local.date(), today)} {local:%H:%M}"
