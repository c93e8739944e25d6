"""The newest change request there is: a preview has no number by which a test could ask for it."""

from sqlalchemy import select

from handlers.turn import Turn
from planning.change.change import PREVIEW, Change
from storage.tables.change import changes
from storage.unit_of_work import UnitOfWork

NEWEST = ""
"""Stands for its number."""


def without_key(shown: object) -> None:
    """Nobody can use a preview's key, so that nobody is to see it."""
    assert PREVIEW not in str(shown), shown


def newest_change(turn: Turn) -> Change:
    newest = select(changes.c.no).order_by(changes.c.created_at.desc(), changes.c.no.desc()).limit(1)
    return turn.change(turn.uow.changes._connection.scalar(newest) or "")


def first_change(uow: UnitOfWork) -> Change:
    """The oldest one, submitted or not."""
    oldest = select(changes.c.no).order_by(changes.c.created_at, changes.c.no).limit(1)
    found = uow.changes.get(uow.changes._connection.scalar(oldest) or "")
    assert found is not None
    return found
