"""One-time links to the pages, and sessions of browsers"""

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant

revision = "0028"
down_revision = "0027"
compatible = True


def upgrade() -> None:
    op.create_table(
        "one_time_links",
        sa.Column("plan_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("conversation", sa.Text(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text()),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("until", Instant()),
        sa.Column("used_at", Instant()),
        sa.PrimaryKeyConstraint("plan_id", "id", name=op.f("pk_one_time_links")),
        sa.UniqueConstraint("plan_id", "digest", name=op.f("uq_one_time_links_plan_id_digest")),
    )
    op.create_index(op.f("ix_one_time_links_plan_id_person"), "one_time_links", ["plan_id", "person"])
    op.create_table(
        "web_sessions",
        sa.Column("plan_id", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("standing", sa.Text(), nullable=False),
        sa.Column("begun_at", Instant(), nullable=False),
        sa.Column("seen_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("plan_id", "digest", name=op.f("pk_web_sessions")),
    )
    op.create_index(op.f("ix_web_sessions_plan_id_person"), "web_sessions", ["plan_id", "person"])


def downgrade() -> None:
    op.drop_table("web_sessions")
    op.drop_table("one_time_links")
