"""Changes of the settings that wait for somebody's word"""

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant, Json

revision = "0038"
down_revision = "0037"
compatible = True


def upgrade() -> None:
    op.create_table(
        "settings_requests",
        sa.Column("plan_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("wish", sa.Text(), nullable=False),
        sa.Column("facts", Json, nullable=False),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("conversation", sa.Text(), nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("standing", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=False),
        sa.Column("decided_at", Instant()),
        sa.PrimaryKeyConstraint("plan_id", "number", name=op.f("pk_settings_requests")),
    )
    op.create_index(
        op.f("ix_settings_requests_plan_id_asked_by"), "settings_requests", ["plan_id", "asked_by"]
    )


def downgrade() -> None:
    op.drop_table("settings_requests")
