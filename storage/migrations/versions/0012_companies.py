"""Our company on a platform whose settings do not name it"""

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.create_table(
        "companies",
        sa.Column("plan_id", sa.Text(), nullable=False),
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("company", sa.Text(), nullable=False),
        sa.Column("pinned_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("plan_id", "platform", name=op.f("pk_companies")),
    )


def downgrade() -> None:
    op.drop_table("companies")
