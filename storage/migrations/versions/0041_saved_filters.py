"""Filters of the pages that people have saved"""

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant

revision = "0041"
down_revision = "0040"
compatible = True


def upgrade() -> None:
    op.create_table(
        "saved_filters",
        sa.Column("plan_id", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("saved_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("plan_id", "person", "name", name=op.f("pk_saved_filters")),
    )


def downgrade() -> None:
    op.drop_table("saved_filters")
