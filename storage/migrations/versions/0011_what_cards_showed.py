"""The effect that each card showed, where and since when: what a typed vote has seen"""

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """What older cards showed is not known: a vote typed for one of them brings the card back first."""
    texts = ("change_no", "card_id", "conversation", "effect")
    op.create_table(
        "showings",
        sa.Column("plan_id", sa.Text(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in texts),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("plan_id", "change_no", "card_id", "at", name=op.f("pk_showings")),
    )


def downgrade() -> None:
    op.drop_table("showings")
