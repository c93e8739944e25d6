"""Announcements: changes that somebody means to propose, with when they said so"""

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant, Json

revision = "0054"
down_revision = "0055"
compatible = True


def upgrade() -> None:
    op.create_table(
        "announcements",
        sa.Column("plan_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("no", sa.Text(), nullable=False),
        sa.Column("wish", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("departments", Json, nullable=False),
        sa.Column("announced_at", Instant(), nullable=False),
        sa.Column("change", sa.Text(), nullable=False),
        sa.Column("submitted_at", Instant()),
        sa.Column("called_off_at", Instant()),
        sa.Column("called_off_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("plan_id", "number", name=op.f("pk_announcements")),
        sa.UniqueConstraint("plan_id", "no", name=op.f("uq_announcements_plan_id_no")),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.plan_id"], name=op.f("fk_announcements_plan_id_plans")),
    )
    op.create_index(op.f("ix_announcements_plan_id_change_number"), "announcements", ["plan_id", "change", "number"])


def downgrade() -> None:
    op.drop_table("announcements")
