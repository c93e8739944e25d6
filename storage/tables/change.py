"""Tables of change requests: their operations, steps, decisions, conflicts and questions."""

from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKeyConstraint,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    false,
    text,
)

from storage.columns import Instant, Json
from storage.tables.base import metadata, plan_id, waiting

changes = Table(
    "changes",
    metadata,
    plan_id(),
    Column("no", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("class", Text, nullable=False, key="klass"),
    Column("proposer", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("origin", Text, nullable=False),
    Column("base_revision", Integer, nullable=False),
    Column("impact", Json, nullable=False),
    Column("impact_hash", Text, nullable=False),
    Column("round", Integer, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("submitted_at", Instant),
    Column("expires_at", Instant),
    Column("ended_at", Instant),
    Column("applied_revision", Integer),
    Column("row_version", Integer, nullable=False),
    Column("policy", Json),
    Column("supersedes", Json, nullable=False, server_default=text("'[]'")),
    Column("also_by", Json, nullable=False, server_default=text("'[]'")),
    Column("superseded_by", Text, nullable=False, server_default=text("''")),
    Column("suggested_by", Text, nullable=False, server_default=text("''")),
    Column("reverts", Text, nullable=False, server_default=text("''")),
    Column("held_at", Instant),
    Column("held_by", Json, nullable=False, server_default=text("'[]'")),
    Column("facts_of", Text, nullable=False, server_default=text("''")),
    PrimaryKeyConstraint("plan_id", "no"),
    ForeignKeyConstraint(["plan_id"], ["plans.plan_id"]),
    Index(None, "plan_id", "state"),
    Index(None, "plan_id", "proposer", "created_at"),
    Index(None, "plan_id", "ended_at"),
    Index("ix_changes_numbers", "plan_id", "no", postgresql_ops={"no": "text_pattern_ops"}).ddl_if("postgresql"),
    Index("ix_changes_facts_of", "plan_id", "facts_of", sqlite_where=text("facts_of <> ''"),
          postgresql_where=text("facts_of <> ''")),
)


operations = Table(
    "operations",
    metadata,
    plan_id(),
    Column("change_no", Text, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("item", Text, nullable=False),
    Column("op", Text, nullable=False),
    Column("to", Json),
    Column("pull", Boolean, nullable=False),
    PrimaryKeyConstraint("plan_id", "change_no", "seq"),
    ForeignKeyConstraint(["plan_id", "change_no"], ["changes.plan_id", "changes.no"]),
)


def _step() -> tuple[Column[Any], ...]:
    """A department's step as it stands, or stood in a round."""
    return (
        plan_id(),
        Column("change_no", Text, nullable=False),
        Column("department", Text, nullable=False),
        Column("seq", Integer, nullable=False),
        Column("approvers", Json, nullable=False),
        Column("state", Text, nullable=False),
        Column("due_at", Instant),
        Column("opened_at", Instant),
        Column("round", Integer, nullable=False),
        Column("fallback", Boolean, nullable=False),
        Column("needs", Integer, nullable=False, server_default=text("1")),
        Column("optional", Boolean, nullable=False, server_default=false()),
        Column("any_deputy", Boolean, nullable=False, server_default=false()),
    )


steps = Table(
    "steps",
    metadata,
    *_step(),
    PrimaryKeyConstraint("plan_id", "change_no", "department"),
    ForeignKeyConstraint(["plan_id", "change_no"], ["changes.plan_id", "changes.no"]),
    Index(None, "plan_id", "state"),
)


past_steps = Table(
    "past_steps",
    metadata,
    *_step(),
    PrimaryKeyConstraint("plan_id", "change_no", "department", "round"),
    ForeignKeyConstraint(["plan_id", "change_no"], ["changes.plan_id", "changes.no"]),
)
"""Steps of earlier rounds, as they stood when their department was asked anew."""


decisions = Table(
    "decisions",
    metadata,
    plan_id(),
    Column("change_no", Text, nullable=False),
    Column("department", Text, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("person", Text, nullable=False),
    Column("verdict", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("impact_hash", Text, nullable=False),
    Column("comment", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("to", Text, nullable=False),
    Column("acting_for", Text, nullable=False, server_default=text("''")),
    Column("round", Integer, nullable=False, server_default=text("1")),
    PrimaryKeyConstraint("plan_id", "change_no", "department", "seq"),
    ForeignKeyConstraint(
        ["plan_id", "change_no", "department"], ["steps.plan_id", "steps.change_no", "steps.department"]
    ),
)


conflicts = Table(
    "conflicts",
    metadata,
    plan_id(),
    Column("older", Text, nullable=False),
    Column("newer", Text, nullable=False),
    Column("fields", Json, nullable=False),
    Column("stances", Json, nullable=False),
    Column("settled", Text, nullable=False),
    Column("settled_by", Text, nullable=False),
    Column("opened_at", Instant, nullable=False),
    Column("settled_at", Instant),
    PrimaryKeyConstraint("plan_id", "older", "newer"),
    ForeignKeyConstraint(["plan_id", "older"], ["changes.plan_id", "changes.no"]),
    ForeignKeyConstraint(["plan_id", "newer"], ["changes.plan_id", "changes.no"]),
    Index(None, "plan_id", "newer"),
)


questions = Table(
    "questions",
    metadata,
    plan_id(),
    Column("id", Text, nullable=False),
    Column("conversation", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("said", Text, nullable=False),
    Column("sentence", Text, nullable=False),
    Column("offers", Json, nullable=False),
    Column("form", Text, nullable=False),
    Column("asked_at", Instant, nullable=False),
    Column("is_guess", Boolean, nullable=False),
    Column("chosen", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("left_out_by", Text, nullable=False, server_default=""),
    PrimaryKeyConstraint("plan_id", "id"),
    Index(None, "plan_id", "conversation", "person", "asked_at"),
)


escalations = Table(
    "escalations",
    metadata,
    plan_id(),
    Column("change_no", Text, nullable=False),
    Column("department", Text, nullable=False),
    Column("round", Integer, nullable=False),
    Column("policy", Json, nullable=False),
    Column("opened_at", Instant, nullable=False),
    Column("rung", Integer, nullable=False),
    Column("next_at", Instant),
    Column("climbs", Json, nullable=False),
    Column("reminded_at", Instant),
    PrimaryKeyConstraint("plan_id", "change_no", "department"),
    ForeignKeyConstraint(
        ["plan_id", "change_no", "department"], ["steps.plan_id", "steps.change_no", "steps.department"]
    ),
    waiting("ix_escalations_next", "next_at", "next_at IS NOT NULL"),
)


delegations = Table(
    "delegations",
    metadata,
    plan_id(),
    Column("person", Text, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("deputy", Text, nullable=False),
    Column("first_day", Date, nullable=False),
    Column("last_day", Date, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("ended_at", Instant),
    Column("accepted_at", Instant),
    Column("ended_by", Text, nullable=False, server_default=text("''")),
    PrimaryKeyConstraint("plan_id", "person", "seq"),
    Index(None, "plan_id", "last_day"),
)


acknowledgements = Table(
    "acknowledgements",
    metadata,
    plan_id(),
    Column("change_no", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("at", Instant, nullable=False),
    PrimaryKeyConstraint("plan_id", "change_no", "person"),
    ForeignKeyConstraint(["plan_id", "change_no"], ["changes.plan_id", "changes.no"]),
)


detail_openings = Table(
    "detail_openings",
    metadata,
    plan_id(),
    Column("change_no", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("at", Instant, nullable=False),
    PrimaryKeyConstraint("plan_id", "change_no", "person"),
    ForeignKeyConstraint(["plan_id", "change_no"], ["changes.plan_id", "changes.no"]),
)
"""Who has opened the details of a submitted request, and when first: on a card or on its page."""
