"""Checks of templates: names stand once, departments exist, no stage waits for itself, an order of 1 and one of 1,000
can be worked out."""

from collections.abc import Iterator

from bot.settings.mistake import Finding, key_path
from bot.settings.model import Settings
from bot.settings.templates import faults


def findings(settings: Settings) -> Iterator[Finding]:
    known = [department.id for department in settings.departments]
    first: dict[str, int] = {}
    for n, template in enumerate(settings.templates or ()):
        folded = template.name.casefold()
        if folded in first:
            where = key_path(("templates", first[folded], "name"))
            yield Finding.at("templates", n, "name", code="duplicate", what="name", value=template.name, first=where)
        first.setdefault(folded, n)
        for s, stage in enumerate(template.stages):
            if stage.department and stage.department not in known:
                facts = {"department": stage.department, "known": "、".join(known) or "-"}
                yield Finding.at("templates", n, "stages", s, "department", code="no_such_stage_department", **facts)
        for fault in faults(template):
            yield Finding(("templates", n), fault.code, {"template": template.name, **fault.facts})
