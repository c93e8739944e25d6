"""Past steps: what a department was asked before it was asked anew"""

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant, Json

revision = "0055"
down_revision = "0051"
compatible = True


def upgrade() -> None:
    op.create_table(
        "past_steps",
        sa.Column("plan_id", sa.Text(), nullable=False),
        sa.Column("change_no", sa.Text(), nullable=False),
        sa.Column("department", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("approvers", Json, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("due_at", Instant(), nullable=True),
        sa.Column("opened_at", Instant(), nullable=True),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("fallback", sa.Boolean(), nullable=False),
        sa.Column("needs", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("optional", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("any_deputy", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(
            ["plan_id", "change_no"], ["changes.plan_id", "changes.no"], name=op.f("fk_past_steps_plan_id_change_no")
        ),
        sa.PrimaryKeyConstraint("plan_id", "change_no", "department", "round", name=op.f("pk_past_steps")),
    )


def downgrade() -> None:
    op.drop_table("past_steps")
