"""Tables of the plan: items, links, stock, and what they were."""

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
    text,
)

from storage.columns import Instant, Json, Quantity
from storage.tables.base import metadata, plan_id

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
        plan_id(),
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
        plan_id(),
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
    plan_id(),
    Column("product", Text, nullable=False),
    Column("on_hand", Quantity, nullable=False),
    Column("safety", Quantity, nullable=False),
    PrimaryKeyConstraint("plan_id", "product"),
    ForeignKeyConstraint(["plan_id"], ["plans.plan_id"]),
)


revisions = Table(
    "revisions",
    metadata,
    plan_id(),
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
    plan_id(),
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
    plan_id(),
    Column("name", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("frozen_at", Instant, nullable=False),
    Column("frozen_by", Text, nullable=False),
    PrimaryKeyConstraint("plan_id", "name"),
    ForeignKeyConstraint(["plan_id", "revision"], ["revisions.plan_id", "revisions.number"]),
)
