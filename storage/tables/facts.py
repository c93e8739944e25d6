"""Tables of what happened: reports, counts, sources, and what is told about them."""

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
    UniqueConstraint,
    text,
)

from storage.columns import Instant, Json, Quantity
from storage.tables.base import metadata, plan_id

reports = Table(
    "reports",
    metadata,
    plan_id(),
    Column("number", Integer, nullable=False),
    Column("no", Text, nullable=False),
    Column("item", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("day", Date),
    Column("at", Instant, nullable=False),
    Column("good", Quantity),
    Column("scrap", Quantity),
    Column("percent", Quantity),
    Column("remaining_days", Integer),
    Column("expected", Date),
    Column("over", Boolean, nullable=False),
    Column("corrects", Text, nullable=False),
    Column("void", Boolean, nullable=False),
    Column("by", Text, nullable=False),
    Column("acting_for", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("department", Text, nullable=False),
    Column("reason", Text, nullable=False),
    PrimaryKeyConstraint("plan_id", "number"),
    UniqueConstraint("plan_id", "no"),
    ForeignKeyConstraint(["plan_id"], ["plans.plan_id"]),
    Index(None, "plan_id", "item", "number"),
    Index(None, "plan_id", "by", "number"),
    Index("ix_reports_key", "plan_id", "key", sqlite_where=text("key <> ''"), postgresql_where=text("key <> ''")),
)
"""What people said has happened, append-only (`storage/trail/guards.py`). `number` counts the rows in their order."""


stock_snapshots = Table(
    "stock_snapshots",
    metadata,
    plan_id(),
    Column("number", Integer, nullable=False),
    Column("product", Text, nullable=False),
    Column("as_of", Instant, nullable=False),
    Column("on_hand", Quantity, nullable=False),
    Column("safety", Quantity, nullable=False),
    Column("source", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("difference", Quantity),
    PrimaryKeyConstraint("plan_id", "number"),
    ForeignKeyConstraint(["plan_id"], ["plans.plan_id"]),
    Index(None, "plan_id", "product", "as_of"),
)
"""Counts of stock, append-only. `difference`: what was found, less what the counts and reports before let expect."""


readiness_told = Table(
    "readiness_told",
    metadata,
    plan_id(),
    Column("order", Text, nullable=False),
    Column("since", Date, nullable=False),
    Column("lines", Json, nullable=False),
    PrimaryKeyConstraint("plan_id", "order"),
    ForeignKeyConstraint(["plan_id"], ["plans.plan_id"]),
)
"""Orders that were told of as red, with what of them was missing."""


fact_notices = Table(
    "fact_notices",
    metadata,
    plan_id(),
    Column("conversation", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("about", Text, nullable=False),
    Column("of", Text, nullable=False),
    Column("owner", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("before", Text, nullable=False),
    Column("at", Instant, nullable=False),
    PrimaryKeyConstraint("plan_id", "conversation", "kind", "about", "of"),
)
"""What facts mean to others, until it is told in one message."""


sources = Table(
    "sources",
    metadata,
    plan_id(),
    Column("id", Text, nullable=False),
    Column("since", Instant, nullable=False),
    Column("heard_at", Instant),
    Column("rows", Integer, nullable=False),
    Column("trouble", Text, nullable=False),
    Column("trouble_at", Instant),
    PrimaryKeyConstraint("plan_id", "id"),
)
"""Who tells the plan of facts: a token, the chat, imports, counts of stock; `heard_at` of stock: its newest `as_of`."""


exceptions = Table(
    "exceptions",
    metadata,
    plan_id(),
    Column("number", Integer, nullable=False),
    Column("code", Text, nullable=False),
    Column("item", Text, nullable=False),
    Column("second", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("severity", Integer, nullable=False),
    Column("worst", Integer, nullable=False),
    Column("seen_at", Instant, nullable=False),
    Column("opened_at", Instant),
    Column("closed_at", Instant),
    Column("critical_at", Instant),
    Column("facts", Json, nullable=False),
    Column("root", Text, nullable=False),
    Column("owner", Text, nullable=False),
    Column("card", Integer, nullable=False),
    Column("told", Integer),
    Column("told_at", Instant),
    Column("climbed", Integer, nullable=False),
    Column("reopened", Integer, nullable=False),
    Column("missed", Integer, nullable=False),
    Column("snoozed_until", Instant),
    Column("snoozed_at", Integer, nullable=False),
    Column("muted_until", Instant),
    Column("taken_by", Text, nullable=False),
    Column("taken_until", Instant),
    Column("scanned", Instant),
    PrimaryKeyConstraint("plan_id", "number"),
    ForeignKeyConstraint(["plan_id"], ["plans.plan_id"]),
    Index(
        "ix_exceptions_open", "plan_id", "code", "item", "second", unique=True,
        sqlite_where=text("state <> 'closed'"), postgresql_where=text("state <> 'closed'"),
    ),
    Index("ix_exceptions_closed", "plan_id", "closed_at"),
    Index(None, "plan_id", "state"),
    Index(None, "plan_id", "card"),
    Index(None, "plan_id", "item"),
)
"""Episodes of exceptions; of each key one is not closed."""


exception_scans = Table(
    "exception_scans",
    metadata,
    plan_id(),
    Column("due_at", Instant, nullable=False),
    Column("ran_at", Instant, nullable=False),
    Column("opened", Integer, nullable=False),
    Column("closed", Integer, nullable=False),
    Column("cards", Integer, nullable=False),
    PrimaryKeyConstraint("plan_id", "due_at"),
    ForeignKeyConstraint(["plan_id"], ["plans.plan_id"]),
)
"""Full scans, each once, with the cards that went out, or in the first days would have."""


issues = Table(
    "issues",
    metadata,
    plan_id(),
    Column("number", Integer, nullable=False),
    Column("no", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("about", Text, nullable=False),
    Column("department", Text, nullable=False),
    Column("owner", Text, nullable=False),
    Column("urgent", Boolean, nullable=False),
    Column("room", Text, nullable=False),
    Column("raised_at", Instant, nullable=False),
    Column("began_at", Instant, nullable=False),
    Column("handed_at", Instant, nullable=False),
    Column("state", Text, nullable=False),
    Column("told", Integer, nullable=False),
    Column("answer", Text, nullable=False),
    Column("answered_by", Text, nullable=False),
    Column("answered_at", Instant),
    Column("resolved_at", Instant),
    Column("closed_at", Instant),
    Column("closed_by", Text, nullable=False),
    Column("reopened", Integer, nullable=False),
    Column("change", Text, nullable=False),
    Column("call", Text, nullable=False),
    PrimaryKeyConstraint("plan_id", "number"),
    UniqueConstraint("plan_id", "no"),
    ForeignKeyConstraint(["plan_id"], ["plans.plan_id"]),
    Index(None, "plan_id", "state", "number"),
    Index("ix_issues_call", "plan_id", "call", sqlite_where=text("call <> ''"), postgresql_where=text("call <> ''")),
)
"""What people found wrong, with who sees to it. `number` counts the rows in their order."""


records = Table(
    "records",
    metadata,
    plan_id(),
    Column("number", Integer, nullable=False),
    Column("no", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("other", Text, nullable=False),
    Column("party", Text, nullable=False),
    Column("about", Json, nullable=False),
    Column("room", Text, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("replaces", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("reminded_at", Instant),
    Column("lapsed_at", Instant),
    Column("answered_at", Instant),
    Column("answered_by", Text, nullable=False),
    Column("answer", Text, nullable=False),
    Column("issue", Text, nullable=False),
    PrimaryKeyConstraint("plan_id", "number"),
    UniqueConstraint("plan_id", "no"),
    ForeignKeyConstraint(["plan_id"], ["plans.plan_id"]),
    Index(None, "plan_id", "state", "number"),
    Index(None, "plan_id", "by", "number"),
    Index(None, "plan_id", "other", "number"),
    Index("ix_records_replaces", "plan_id", "replaces", sqlite_where=text("replaces <> ''"),
          postgresql_where=text("replaces <> ''")),
)
"""What two people agreed on by word of mouth. `number` counts the rows in their order."""


records_about = Table(
    "records_about",
    metadata,
    plan_id(),
    Column("about", Text, nullable=False),
    Column("number", Integer, nullable=False),
    PrimaryKeyConstraint("plan_id", "about", "number"),
    ForeignKeyConstraint(["plan_id", "number"], ["records.plan_id", "records.number"]),
)
"""What each record names, to find it by."""


announcements = Table(
    "announcements",
    metadata,
    plan_id(),
    Column("number", Integer, nullable=False),
    Column("no", Text, nullable=False),
    Column("wish", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("item", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("departments", Json, nullable=False),
    Column("announced_at", Instant, nullable=False),
    Column("change", Text, nullable=False),
    Column("submitted_at", Instant),
    Column("called_off_at", Instant),
    Column("called_off_by", Text, nullable=False),
    PrimaryKeyConstraint("plan_id", "number"),
    UniqueConstraint("plan_id", "no"),
    ForeignKeyConstraint(["plan_id"], ["plans.plan_id"]),
    Index(None, "plan_id", "change", "number"),
)
"""Changes that were announced before they were proposed. `number` counts the rows in their order."""
