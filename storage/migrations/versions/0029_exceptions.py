"""Exceptions of a plan, and the scans that found them"""

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant, Json

revision = "0029"
down_revision = "0028"
compatible = True


def upgrade() -> None:
    op.create_table(
        "exceptions",
        sa.Column("plan_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("second", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("severity", sa.Integer(), nullable=False),
        sa.Column("worst", sa.Integer(), nullable=False),
        sa.Column("seen_at", Instant(), nullable=False),
        sa.Column("opened_at", Instant()),
        sa.Column("closed_at", Instant()),
        sa.Column("facts", Json, nullable=False),
        sa.Column("root", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("card", sa.Integer(), nullable=False),
        sa.Column("told", sa.Integer()),
        sa.Column("told_at", Instant()),
        sa.Column("climbed", sa.Integer(), nullable=False),
        sa.Column("reopened", sa.Integer(), nullable=False),
        sa.Column("missed", sa.Integer(), nullable=False),
        sa.Column("snoozed_until", Instant()),
        sa.Column("snoozed_at", sa.Integer(), nullable=False),
        sa.Column("muted_until", Instant()),
        sa.Column("taken_by", sa.Text(), nullable=False),
        sa.Column("taken_until", Instant()),
        sa.PrimaryKeyConstraint("plan_id", "number", name=op.f("pk_exceptions")),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.plan_id"], name=op.f("fk_exceptions_plan_id_plans")),
    )
    is_open = sa.text("state <> 'closed'")
    op.create_index(
        "ix_exceptions_open", "exceptions", ["plan_id", "code", "item", "second"], unique=True,
        sqlite_where=is_open, postgresql_where=is_open,
    )
    op.create_index("ix_exceptions_closed", "exceptions", ["plan_id", "closed_at"])
    op.create_table(
        "exception_scans",
        sa.Column("plan_id", sa.Text(), nullable=False),
        sa.Column("due_at", Instant(), nullable=False),
        sa.Column("ran_at", Instant(), nullable=False),
        sa.Column("opened", sa.Integer(), nullable=False),
        sa.Column("closed", sa.Integer(), nullable=False),
        sa.Column("cards", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("plan_id", "due_at", name=op.f("pk_exception_scans")),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.plan_id"], name=op.f("fk_exception_scans_plan_id_plans")),
    )


def downgrade() -> None:
    op.drop_table("exception_scans")
    op.drop_table("exceptions")
