"""Other words for tables are kept with the plan"""

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant, Json

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    op.create_table(
        "wordings",
        sa.Column("plan_id", sa.Text(), nullable=False),
        sa.Column("words", Json, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("kept_by", sa.Text(), nullable=False),
        sa.Column("kept_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("plan_id", name=op.f("pk_wordings")),
    )


def downgrade() -> None:
    op.drop_table("wordings")
