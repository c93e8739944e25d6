"""States that browsers came back with from a platform's log-in"""

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant

revision = "0040"
down_revision = "0039"
compatible = True


def upgrade() -> None:
    op.create_table(
        "used_states",
        sa.Column("plan_id", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("used_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("plan_id", "digest", name=op.f("pk_used_states")),
    )


def downgrade() -> None:
    op.drop_table("used_states")
