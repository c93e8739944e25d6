"""Calls of the language model, by month"""

import sqlalchemy as sa
from alembic import op

revision = "0048"
down_revision = "0047"
compatible = True


def upgrade() -> None:
    op.create_table(
        "language_calls",
        sa.Column("plan_id", sa.Text(), nullable=False),
        sa.Column("month", sa.Text(), nullable=False),
        sa.Column("calls", sa.Integer(), nullable=False),
        sa.Column("answered", sa.Integer(), nullable=False),
        sa.Column("tokens_in", sa.BigInteger(), nullable=False),
        sa.Column("tokens_out", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("plan_id", "month", name=op.f("pk_language_calls")),
    )


def downgrade() -> None:
    op.drop_table("language_calls")
