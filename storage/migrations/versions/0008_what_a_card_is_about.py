"""A card is about a subject: a change request, a conflict of two, or something else"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

COLUMNS = ("plan_id", "purpose", "subject_kind", "subject", "department", "change_no")
CARDS = sa.table("cards", *map(sa.column, COLUMNS))
CONFLICTS = sa.table("conflicts", *map(sa.column, ("plan_id", "older", "newer")))
OF_CONFLICT = CARDS.c.purpose == "conflict"
"""Its cards named the newer request, and kept the older one's number as their department."""
EMPTY = sa.text("''")


def upgrade() -> None:
    op.add_column("cards", sa.Column("subject_kind", sa.Text(), server_default=sa.text("'change'"), nullable=False))
    op.add_column("cards", sa.Column("subject", sa.Text(), server_default=EMPTY, nullable=False))
    op.execute(sa.update(CARDS).values(subject=CARDS.c.change_no))
    pair = CARDS.c.department + "/" + CARDS.c.change_no
    op.execute(sa.update(CARDS).where(OF_CONFLICT).values(subject_kind="conflict", subject=pair, department=""))
    with op.batch_alter_table("cards") as cards:
        cards.drop_index("ix_cards_plan_id_change_no")
        cards.drop_constraint("fk_cards_plan_id_change_no", type_="foreignkey")
        cards.drop_column("change_no")
        cards.alter_column("subject_kind", server_default=None)
        cards.alter_column("subject", server_default=None)
        cards.create_index("ix_cards_plan_id_subject_kind_subject", ["plan_id", "subject_kind", "subject"])


def downgrade() -> None:
    """A card about anything else cannot be told by its change request: it goes, and its click finds no card."""
    op.execute(sa.delete(CARDS).where(CARDS.c.subject_kind.not_in(("change", "conflict"))))
    op.add_column("cards", sa.Column("change_no", sa.Text(), server_default=EMPTY, nullable=False))
    op.execute(sa.update(CARDS).values(change_no=CARDS.c.subject))
    pair = CONFLICTS.c.older + "/" + CONFLICTS.c.newer
    theirs = (CONFLICTS.c.plan_id == CARDS.c.plan_id) & (pair == CARDS.c.subject)
    older, newer = (sa.select(side).where(theirs).scalar_subquery() for side in (CONFLICTS.c.older, CONFLICTS.c.newer))
    op.execute(sa.update(CARDS).where(OF_CONFLICT).values(department=older, change_no=newer))
    with op.batch_alter_table("cards") as cards:
        cards.drop_index("ix_cards_plan_id_subject_kind_subject")
        cards.drop_column("subject")
        cards.drop_column("subject_kind")
        cards.alter_column("change_no", server_default=None)
        cards.create_foreign_key(
            "fk_cards_plan_id_change_no", "changes", ["plan_id", "change_no"], ["plan_id", "no"]
        )
        cards.create_index("ix_cards_plan_id_change_no", ["plan_id", "change_no"])
