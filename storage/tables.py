"""Every table. `plan_id` leads every key: the plan is the unit of consistency and of distribution; but one is about the
database as a whole."""

from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)

from storage.columns import Instant, Json, Quantity

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    }
)


def _plan() -> Column[str]:
    return Column("plan_id", Text, nullable=False)


def _waiting(name: str, column: str, where: str) -> Index:
    """A partial index over the rows that still wait, so that finding the due ones costs what is due."""
    return Index(name, "plan_id", column, sqlite_where=text(where), postgresql_where=text(where))


plans = Table(
    "plans",
    metadata,
    Column("plan_id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("calendar", Text, nullable=False),
    Column("head_revision", Integer, nullable=False),
    Column("links_revision", Integer, nullable=False),
    Column("department_calendars", Json, nullable=False),
    Column("kept_since", Integer, nullable=False, server_default=text("0")),
    Column("calendars", Json, nullable=False, server_default=text("'{}'")),
    Column("calendars_hash", Text, nullable=False, server_default=text("''")),
    Column("content_sum", Text, nullable=False, server_default=text("''")),
)
"""`content_sum`: of the hashes of items and links, in hexadecimal (`planning/plan/content.py`); empty: none yet."""


def _item() -> tuple[Column[Any], ...]:
    """An item as it is since `revision`."""
    return (
        _plan(),
        Column("code", Text, nullable=False),
        Column("title", Text, nullable=False),
        Column("start", Date, nullable=False),
        Column("finish", Date, nullable=False),
        Column("duration", Integer, nullable=False),
        Column("type", Text, nullable=False),
        Column("department", Text, nullable=False),
        Column("also_informs", Json, nullable=False),
        Column("owner", Text, nullable=False),
        Column("quantity", Quantity),
        Column("unit", Text, nullable=False),
        Column("mode", Text, nullable=False),
        Column("constraint", Text),
        Column("constraint_date", Date),
        Column("status", Text, nullable=False),
        Column("product", Text, nullable=False),
        Column("lot_minimum", Quantity),
        Column("lot_multiple", Quantity),
        Column("calendar", Text, nullable=False),
        Column("attributes", Json, nullable=False),
        Column("position", Integer, nullable=False),
        Column("revision", Integer, nullable=False),
    )


items = Table(
    "items",
    metadata,
    *_item(),
    PrimaryKeyConstraint("plan_id", "code"),
    ForeignKeyConstraint(["plan_id"], ["plans.plan_id"]),
    Index(None, "plan_id", "revision"),
    Index(None, "plan_id", "department"),
)

past_items = Table(
    "past_items",
    metadata,
    *_item(),
    Column("until", Integer, nullable=False),
    PrimaryKeyConstraint("plan_id", "code", "until"),
    ForeignKeyConstraint(["plan_id"], ["plans.plan_id"]),
    Index(None, "plan_id", "until"),
)
"""Past rows of items: from `revision` on, and no more in revision `until`."""


def _link() -> tuple[Column[Any], ...]:
    """A link as it is since `revision`."""
    return (
        _plan(),
        Column("predecessor", Text, nullable=False),
        Column("successor", Text, nullable=False),
        Column("kind", Text, nullable=False),
        Column("drives", Text, nullable=False),
        Column("lag", Integer, nullable=False),
        Column("lag_kind", Text, nullable=False),
        Column("ratio", Quantity),
        Column("ratio_per", Quantity),
        Column("scrap", Quantity, nullable=False),
        Column("hard", Boolean, nullable=False),
        Column("calendar", Text, nullable=False),
        Column("position", Integer, nullable=False),
        Column("revision", Integer, nullable=False, server_default=text("0")),
    )


links = Table(
    "links",
    metadata,
    *_link(),
    PrimaryKeyConstraint("plan_id", "predecessor", "successor", "kind", "drives"),
    ForeignKeyConstraint(["plan_id", "predecessor"], ["items.plan_id", "items.code"]),
    ForeignKeyConstraint(["plan_id", "successor"], ["items.plan_id", "items.code"]),
)

past_links = Table(
    "past_links",
    metadata,
    *_link(),
    Column("until", Integer, nullable=False),
    PrimaryKeyConstraint("plan_id", "predecessor", "successor", "kind", "drives", "until"),
    ForeignKeyConstraint(["plan_id"], ["plans.plan_id"]),
    Index(None, "plan_id", "until"),
)

stock = Table(
    "stock",
    metadata,
    _plan(),
    Column("product", Text, nullable=False),
    Column("on_hand", Quantity, nullable=False),
    Column("safety", Quantity, nullable=False),
    PrimaryKeyConstraint("plan_id", "product"),
    ForeignKeyConstraint(["plan_id"], ["plans.plan_id"]),
)

revisions = Table(
    "revisions",
    metadata,
    _plan(),
    Column("number", Integer, nullable=False),
    Column("change", Text, nullable=False),
    Column("applied_at", Instant, nullable=False),
    Column("applied_by", Text, nullable=False),
    Column("content_hash", Text, nullable=False),
    Column("prev_hash", Text, nullable=False),
    Column("hash", Text, nullable=False),
    Column("plan_hash", Text, nullable=False, server_default=text("''")),
    Column("stock_hash", Text, nullable=False, server_default=text("''")),
    PrimaryKeyConstraint("plan_id", "number"),
    ForeignKeyConstraint(["plan_id"], ["plans.plan_id"]),
    Index(None, "plan_id", "applied_at"),
)

revision_lines = Table(
    "revision_lines",
    metadata,
    _plan(),
    Column("number", Integer, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("item", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("department", Text, nullable=False),
    Column("field", Text, nullable=False),
    Column("before", Text, nullable=False),
    Column("after", Text, nullable=False),
    Column("days", Integer),
    Column("path", Json, nullable=False),
    PrimaryKeyConstraint("plan_id", "number", "seq"),
    ForeignKeyConstraint(["plan_id", "number"], ["revisions.plan_id", "revisions.number"]),
    Index(None, "plan_id", "item", "number"),
)

baselines = Table(
    "baselines",
    metadata,
    _plan(),
    Column("name", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("frozen_at", Instant, nullable=False),
    Column("frozen_by", Text, nullable=False),
    PrimaryKeyConstraint("plan_id", "name"),
    ForeignKeyConstraint(["plan_id", "revision"], ["revisions.plan_id", "revisions.number"]),
)

reports = Table(
    "reports",
    metadata,
    _plan(),
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
    _plan(),
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

changes = Table(
    "changes",
    metadata,
    _plan(),
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
    _plan(),
    Column("change_no", Text, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("item", Text, nullable=False),
    Column("op", Text, nullable=False),
    Column("to", Json),
    Column("pull", Boolean, nullable=False),
    PrimaryKeyConstraint("plan_id", "change_no", "seq"),
    ForeignKeyConstraint(["plan_id", "change_no"], ["changes.plan_id", "changes.no"]),
)

steps = Table(
    "steps",
    metadata,
    _plan(),
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
    PrimaryKeyConstraint("plan_id", "change_no", "department"),
    ForeignKeyConstraint(["plan_id", "change_no"], ["changes.plan_id", "changes.no"]),
    Index(None, "plan_id", "state"),
)

decisions = Table(
    "decisions",
    metadata,
    _plan(),
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
    _plan(),
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
    _plan(),
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
    PrimaryKeyConstraint("plan_id", "id"),
    Index(None, "plan_id", "conversation", "person", "asked_at"),
)

escalations = Table(
    "escalations",
    metadata,
    _plan(),
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
    _waiting("ix_escalations_next", "next_at", "next_at IS NOT NULL"),
)

delegations = Table(
    "delegations",
    metadata,
    _plan(),
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
    _plan(),
    Column("change_no", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("at", Instant, nullable=False),
    PrimaryKeyConstraint("plan_id", "change_no", "person"),
    ForeignKeyConstraint(["plan_id", "change_no"], ["changes.plan_id", "changes.no"]),
)

cards = Table(
    "cards",
    metadata,
    _plan(),
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
    _plan(),
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
    _plan(),
    Column("platform", Text, nullable=False),
    Column("company", Text, nullable=False),
    Column("pinned_at", Instant, nullable=False),
    PrimaryKeyConstraint("plan_id", "platform"),
)

left_groups = Table(
    "left_groups",
    metadata,
    _plan(),
    Column("conversation", Text, nullable=False),
    Column("left_at", Instant, nullable=False),
    PrimaryKeyConstraint("plan_id", "conversation"),
)

inbox = Table(
    "inbox",
    metadata,
    _plan(),
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
    _waiting("ix_inbox_due", "next_at", "state = 'new'"),
)

_SENT = text("state = 'sent'")
outbox = Table(
    "outbox",
    metadata,
    _plan(),
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
    _waiting("ix_outbox_due", "next_at", "state = 'new'"),
    Index("ix_outbox_sent", "plan_id", "conversation", "sent_at", sqlite_where=_SENT, postgresql_where=_SENT),
)

processes = Table(
    "processes",
    metadata,
    _plan(),
    Column("process", Text, nullable=False),
    Column("started_at", Instant, nullable=False),
    Column("beats", Integer, nullable=False),
    PrimaryKeyConstraint("plan_id", "process"),
)
"""Who serves a plan: whose beats stand still is gone, and its leases are free."""

rates = Table(
    "rates",
    metadata,
    _plan(),
    Column("kind", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("free_at", Instant, nullable=False),
    Column("refused", Integer, nullable=False),
    PrimaryKeyConstraint("plan_id", "kind", "subject"),
)

timers = Table(
    "timers",
    metadata,
    _plan(),
    Column("kind", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("state", Text, nullable=False),
    PrimaryKeyConstraint("plan_id", "kind", "subject"),
    _waiting("ix_timers_due", "due_at", "state = 'set'"),
)

digest_runs = Table(
    "digest_runs",
    metadata,
    _plan(),
    Column("conversation", Text, nullable=False),
    Column("day", Date, nullable=False),
    Column("ran_at", Instant, nullable=False),
    Column("revision", Integer, nullable=False),
    PrimaryKeyConstraint("plan_id", "conversation", "day"),
    ForeignKeyConstraint(["plan_id"], ["plans.plan_id"]),
)

readiness_told = Table(
    "readiness_told",
    metadata,
    _plan(),
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
    _plan(),
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
    _plan(),
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
    _plan(),
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
    PrimaryKeyConstraint("plan_id", "number"),
    ForeignKeyConstraint(["plan_id"], ["plans.plan_id"]),
    Index(
        "ix_exceptions_open", "plan_id", "code", "item", "second", unique=True,
        sqlite_where=text("state <> 'closed'"), postgresql_where=text("state <> 'closed'"),
    ),
    Index("ix_exceptions_closed", "plan_id", "closed_at"),
    Index(None, "plan_id", "state"),
    Index(None, "plan_id", "card"),
)
"""Episodes of exceptions; of each key one is not closed."""

exception_scans = Table(
    "exception_scans",
    metadata,
    _plan(),
    Column("due_at", Instant, nullable=False),
    Column("ran_at", Instant, nullable=False),
    Column("opened", Integer, nullable=False),
    Column("closed", Integer, nullable=False),
    Column("cards", Integer, nullable=False),
    PrimaryKeyConstraint("plan_id", "due_at"),
    ForeignKeyConstraint(["plan_id"], ["plans.plan_id"]),
)
"""Full scans, each once, with the cards that went out, or in the first days would have."""

requests = Table(
    "requests",
    metadata,
    _plan(),
    Column("caller", Text, nullable=False),
    Column("idempotency_key", Text, nullable=False),
    Column("fingerprint", Text, nullable=False),
    Column("change_no", Text, nullable=False),
    Column("at", Instant, nullable=False),
    PrimaryKeyConstraint("plan_id", "caller", "idempotency_key"),
)

audit_events = Table(
    "audit_events",
    metadata,
    _plan(),
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
    _plan(),
    Column("number", Integer, nullable=False),
    Column("hash", Text, nullable=False),
    PrimaryKeyConstraint("plan_id"),
)
"""End of each plan's trail: appending waits for its row."""

audit_anchors = Table(
    "audit_anchors",
    metadata,
    _plan(),
    Column("number", Integer, nullable=False),
    Column("at", Instant, nullable=False),
    Column("anchor", Text, nullable=False),
    PrimaryKeyConstraint("plan_id", "number"),
)
"""What was said of the trail's end to people (`planning/trail/anchor.py`); append-only as the trail itself."""

fences = Table(
    "fences",
    metadata,
    _plan(),
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

platform_calls = Table(
    "platform_calls",
    metadata,
    _plan(),
    Column("platform", Text, nullable=False),
    Column("month", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("calls", Integer, nullable=False),
    PrimaryKeyConstraint("plan_id", "platform", "month", "kind"),
)
"""Calls of a platform that count by the month, as 2026-11, by what they were spent on."""

rule_switches = Table(
    "rule_switches",
    metadata,
    _plan(),
    Column("rule", Text, nullable=False),
    Column("enabled", Boolean, nullable=False),
    Column("switched_by", Text, nullable=False),
    Column("switched_at", Instant, nullable=False),
    PrimaryKeyConstraint("plan_id", "rule"),
)

settings_versions = Table(
    "settings_versions",
    metadata,
    _plan(),
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
    _plan(),
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
    _plan(),
    Column("words", Json, nullable=False),
    Column("source", Text, nullable=False),
    Column("kept_by", Text, nullable=False),
    Column("kept_at", Instant, nullable=False),
    PrimaryKeyConstraint("plan_id"),
)
"""Other words for a plan's tables, as the newest import that gave some brought them."""

one_time_links = Table(
    "one_time_links",
    metadata,
    _plan(),
    Column("id", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("conversation", Text, nullable=False),
    Column("path", Text, nullable=False),
    Column("digest", Text),
    Column("made_at", Instant, nullable=False),
    Column("until", Instant),
    Column("used_at", Instant),
    PrimaryKeyConstraint("plan_id", "id"),
    UniqueConstraint("plan_id", "digest"),
    Index(None, "plan_id", "person"),
)
"""Links to the pages; the hash of what stands in the address is all that is kept of it."""

directory_runs = Table(
    "directory_runs",
    metadata,
    _plan(),
    Column("number", Integer, nullable=False),
    Column("platform", Text, nullable=False),
    Column("questions", Json, nullable=False),
    Column("users", Json),
    Column("asked_by", Text, nullable=False),
    Column("conversation", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("begun_at", Instant, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("trouble", Text, nullable=False),
    PrimaryKeyConstraint("plan_id", "number"),
    Index(None, "plan_id", "state"),
)

directory_pages = Table(
    "directory_pages",
    metadata,
    _plan(),
    Column("run", Integer, nullable=False),
    Column("question", Text, nullable=False),
    Column("page", Json, nullable=False),
    PrimaryKeyConstraint("plan_id", "run", "question"),
)

directory_members = Table(
    "directory_members",
    metadata,
    _plan(),
    Column("platform", Text, nullable=False),
    Column("user", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("department", Text, nullable=False),
    Column("number", Text, nullable=False),
    Column("present", Boolean, nullable=False),
    PrimaryKeyConstraint("plan_id", "platform", "user"),
)

join_codes = Table(
    "join_codes",
    metadata,
    _plan(),
    Column("person", Text, nullable=False),
    Column("platform", Text, nullable=False),
    Column("conversation", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("until", Instant, nullable=False),
    Column("used_at", Instant),
    PrimaryKeyConstraint("plan_id", "person"),
)

web_sessions = Table(
    "web_sessions",
    metadata,
    _plan(),
    Column("digest", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("standing", Text, nullable=False),
    Column("begun_at", Instant, nullable=False),
    Column("seen_at", Instant, nullable=False),
    PrimaryKeyConstraint("plan_id", "digest"),
    Index(None, "plan_id", "person"),
)

saved_filters = Table(
    "saved_filters",
    metadata,
    _plan(),
    Column("person", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("path", Text, nullable=False),
    Column("saved_at", Instant, nullable=False),
    PrimaryKeyConstraint("plan_id", "person", "name"),
)
"""Addresses of pages under a name, each a person's own."""

used_states = Table(
    "used_states",
    metadata,
    _plan(),
    Column("digest", Text, nullable=False),
    Column("used_at", Instant, nullable=False),
    PrimaryKeyConstraint("plan_id", "digest"),
)
"""What browsers brought back from a platform's log-in, by its hash, so that nothing is brought twice."""

shared_pages = Table(
    "shared_pages",
    metadata,
    _plan(),
    Column("id", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("path", Text, nullable=False),
    Column("made_by", Text, nullable=False),
    Column("audience", Text, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("until", Instant, nullable=False),
    Column("revoked_at", Instant),
    Column("opens", Integer, nullable=False),
    PrimaryKeyConstraint("plan_id", "id"),
    UniqueConstraint("plan_id", "digest"),
)
"""Pages that somebody shares; of what stands in the address the hash alone is kept."""

schema_marks = Table(
    "schema_marks",
    metadata,
    Column("at", Text, nullable=False),
    Column("oldest", Text, nullable=False),
    PrimaryKeyConstraint("at"),
)
"""The migration that the tables stand at, and the one that the oldest program which may use them ends with."""
