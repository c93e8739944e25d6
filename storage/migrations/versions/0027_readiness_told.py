"""Orders that were told of as not ready"""

import sqlalchemy as sa
from alembic import op

from storage.columns import Json

revision = "0027"
down_revision = "0026"
compatible = True


def upgrade() -> None:
    op.create_table(
        "readiness_told",
        sa.Column("plan_id", sa.Text(), nullable=False),
        sa.Column("order", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("lines", Json, nullable=False),
        sa.PrimaryKeyConstraint("plan_id", "order", name=op.f("pk_readiness_told")),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.plan_id"], name=op.f("fk_readiness_told_plan_id_plans")),
    )


def downgrade() -> None:
    op.drop_table("readiness_told")
