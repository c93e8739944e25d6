"""Tables of the rules: fences, switches, versions of the settings, and a company's own wordings."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
)

from storage.columns import Instant, Json
from storage.tables.base import metadata, plan_id

fences = Table(
    "fences",
    metadata,
    plan_id(),
    Column("number", Integer, nullable=False),
    Column("fence", Json, nullable=False),
    Column("state", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("set_by", Text, nullable=False),
    Column("set_at", Instant, nullable=False),
    Column("changed_by", Text, nullable=False),
    Column("changed_at", Instant, nullable=False),
    PrimaryKeyConstraint("plan_id", "number"),
    ForeignKeyConstraint(["plan_id"], ["plans.plan_id"]),
)
"""Freeze windows set in chat; those of the settings are in no table."""


rule_switches = Table(
    "rule_switches",
    metadata,
    plan_id(),
    Column("rule", Text, nullable=False),
    Column("enabled", Boolean, nullable=False),
    Column("switched_by", Text, nullable=False),
    Column("switched_at", Instant, nullable=False),
    PrimaryKeyConstraint("plan_id", "rule"),
)


settings_versions = Table(
    "settings_versions",
    metadata,
    plan_id(),
    Column("number", Integer, nullable=False),
    Column("section", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("document", JSON, nullable=False),
    Column("effective_from", Instant, nullable=False),
    Column("at", Instant, nullable=False),
    Column("made_by", Text, nullable=False),
    Column("approved_by", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("file_hash", Text, nullable=False),
    Column("prev_hash", Text, nullable=False),
    Column("hash", Text, nullable=False),
    PrimaryKeyConstraint("plan_id", "number"),
    UniqueConstraint("plan_id", "section", "version"),
)
"""The settings' sections as they were made, append-only (`storage/trail/guards.py`), for all plans under the one that
keeps them. `document` keeps the order of its keys: people read it again in an export."""


settings_requests = Table(
    "settings_requests",
    metadata,
    plan_id(),
    Column("number", Integer, nullable=False),
    Column("wish", Text, nullable=False),
    Column("facts", Json, nullable=False),
    Column("asked_by", Text, nullable=False),
    Column("conversation", Text, nullable=False),
    Column("asked_at", Instant, nullable=False),
    Column("standing", Text, nullable=False),
    Column("decided_by", Text, nullable=False),
    Column("decided_at", Instant),
    Column("expires_at", Instant),
    PrimaryKeyConstraint("plan_id", "number"),
    Index(None, "plan_id", "asked_by"),
)
"""Changes of the settings that wait for somebody's word."""


wordings = Table(
    "wordings",
    metadata,
    plan_id(),
    Column("words", Json, nullable=False),
    Column("source", Text, nullable=False),
    Column("kept_by", Text, nullable=False),
    Column("kept_at", Instant, nullable=False),
    PrimaryKeyConstraint("plan_id"),
)
"""Other words for a plan's tables, as the newest import that gave some brought them."""
