"""Issues: what people found wrong, with who sees to it"""

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant

revision = "0046"
down_revision = "0045"
compatible = True


def upgrade() -> None:
    op.create_table(
        "issues",
        sa.Column("plan_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("no", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("department", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("room", sa.Text(), nullable=False),
        sa.Column("raised_at", Instant(), nullable=False),
        sa.Column("began_at", Instant(), nullable=False),
        sa.Column("handed_at", Instant(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("told", sa.Integer(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_by", sa.Text(), nullable=False),
        sa.Column("answered_at", Instant()),
        sa.Column("resolved_at", Instant()),
        sa.Column("closed_at", Instant()),
        sa.Column("closed_by", sa.Text(), nullable=False),
        sa.Column("reopened", sa.Integer(), nullable=False),
        sa.Column("change", sa.Text(), nullable=False),
        sa.Column("call", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("plan_id", "number", name=op.f("pk_issues")),
        sa.UniqueConstraint("plan_id", "no", name=op.f("uq_issues_plan_id_no")),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.plan_id"], name=op.f("fk_issues_plan_id_plans")),
    )
    op.create_index(op.f("ix_issues_plan_id_state_number"), "issues", ["plan_id", "state", "number"])
    op.create_index(
        "ix_issues_call", "issues", ["plan_id", "call"],
        sqlite_where=sa.text("call <> ''"), postgresql_where=sa.text("call <> ''"),
    )  # fmt: skip


def downgrade() -> None:
    op.drop_table("issues")
