"""A draft out of a form: what was typed beside its fields, whether somebody was faster, and the draft itself."""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from bot.web.pages.render import address
from bot.web.pages.settings.kept import kept_for, require_section
from bot.web.pages.visit import Visit
from bot.web.platform.problem import Problem
from cards.words.dates import moment
from handlers.actions.control.settings_draft import Drafted, draft, moment_of, on_its_day
from handlers.govern.settings_difference import changes_in_words
from handlers.govern.settings_entries import entries_of, place_of
from handlers.govern.settings_fields import LISTS
from handlers.reads.control.settings_trial import try_settings
from handlers.turn import Turn
from planning.control.settings_request import SettingsRequest
from planning.people.organisation import Person
from planning.refusal import Refused

WHY = 200
"""Characters of a reason."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What came with a form, beside its fields."""

    entry: str
    """The entry it is of, as it was known; empty: a new one."""
    base: int
    """The version of the section that the form was filled from; 0: none."""
    begins: str
    why: str

    @classmethod
    def of(cls, form: FormData) -> "Typed":
        texts = {name: str(form.get(name, "")).strip() for name in ("entry", "base", "begins", "why")}
        base = int(texts["base"]) if texts["base"].isdecimal() and len(texts["base"]) < 9 else 0
        why = "".join(c for c in texts["why"] if c.isprintable())[:WHY]
        return cls(texts["entry"], base, texts["begins"], why)

    def first_day(self) -> date | None:
        """Raises Refused."""
        try:
            return date.fromisoformat(self.begins) if self.begins else None
        except ValueError:
            raise Refused("settings-day", day=self.begins[:20]) from None


async def drafted(
    here: Visit, form: FormData, wanted: Callable[[Turn], Drafted],
    again: Callable[[Problem], Coroutine[Any, Any, Response]],
) -> Response:  # fmt: skip
    """Go to the draft, tried before on the changes of late, which takes a while; to the page `again` where refused."""

    def trial(turn: Turn, person: Person) -> str:
        kept_for(turn, person)
        one = on_its_day(turn, wanted(turn))
        found = try_settings(turn, one.section, one.document, moment_of(turn, one.begins))
        return found.sentence if found else ""

    def work(turn: Turn, person: Person) -> SettingsRequest:
        return draft(turn, person, replace(on_its_day(turn, wanted(turn)), trial=told))

    try:
        told = await here.look(trial)
        request = await here.act(form, work)
    except Problem as refused:
        return await again(refused)
    return RedirectResponse(address(here.desk, f"/settings/drafts/{request.number}"), 303)


def changed_since(turn: Turn, person: Person, section: str, typed: Typed, whole: bool = False) -> str:
    """What somebody else has changed of the entry since the form was opened, as a sentence; empty: nothing."""
    require_section(section)
    _, versions = kept_for(turn, person)
    newest = versions.current(turn.now).get(section)
    if newest is None or newest.number == typed.base:
        return ""
    opened = versions.get(typed.base)
    before, now = opened.document if opened else None, newest.document
    if not whole and section in LISTS:
        places = (place_of(section, entries_of(section, side), typed.entry) for side in (before, now))
        before, now = (
            entries_of(section, side)[place] if place is not None else None
            for side, place in zip((before, now), places, strict=True)
        )
    if before == now:
        return ""
    what = turn.words.clauses(changes_in_words(turn, before, now))
    name, at = turn.organisation.name_of(newest.made_by), moment(newest.at, turn.environment.zone, turn.today)
    return turn.words("web.settings.meanwhile", name=name, at=at, what=what)
