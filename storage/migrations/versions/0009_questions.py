"""Questions to people who said something, and the commands offered to them"""

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant, Json

revision = "0009"
down_revision = "0008"

CARDS = sa.table("cards", sa.column("subject_kind"))


def upgrade() -> None:
    texts = ("id", "conversation", "person", "said", "sentence", "form", "chosen", "outcome")
    op.create_table(
        "questions",
        sa.Column("plan_id", sa.Text(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in texts),
        sa.Column("offers", Json, nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("is_guess", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("plan_id", "id", name=op.f("pk_questions")),
    )
    op.create_index(
        op.f("ix_questions_plan_id_conversation_person_asked_at"),
        "questions",
        ["plan_id", "conversation", "person", "asked_at"],
    )


def downgrade() -> None:
    op.execute(sa.delete(CARDS).where(CARDS.c.subject_kind == "question"))
    op.drop_table("questions")
