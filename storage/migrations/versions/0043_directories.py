"""Directories of the platforms: what was read of them, and what of that was applied"""

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant, Json

revision = "0043"
down_revision = "0042"
compatible = True


def upgrade() -> None:
    op.create_table(
        "directory_runs",
        sa.Column("plan_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("questions", Json, nullable=False),
        sa.Column("users", Json),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("conversation", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("begun_at", Instant(), nullable=False),
        sa.Column("due_at", Instant(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("trouble", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("plan_id", "number", name=op.f("pk_directory_runs")),
    )
    op.create_index(op.f("ix_directory_runs_plan_id_state"), "directory_runs", ["plan_id", "state"])
    op.create_table(
        "directory_pages",
        sa.Column("plan_id", sa.Text(), nullable=False),
        sa.Column("run", sa.Integer(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("page", Json, nullable=False),
        sa.PrimaryKeyConstraint("plan_id", "run", "question", name=op.f("pk_directory_pages")),
    )
    op.create_table(
        "directory_members",
        sa.Column("plan_id", sa.Text(), nullable=False),
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("user", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("department", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("present", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("plan_id", "platform", "user", name=op.f("pk_directory_members")),
    )


def downgrade() -> None:
    for table in ("directory_members", "directory_pages", "directory_runs"):
        op.drop_table(table)
