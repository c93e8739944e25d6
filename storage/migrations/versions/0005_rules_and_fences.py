"""Under which rule and fences a change was submitted; windows set in chat; trigger rules switched off"""

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant, Json

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "fences",
        sa.Column("plan_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("fence", Json, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("set_by", sa.Text(), nullable=False),
        sa.Column("set_at", Instant(), nullable=False),
        sa.Column("changed_by", sa.Text(), nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.plan_id"], name=op.f("fk_fences_plan_id")),
        sa.PrimaryKeyConstraint("plan_id", "number", name=op.f("pk_fences")),
    )
    op.create_table(
        "rule_switches",
        sa.Column("plan_id", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("switched_by", sa.Text(), nullable=False),
        sa.Column("switched_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("plan_id", "rule", name=op.f("pk_rule_switches")),
    )
    op.add_column("changes", sa.Column("policy", Json, nullable=True))


def downgrade() -> None:
    op.drop_column("changes", "policy")
    op.drop_table("rule_switches")
    op.drop_table("fences")
