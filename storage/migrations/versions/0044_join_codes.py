"""Codes that join the accounts of one person"""

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant

revision = "0044"
down_revision = "0043"
compatible = True


def upgrade() -> None:
    op.create_table(
        "join_codes",
        sa.Column("plan_id", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("conversation", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("until", Instant(), nullable=False),
        sa.Column("used_at", Instant()),
        sa.PrimaryKeyConstraint("plan_id", "person", name=op.f("pk_join_codes")),
    )


def downgrade() -> None:
    op.drop_table("join_codes")
