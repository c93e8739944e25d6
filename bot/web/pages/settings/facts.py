"""Versions and drafts of the settings as lines on a page."""

from typing import Any

from bot.settings.write import difference
from cards.lines.condition import ConditionWriter
from cards.words.dates import day, moment
from handlers.notify.people.settings_cards import begins_on
from handlers.turn import Turn
from planning.control.settings_request import SettingsRequest, Standing
from planning.control.settings_version import SettingsVersion

HISTORY = 50
"""Versions of a section on its page."""
MARKS = {Standing.OPEN: "amber", Standing.DONE: "green", Standing.REFUSED: "red", Standing.EXPIRED: "grey"}


def line_of(turn: Turn, request: SettingsRequest) -> dict[str, Any]:
    """A draft in a list of drafts."""
    begins = begins_on(turn, request)
    standing = "stopped" if request.since and request.standing is Standing.REFUSED else request.standing.value
    if request.can_be_stopped(turn.now):
        standing = "later"
    decider = turn.organisation.name_of(request.decided_by)
    state = turn.words(f"web.settings.standing.{standing}", name=decider, day=begins)
    asker = turn.organisation.name_of(request.asked_by)
    at = moment(request.asked_at, turn.environment.zone, turn.today)
    return {
        "number": request.number, "mark": MARKS.get(request.standing, "grey"), "change": request.facts["change"],
        "state": state, "more": turn.words("web.settings.asked", name=asker, at=at),
    }  # fmt: skip


def of_history(turn: Turn, one: SettingsVersion) -> dict[str, Any]:
    """A version in the history of its section."""
    name = turn.organisation.name_of
    approved = turn.words("settings.approved", name=name(one.approved_by)) if one.approved_by else ""
    return {
        "number": one.number, "version": one.version, "by": name(one.made_by) or turn.words("audit.nobody"),
        "approved": approved, "at": moment(one.at, turn.environment.zone, turn.today), "note": one.note,
        "begins": begins_of(turn, one) if one.effective_from > one.at else "",
    }  # fmt: skip


def since(turn: Turn, one: SettingsVersion) -> str:
    """Since when a version is in force, and by whom."""
    at = moment(max(one.at, one.effective_from), turn.environment.zone, turn.today)
    by = turn.organisation.name_of(one.made_by) or turn.words("audit.nobody")
    return turn.words("web.settings.since", version=one.version, at=at, by=by)


def begins_of(turn: Turn, one: SettingsVersion) -> str:
    """The day a version begins on."""
    begins = day(one.effective_from.astimezone(turn.environment.zone).date(), turn.today)
    return turn.words("web.settings.begins", version=one.version, day=begins)


def difference_lines(section: str, before: Any, after: Any) -> list[tuple[str, str]]:
    """Lines of the difference, each with what it is: gone, new or the same."""
    sides = ({section: one} if one is not None else {} for one in (before, after))
    kinds = {"-": "gone", "+": "new"}
    return [(kinds.get(line[:1], "same"), line) for line in difference(*sides)]


def reading_of(turn: Turn, when: Any) -> str:
    """A condition as a sentence; empty where it cannot be read."""
    if not when:
        return ""
    try:
        return ConditionWriter(turn.words, turn.organisation).sentence(str(when))
    except Exception:
        return ""
