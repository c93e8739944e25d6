"""Records: what two people agreed on by word of mouth, and what the other of them says to it"""

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant, Json

revision = "0050"
down_revision = "0048"
compatible = True


def upgrade() -> None:
    op.create_table(
        "records",
        sa.Column("plan_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("no", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("other", sa.Text(), nullable=False),
        sa.Column("party", sa.Text(), nullable=False),
        sa.Column("about", Json, nullable=False),
        sa.Column("room", sa.Text(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("replaces", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reminded_at", Instant()),
        sa.Column("lapsed_at", Instant()),
        sa.Column("answered_at", Instant()),
        sa.Column("answered_by", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("issue", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("plan_id", "number", name=op.f("pk_records")),
        sa.UniqueConstraint("plan_id", "no", name=op.f("uq_records_plan_id_no")),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.plan_id"], name=op.f("fk_records_plan_id_plans")),
    )
    for column in ("state", "by", "other"):
        op.create_index(op.f(f"ix_records_plan_id_{column}_number"), "records", ["plan_id", column, "number"])
    op.create_index(
        "ix_records_replaces", "records", ["plan_id", "replaces"],
        sqlite_where=sa.text("replaces <> ''"), postgresql_where=sa.text("replaces <> ''"),
    )  # fmt: skip
    op.create_table(
        "records_about",
        sa.Column("plan_id", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("plan_id", "about", "number", name=op.f("pk_records_about")),
        sa.ForeignKeyConstraint(
            ["plan_id", "number"], ["records.plan_id", "records.number"],
            name=op.f("fk_records_about_plan_id_number_records"),
        ),
    )  # fmt: skip


def downgrade() -> None:
    op.drop_table("records_about")
    op.drop_table("records")
