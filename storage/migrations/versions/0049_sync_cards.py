"""Sync cards: the facts of each morning, and who signed them"""

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant, Json

revision = "0049"
down_revision = "0054"
compatible = True


def upgrade() -> None:
    op.create_table(
        "sync_cards",
        sa.Column("plan_id", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("since", Instant(), nullable=False),
        sa.Column("sent_at", Instant(), nullable=False),
        sa.Column("deadline", Instant(), nullable=False),
        sa.Column("closes_at", Instant(), nullable=False),
        sa.Column("seats", Json, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("escalated_at", Instant()),
        sa.Column("closed_at", Instant()),
        sa.PrimaryKeyConstraint("plan_id", "day", name=op.f("pk_sync_cards")),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.plan_id"], name=op.f("fk_sync_cards_plan_id_plans")),
    )
    op.create_table(
        "sync_versions",
        sa.Column("plan_id", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("plan_id", "day", "version", name=op.f("pk_sync_versions")),
        sa.ForeignKeyConstraint(
            ["plan_id", "day"], ["sync_cards.plan_id", "sync_cards.day"],
            name=op.f("fk_sync_versions_plan_id_day_sync_cards"),
        ),
    )  # fmt: skip
    op.create_table(
        "signatures",
        sa.Column("plan_id", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("seat", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("acting_for", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("plan_id", "day", "version", "seat", name=op.f("pk_signatures")),
        sa.ForeignKeyConstraint(
            ["plan_id", "day", "version"], ["sync_versions.plan_id", "sync_versions.day", "sync_versions.version"],
            name=op.f("fk_signatures_plan_id_day_version_sync_versions"),
        ),
    )  # fmt: skip


def downgrade() -> None:
    op.drop_table("signatures")
    op.drop_table("sync_versions")
    op.drop_table("sync_cards")
