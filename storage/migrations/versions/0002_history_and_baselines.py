"""What items and links were before each revision, and revisions with a name"""

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant, Json, Quantity

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "baselines",
        sa.Column("plan_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("frozen_at", Instant(), nullable=False),
        sa.Column("frozen_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["plan_id", "revision"],
            ["revisions.plan_id", "revisions.number"],
            name=op.f("fk_baselines_plan_id_revision"),
        ),
        sa.PrimaryKeyConstraint("plan_id", "name", name=op.f("pk_baselines")),
    )
    op.create_table(
        "past_items",
        sa.Column("plan_id", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("start", sa.Date(), nullable=False),
        sa.Column("finish", sa.Date(), nullable=False),
        sa.Column("duration", sa.Integer(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("department", sa.Text(), nullable=False),
        sa.Column("also_informs", Json, nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("quantity", Quantity(), nullable=True),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=False),
        sa.Column("constraint", sa.Text(), nullable=True),
        sa.Column("constraint_date", sa.Date(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("product", sa.Text(), nullable=False),
        sa.Column("lot_minimum", Quantity(), nullable=True),
        sa.Column("lot_multiple", Quantity(), nullable=True),
        sa.Column("calendar", sa.Text(), nullable=False),
        sa.Column("attributes", Json, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("until", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.plan_id"], name=op.f("fk_past_items_plan_id")),
        sa.PrimaryKeyConstraint("plan_id", "code", "until", name=op.f("pk_past_items")),
    )
    op.create_index(op.f("ix_past_items_plan_id_until"), "past_items", ["plan_id", "until"])
    op.create_table(
        "past_links",
        sa.Column("plan_id", sa.Text(), nullable=False),
        sa.Column("predecessor", sa.Text(), nullable=False),
        sa.Column("successor", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("drives", sa.Text(), nullable=False),
        sa.Column("lag", sa.Integer(), nullable=False),
        sa.Column("lag_kind", sa.Text(), nullable=False),
        sa.Column("ratio", Quantity(), nullable=True),
        sa.Column("scrap", Quantity(), nullable=False),
        sa.Column("hard", sa.Boolean(), nullable=False),
        sa.Column("calendar", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("until", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.plan_id"], name=op.f("fk_past_links_plan_id")),
        sa.PrimaryKeyConstraint(
            "plan_id", "predecessor", "successor", "kind", "drives", "until", name=op.f("pk_past_links")
        ),
    )
    op.create_index(op.f("ix_past_links_plan_id_until"), "past_links", ["plan_id", "until"])
    op.add_column("links", sa.Column("revision", sa.Integer(), server_default=sa.text("0"), nullable=False))
    op.add_column("plans", sa.Column("kept_since", sa.Integer(), server_default=sa.text("0"), nullable=False))
    op.execute("UPDATE plans SET kept_since = head_revision")


def downgrade() -> None:
    op.drop_column("plans", "kept_since")
    op.drop_column("links", "revision")
    for table in ("past_links", "past_items"):
        op.drop_index(op.f(f"ix_{table}_plan_id_until"), table)
        op.drop_table(table)
    op.drop_table("baselines")
