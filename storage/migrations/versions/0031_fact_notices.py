"""Notices of facts that wait to be told together"""

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant

revision = "0031"
down_revision = "0030"
compatible = True

TEXTS = ("conversation", "kind", "about", "of", "owner", "by", "before")


def upgrade() -> None:
    op.create_table(
        "fact_notices",
        sa.Column("plan_id", sa.Text(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in TEXTS),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("plan_id", *TEXTS[:4], name=op.f("pk_fact_notices")),
    )


def downgrade() -> None:
    op.drop_table("fact_notices")
