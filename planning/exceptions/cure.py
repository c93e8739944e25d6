"""The change of the plan that would end an exception."""

from datetime import date

from planning.exceptions.episode import Episode
from planning.exceptions.finding import Code
from planning.plan.operation import Op

_BY: dict[Code, tuple[Op, str]] = {
    Code.LATE_START: (Op.SET_FINISH, "forecast"),
    Code.OVERDUE: (Op.SET_FINISH, "forecast"),
    Code.FORECAST_LATE: (Op.SET_FINISH, "forecast"),
    Code.SHORT: (Op.SET_START, "eta"),
    Code.BLOCKED: (Op.SET_START, "allowed"),
}
"""Which end goes where, by the name of the fact."""


def cure_of(one: Episode) -> tuple[Op, date] | None:
    """The finish to its forecast; the start to where the goods come, or what it waits for lets it begin. None: no date
    would help, or none is known."""
    op, fact = _BY.get(one.key.code, (Op.SET_FINISH, ""))
    if one.key.code is Code.RULE:
        op, fact = (Op.SET_START, "eta") if "eta" in one.facts else (Op.SET_FINISH, "forecast")
    return (op, date.fromisoformat(one.facts[fact])) if fact in one.facts else None
