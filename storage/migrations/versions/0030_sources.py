"""Sources of facts and when each spoke last"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant

revision = "0030"
down_revision = "0029"
compatible = True

IMPORT = "import "
_sources = sa.table(
    "sources", *(sa.column(name) for name in ("plan_id", "id", "rows", "trouble")), sa.column("since", Instant()),
    sa.column("heard_at", Instant()),
)  # fmt: skip
_reports = sa.table("reports", sa.column("plan_id"), sa.column("source"), sa.column("at", Instant()))
_snapshots = sa.table("stock_snapshots", sa.column("plan_id"), sa.column("as_of", Instant()))
_revisions = sa.table(
    "revisions", sa.column("plan_id"), sa.column("change"), sa.column("applied_at", Instant())
)


def upgrade() -> None:
    op.create_table(
        "sources",
        sa.Column("plan_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("since", Instant(), nullable=False),
        sa.Column("heard_at", Instant()),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("trouble", sa.Text(), nullable=False),
        sa.Column("trouble_at", Instant()),
        sa.PrimaryKeyConstraint("plan_id", "id", name=op.f("pk_sources")),
    )
    for plan, source, first, last in _spoke():
        values = {"plan_id": plan, "id": source, "since": first, "heard_at": last, "rows": 0, "trouble": ""}
        op.get_bind().execute(sa.insert(_sources).values(values))


def _spoke() -> Iterator[tuple[str, str, datetime, datetime]]:
    """What is known of before: the reports, the counts of stock and the tables that were brought in."""
    reported = _reports.c.source, _reports.c.at
    yield from _spans(sa.select(_reports.c.plan_id, reported[0], *_ends(reported[1])).group_by(
        _reports.c.plan_id, reported[0]))  # fmt: skip
    yield from _spans(sa.select(_snapshots.c.plan_id, sa.literal("stock"), *_ends(_snapshots.c.as_of)).group_by(
        _snapshots.c.plan_id))  # fmt: skip
    brought = sa.select(_revisions.c.plan_id, sa.literal("import"), *_ends(_revisions.c.applied_at))
    yield from _spans(brought.where(_revisions.c.change.startswith(IMPORT)).group_by(_revisions.c.plan_id))


def _ends(column: sa.ColumnElement[Any]) -> tuple[sa.ColumnElement[Any], sa.ColumnElement[Any]]:
    return sa.func.min(column, type_=Instant()), sa.func.max(column, type_=Instant())


def _spans(query: sa.Select[Any]) -> Iterator[tuple[str, str, datetime, datetime]]:
    yield from (tuple(row) for row in op.get_bind().execute(query).all())


def downgrade() -> None:
    op.drop_table("sources")
