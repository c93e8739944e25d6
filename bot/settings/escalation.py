"""The section `escalation`: the ladder of people by working hours, and the hours of quiet."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from bot.settings.kinds import Section
from bot.settings.mistake import Finding
from planning.change.escalation import LADDER, Do, EscalationPolicy, Rung
from planning.plan.hours import Window


def _window(value: str) -> str:
    parts = value.split("-")
    try:
        return str(Window.of("-".join(part.strip().rjust(5, "0") for part in parts)))
    except ValueError:
        raise PydanticCustomError("time_window", "time_window") from None


TimeWindow = Annotated[str, AfterValidator(_window)]
"""HH:MM-HH:MM in the settings' time zone."""


class RungSettings(Section):
    after: Annotated[int, Field(ge=1, le=200)]
    """Working hours since the step was opened."""
    do: Do


class EscalationSettings(Section):
    ladder: tuple[RungSettings, ...] = tuple(RungSettings(after=int(rung.after), do=rung.do) for rung in LADDER)
    hours: TimeWindow = "09:00-18:00"
    quiet: TimeWindow = "20:00-08:00"

    def policy(self) -> EscalationPolicy:
        ladder = tuple(Rung(rung.after, rung.do) for rung in self.ladder)
        return EscalationPolicy(ladder, Window.of(self.hours), Window.of(self.quiet))

    def findings(self) -> Iterator[Finding]:
        """Mistakes of the ladder and its hours."""
        hours = Window.of(self.hours)
        if hours.start >= hours.end:
            yield Finding.at("escalation", "hours", code="hours_order")
        for number, rung in enumerate(self.ladder):
            if number and rung.after <= self.ladder[number - 1].after:
                yield Finding.at("escalation", "ladder", number, "after", code="ladder_order")
            if rung.do is not Do.REMIND and rung.do in [known.do for known in self.ladder[:number]]:
                yield Finding.at("escalation", "ladder", number, "do", code="ladder_twice", do=rung.do.value)

    def warnings(self) -> Iterator[Finding]:
        if Do.COORDINATOR not in (rung.do for rung in self.ladder):
            yield Finding.at("escalation", "ladder", code="warn_ladder_top")
