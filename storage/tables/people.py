"""Tables of the directory: its runs, pages and members, and codes that join two accounts."""

from sqlalchemy import Boolean, Column, Index, Integer, PrimaryKeyConstraint, Table, Text

from storage.columns import Instant, Json
from storage.tables.base import metadata, plan_id

directory_runs = Table(
    "directory_runs",
    metadata,
    plan_id(),
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
    plan_id(),
    Column("run", Integer, nullable=False),
    Column("question", Text, nullable=False),
    Column("page", Json, nullable=False),
    PrimaryKeyConstraint("plan_id", "run", "question"),
)


directory_members = Table(
    "directory_members",
    metadata,
    plan_id(),
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
    plan_id(),
    Column("person", Text, nullable=False),
    Column("platform", Text, nullable=False),
    Column("conversation", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("until", Instant, nullable=False),
    Column("used_at", Instant),
    PrimaryKeyConstraint("plan_id", "person"),
)
