"""Tables of the pages: links that log in, sessions, filters and shared pages."""

from sqlalchemy import Column, Index, Integer, PrimaryKeyConstraint, Table, Text, UniqueConstraint

from storage.columns import Instant
from storage.tables.base import metadata, plan_id

one_time_links = Table(
    "one_time_links",
    metadata,
    plan_id(),
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


web_sessions = Table(
    "web_sessions",
    metadata,
    plan_id(),
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
    plan_id(),
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
    plan_id(),
    Column("digest", Text, nullable=False),
    Column("used_at", Instant, nullable=False),
    PrimaryKeyConstraint("plan_id", "digest"),
)
"""What browsers brought back from a platform's log-in, by its hash, so that nothing is brought twice."""


shared_pages = Table(
    "shared_pages",
    metadata,
    plan_id(),
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
