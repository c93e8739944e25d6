"""Tables of the audit trail: events, the head of their chain, and its anchors."""

from sqlalchemy import Column, Index, Integer, PrimaryKeyConstraint, Table, Text

from storage.columns import Instant, Json
from storage.tables.base import metadata, plan_id

audit_events = Table(
    "audit_events",
    metadata,
    plan_id(),
    Column("number", Integer, nullable=False),
    Column("at", Instant, nullable=False),
    Column("actor", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("facts", Json, nullable=False),
    Column("prev_hash", Text, nullable=False),
    Column("hash", Text, nullable=False),
    PrimaryKeyConstraint("plan_id", "number"),
    Index(None, "plan_id", "at"),
    Index(None, "plan_id", "kind", "number"),
)
"""Append-only: the database itself refuses to update or delete a row (see its migration)."""


audit_heads = Table(
    "audit_heads",
    metadata,
    plan_id(),
    Column("number", Integer, nullable=False),
    Column("hash", Text, nullable=False),
    PrimaryKeyConstraint("plan_id"),
)
"""End of each plan's trail: appending waits for its row."""


audit_anchors = Table(
    "audit_anchors",
    metadata,
    plan_id(),
    Column("number", Integer, nullable=False),
    Column("at", Instant, nullable=False),
    Column("anchor", Text, nullable=False),
    PrimaryKeyConstraint("plan_id", "number"),
)
"""What was said of the trail's end to people (`planning/trail/anchor.py`); append-only as the trail itself."""
