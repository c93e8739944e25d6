"""Checks of `shadow` against the rest of the settings. The plan's products are not known here: the report tells of
unknown ones."""

from collections.abc import Iterator

from bot.settings.mistake import Finding
from bot.settings.model import Settings


def findings(settings: Settings) -> Iterator[Finding]:
    known = [department.id for department in settings.departments]
    for n, one in enumerate(settings.shadow.departments):
        if one not in known:
            facts = {"department": one, "known": "、".join(known) or "-"}
            yield Finding.at("shadow", "departments", n, code="no_such_scope_department", **facts)


def warnings(settings: Settings) -> Iterator[Finding]:
    shadow = settings.shadow
    if shadow.everything and (shadow.departments or shadow.products):
        yield Finding.at("shadow", "all", code="warn_shadow_all")
