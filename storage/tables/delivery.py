"""Tables of what comes in and goes out: inbox, outbox, cards, timers and platform calls."""

from sqlalchemy import (
    BigInteger,
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

from storage.columns import Instant, Json
from storage.tables.base import metadata, plan_id, waiting

cards = Table(
    "cards",
    metadata,
    plan_id(),
    Column("card_id", Text, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("subject_kind", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("department", Text, nullable=False),
    Column("round", Integer, nullable=False),
    Column("conversation", Text, nullable=False),
    Column("wanted_version", Integer, nullable=False),
    Column("shown_version", Integer, nullable=False),
    Column("wire_id", Text, nullable=False),
    Column("handle", Text),
    Column("created_at", Instant, nullable=False),
    Column("first_shown_at", Instant),
    Column("trouble", Text, nullable=False, server_default=text("''")),
    PrimaryKeyConstraint("plan_id", "card_id"),
    Index(None, "plan_id", "subject_kind", "subject"),
    Index(None, "plan_id", "purpose", "created_at"),
)


showings = Table(
    "showings",
    metadata,
    plan_id(),
    Column("change_no", Text, nullable=False),
    Column("card_id", Text, nullable=False),
    Column("conversation", Text, nullable=False),
    Column("effect", Text, nullable=False),
    Column("at", Instant, nullable=False),
    PrimaryKeyConstraint("plan_id", "change_no", "card_id", "at"),
)


companies = Table(
    "companies",
    metadata,
    plan_id(),
    Column("platform", Text, nullable=False),
    Column("company", Text, nullable=False),
    Column("pinned_at", Instant, nullable=False),
    PrimaryKeyConstraint("plan_id", "platform"),
)


left_groups = Table(
    "left_groups",
    metadata,
    plan_id(),
    Column("conversation", Text, nullable=False),
    Column("left_at", Instant, nullable=False),
    PrimaryKeyConstraint("plan_id", "conversation"),
)


inbox = Table(
    "inbox",
    metadata,
    plan_id(),
    Column("platform", Text, nullable=False),
    Column("bot", Text, nullable=False),
    Column("event_id", Text, nullable=False),
    Column("delivery_id", Text),
    Column("kind", Text, nullable=False),
    Column("payload", Json, nullable=False),
    Column("received_at", Instant, nullable=False),
    Column("state", Text, nullable=False),
    Column("next_at", Instant, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("done_at", Instant),
    Column("trouble", Text, nullable=False, server_default=text("''")),
    Column("owner", Text),
    Column("trace", Text, nullable=False, server_default=text("''")),
    PrimaryKeyConstraint("plan_id", "platform", "bot", "event_id"),
    UniqueConstraint("plan_id", "platform", "bot", "delivery_id"),
    waiting("ix_inbox_due", "next_at", "state = 'new'"),
)


_SENT = text("state = 'sent'")


outbox = Table(
    "outbox",
    metadata,
    plan_id(),
    Column("dedupe", Text, nullable=False),
    Column("conversation", Text, nullable=False),
    Column("card_id", Text),
    Column("version", Integer),
    Column("body", Text),
    Column("priority", Integer, nullable=False, server_default=text("1")),
    Column("created_at", Instant, nullable=False),
    Column("state", Text, nullable=False),
    Column("next_at", Instant, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("token", Text),
    Column("sent_at", Instant),
    Column("trouble", Text, nullable=False, server_default=text("''")),
    Column("owner", Text),
    Column("best_before", Instant),
    Column("trace", Text, nullable=False, server_default=text("''")),
    Column("picture", Text),
    PrimaryKeyConstraint("plan_id", "dedupe"),
    waiting("ix_outbox_due", "next_at", "state = 'new'"),
    Index("ix_outbox_sent", "plan_id", "conversation", "sent_at", sqlite_where=_SENT, postgresql_where=_SENT),
)


processes = Table(
    "processes",
    metadata,
    plan_id(),
    Column("process", Text, nullable=False),
    Column("started_at", Instant, nullable=False),
    Column("beats", Integer, nullable=False),
    PrimaryKeyConstraint("plan_id", "process"),
)
"""Who serves a plan: whose beats stand still is gone, and its leases are free."""


rates = Table(
    "rates",
    metadata,
    plan_id(),
    Column("kind", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("free_at", Instant, nullable=False),
    Column("refused", Integer, nullable=False),
    PrimaryKeyConstraint("plan_id", "kind", "subject"),
)


timers = Table(
    "timers",
    metadata,
    plan_id(),
    Column("kind", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("state", Text, nullable=False),
    PrimaryKeyConstraint("plan_id", "kind", "subject"),
    waiting("ix_timers_due", "due_at", "state = 'set'"),
)


digest_runs = Table(
    "digest_runs",
    metadata,
    plan_id(),
    Column("conversation", Text, nullable=False),
    Column("day", Date, nullable=False),
    Column("ran_at", Instant, nullable=False),
    Column("revision", Integer, nullable=False),
    PrimaryKeyConstraint("plan_id", "conversation", "day"),
    ForeignKeyConstraint(["plan_id"], ["plans.plan_id"]),
)


requests = Table(
    "requests",
    metadata,
    plan_id(),
    Column("caller", Text, nullable=False),
    Column("idempotency_key", Text, nullable=False),
    Column("fingerprint", Text, nullable=False),
    Column("change_no", Text, nullable=False),
    Column("at", Instant, nullable=False),
    PrimaryKeyConstraint("plan_id", "caller", "idempotency_key"),
)


platform_calls = Table(
    "platform_calls",
    metadata,
    plan_id(),
    Column("platform", Text, nullable=False),
    Column("month", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("calls", Integer, nullable=False),
    PrimaryKeyConstraint("plan_id", "platform", "month", "kind"),
)
"""Calls of a platform that count by the month, as 2026-11, by what they were spent on."""


language_calls = Table(
    "language_calls",
    metadata,
    plan_id(),
    Column("month", Text, nullable=False),
    Column("calls", Integer, nullable=False),
    Column("answered", Integer, nullable=False),
    Column("tokens_in", BigInteger, nullable=False),
    Column("tokens_out", BigInteger, nullable=False),
    PrimaryKeyConstraint("plan_id", "month"),
)
"""Calls of the language model by month, of all plans in one row, which the first of them keeps."""
