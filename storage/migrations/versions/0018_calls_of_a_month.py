"""Calls of platforms that count by the month"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    op.create_table(
        "platform_calls",
        sa.Column("plan_id", sa.Text(), nullable=False),
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("month", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("calls", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("plan_id", "platform", "month", "kind", name=op.f("pk_platform_calls")),
    )


def downgrade() -> None:
    op.drop_table("platform_calls")
