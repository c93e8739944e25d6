"""Detail openings: who has opened the details of a request, and when first"""

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant

revision = "0051"
down_revision = "0050"
compatible = True


def upgrade() -> None:
    op.create_table(
        "detail_openings",
        sa.Column("plan_id", sa.Text(), nullable=False),
        sa.Column("change_no", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["plan_id", "change_no"],
            ["changes.plan_id", "changes.no"],
            name=op.f("fk_detail_openings_plan_id_change_no"),
        ),
        sa.PrimaryKeyConstraint("plan_id", "change_no", "person", name=op.f("pk_detail_openings")),
    )


def downgrade() -> None:
    op.drop_table("detail_openings")
