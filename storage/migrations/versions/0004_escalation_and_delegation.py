"""The ladder of each waiting step, who acts for whom, and for whom a decision was made"""

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant, Json

revision = "0004"
down_revision = "0003"

WAITING = sa.text("next_at IS NOT NULL")


def upgrade() -> None:
    op.create_table(
        "escalations",
        sa.Column("plan_id", sa.Text(), nullable=False),
        sa.Column("change_no", sa.Text(), nullable=False),
        sa.Column("department", sa.Text(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("policy", Json, nullable=False),
        sa.Column("opened_at", Instant(), nullable=False),
        sa.Column("rung", sa.Integer(), nullable=False),
        sa.Column("next_at", Instant(), nullable=True),
        sa.Column("climbs", Json, nullable=False),
        sa.Column("reminded_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["plan_id", "change_no", "department"],
            ["steps.plan_id", "steps.change_no", "steps.department"],
            name=op.f("fk_escalations_plan_id_change_no_department"),
        ),
        sa.PrimaryKeyConstraint("plan_id", "change_no", "department", name=op.f("pk_escalations")),
    )
    op.create_index(
        "ix_escalations_next", "escalations", ["plan_id", "next_at"], sqlite_where=WAITING, postgresql_where=WAITING
    )
    op.create_table(
        "delegations",
        sa.Column("plan_id", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("deputy", sa.Text(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("plan_id", "person", "seq", name=op.f("pk_delegations")),
    )
    op.create_index(op.f("ix_delegations_plan_id_last_day"), "delegations", ["plan_id", "last_day"])
    op.add_column("decisions", sa.Column("acting_for", sa.Text(), server_default=sa.text("''"), nullable=False))


def downgrade() -> None:
    op.drop_column("decisions", "acting_for")
    op.drop_index(op.f("ix_delegations_plan_id_last_day"), "delegations")
    op.drop_table("delegations")
    op.drop_index("ix_escalations_next", "escalations")
    op.drop_table("escalations")
