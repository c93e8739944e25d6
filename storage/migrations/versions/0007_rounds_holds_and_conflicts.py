"""How many approvals a step needs, what holds, replaces or takes back a change, and changes in each other's way"""

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant, Json

revision = "0007"
down_revision = "0006"

EMPTY, NONE = sa.text("''"), sa.text("'[]'")


def upgrade() -> None:
    op.add_column("steps", sa.Column("needs", sa.Integer(), server_default=sa.text("1"), nullable=False))
    op.add_column("steps", sa.Column("optional", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("decisions", sa.Column("round", sa.Integer(), server_default=sa.text("1"), nullable=False))
    op.execute(
        "UPDATE decisions SET round = (SELECT s.round FROM steps s WHERE s.plan_id = decisions.plan_id"
        " AND s.change_no = decisions.change_no AND s.department = decisions.department)"
    )
    op.add_column("changes", sa.Column("supersedes", Json, server_default=NONE, nullable=False))
    op.add_column("changes", sa.Column("also_by", Json, server_default=NONE, nullable=False))
    op.add_column("changes", sa.Column("superseded_by", sa.Text(), server_default=EMPTY, nullable=False))
    op.add_column("changes", sa.Column("suggested_by", sa.Text(), server_default=EMPTY, nullable=False))
    op.add_column("changes", sa.Column("reverts", sa.Text(), server_default=EMPTY, nullable=False))
    op.add_column("changes", sa.Column("held_at", Instant(), nullable=True))
    op.add_column("changes", sa.Column("held_by", Json, server_default=NONE, nullable=False))
    op.create_table(
        "conflicts",
        sa.Column("plan_id", sa.Text(), nullable=False),
        sa.Column("older", sa.Text(), nullable=False),
        sa.Column("newer", sa.Text(), nullable=False),
        sa.Column("fields", Json, nullable=False),
        sa.Column("stances", Json, nullable=False),
        sa.Column("settled", sa.Text(), nullable=False),
        sa.Column("settled_by", sa.Text(), nullable=False),
        sa.Column("opened_at", Instant(), nullable=False),
        sa.Column("settled_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["plan_id", "newer"], ["changes.plan_id", "changes.no"], name=op.f("fk_conflicts_plan_id_newer")
        ),
        sa.ForeignKeyConstraint(
            ["plan_id", "older"], ["changes.plan_id", "changes.no"], name=op.f("fk_conflicts_plan_id_older")
        ),
        sa.PrimaryKeyConstraint("plan_id", "older", "newer", name=op.f("pk_conflicts")),
    )
    op.create_index(op.f("ix_conflicts_plan_id_newer"), "conflicts", ["plan_id", "newer"])


def downgrade() -> None:
    op.drop_table("conflicts")
    for column in ("held_by", "held_at", "reverts", "suggested_by", "superseded_by", "also_by", "supersedes"):
        op.drop_column("changes", column)
    op.drop_column("decisions", "round")
    op.drop_column("steps", "optional")
    op.drop_column("steps", "needs")
