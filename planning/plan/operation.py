"""One wanted change of a plan, as people and systems state it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Op(StrEnum):
    """The kinds of operation, by the names people's systems use."""

    SET_START = "set_start"
    SET_FINISH = "set_finish"
    SHIFT = "shift"
    SET_DURATION = "set_duration"
    SET_QUANTITY = "set_quantity"
    SPLIT = "split"
    ADD = "add"
    CANCEL = "cancel"
    PIN = "pin"
    UNPIN = "unpin"
    REASSIGN = "reassign"
    LINK = "link"
    UNLINK = "unlink"
    RESTORE = "restore"
    """The product's own, for taking a change back (`planning.change.compensation`); nobody can ask for it."""


Value = date | int | Decimal | str | Mapping[str, str] | None


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation on an item.

    `to` by `op`: a date for set_start/set_finish, signed working days for shift, working days for set_duration,
    a Decimal for set_quantity, both parts for split (`first`, `finish`, `rest`, `start`, `days`), a department id for
    reassign, the new item's import columns for add, the link's import columns (with `item` as predecessor) for link
    and unlink, None for cancel, pin and unpin; for restore the fields to be given back, written as in
    `planning.change.compensation`.
    """

    item: str
    op: Op
    to: Value = None
    pull: bool = False
    """联动: successors (and the needs behind them) also move earlier, as far as their links allow."""
