"""Checks of calendars against the rest of the settings: names stand once, and exist where they are used."""

from collections.abc import Iterator

from bot.settings.mistake import Finding, key_path
from bot.settings.model import Settings
from planning.plan.calendar import BUILT_IN


def findings(settings: Settings) -> Iterator[Finding]:
    names = [section.name for section in settings.calendars]
    for n, name in enumerate(names):
        if name in BUILT_IN:
            yield Finding.at("calendars", n, "name", code="calendar_built_in", name=name)
        elif (first := names.index(name)) < n:
            where = key_path(("calendars", first, "name"))
            yield Finding.at("calendars", n, "name", code="duplicate", what="name", value=name, first=where)
    known = (*BUILT_IN, *names)
    if settings.calendar not in known:
        yield Finding.at("calendar", code="no_such_calendar", known=", ".join(known))
    for n, department in enumerate(settings.departments):
        if department.calendar and department.calendar not in known:
            yield Finding.at("departments", n, "calendar", code="no_such_calendar", known=", ".join(known))
