"""Pages that were shared"""

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant

revision = "0042"
down_revision = "0041"
compatible = True


def upgrade() -> None:
    op.create_table(
        "shared_pages",
        sa.Column("plan_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("until", Instant(), nullable=False),
        sa.Column("revoked_at", Instant()),
        sa.Column("opens", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("plan_id", "id", name=op.f("pk_shared_pages")),
        sa.UniqueConstraint("plan_id", "digest", name=op.f("uq_shared_pages_plan_id_digest")),
    )


def downgrade() -> None:
    op.drop_table("shared_pages")
