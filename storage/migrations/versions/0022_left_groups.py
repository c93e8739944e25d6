"""Groups that were taken out of the settings are remembered"""

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    op.create_table(
        "left_groups",
        sa.Column("plan_id", sa.Text(), nullable=False),
        sa.Column("conversation", sa.Text(), nullable=False),
        sa.Column("left_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("plan_id", "conversation", name=op.f("pk_left_groups")),
    )


def downgrade() -> None:
    op.drop_table("left_groups")
