"""Tables of the rhythm: what was signed each morning, and by whom."""

from sqlalchemy import Column, Date, ForeignKeyConstraint, Integer, PrimaryKeyConstraint, Table, Text

from storage.columns import Instant, Json
from storage.tables.base import metadata, plan_id

sync_cards = Table(
    "sync_cards",
    metadata,
    plan_id(),
    Column("day", Date, nullable=False),
    Column("since", Instant, nullable=False),
    Column("sent_at", Instant, nullable=False),
    Column("deadline", Instant, nullable=False),
    Column("closes_at", Instant, nullable=False),
    Column("seats", Json, nullable=False),
    Column("version", Integer, nullable=False),
    Column("escalated_at", Instant),
    Column("closed_at", Instant),
    PrimaryKeyConstraint("plan_id", "day"),
    ForeignKeyConstraint(["plan_id"], ["plans.plan_id"]),
)
"""One of each day."""

sync_versions = Table(
    "sync_versions",
    metadata,
    plan_id(),
    Column("day", Date, nullable=False),
    Column("version", Integer, nullable=False),
    Column("content", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("made_at", Instant, nullable=False),
    PrimaryKeyConstraint("plan_id", "day", "version"),
    ForeignKeyConstraint(["plan_id", "day"], ["sync_cards.plan_id", "sync_cards.day"]),
)
"""What each version of a card holds: a text, so that it always hashes to what was signed."""

signatures = Table(
    "signatures",
    metadata,
    plan_id(),
    Column("day", Date, nullable=False),
    Column("version", Integer, nullable=False),
    Column("seat", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("acting_for", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("at", Instant, nullable=False),
    PrimaryKeyConstraint("plan_id", "day", "version", "seat"),
    ForeignKeyConstraint(
        ["plan_id", "day", "version"], ["sync_versions.plan_id", "sync_versions.day", "sync_versions.version"]
    ),
)
"""Who signed which version; nothing changes a row of it."""
