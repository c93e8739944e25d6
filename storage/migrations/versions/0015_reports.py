"""Reports: what people say has happened, append-only"""

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant, Quantity

revision = "0015"
down_revision = "0014"

SAYS = "reports is append-only"
# INSERT OR REPLACE deletes without asking a trigger on DELETE, hence the third.
SQLITE = tuple(
    f"CREATE TRIGGER reports_no_{name} BEFORE {event} BEGIN SELECT RAISE(ABORT, '{SAYS}'); END"
    for name, event in (
        ("update", "UPDATE ON reports"),
        ("delete", "DELETE ON reports"),
        (
            "replace",
            "INSERT ON reports WHEN EXISTS "
            "(SELECT 1 FROM reports WHERE plan_id = NEW.plan_id AND number = NEW.number)",
        ),
    )
)
POSTGRESQL = (
    f"""CREATE FUNCTION reports_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '{SAYS}' USING ERRCODE = 'restrict_violation'; END $$""",
    """CREATE TRIGGER reports_no_change BEFORE UPDATE OR DELETE ON reports
    FOR EACH ROW EXECUTE FUNCTION reports_refuse()""",
    """CREATE TRIGGER reports_no_truncate BEFORE TRUNCATE ON reports
    FOR EACH STATEMENT EXECUTE FUNCTION reports_refuse()""",
)
KEYED = sa.text("key <> ''")


def upgrade() -> None:
    op.create_table(
        "reports",
        sa.Column("plan_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("no", sa.Text(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("day", sa.Date()),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("good", Quantity()),
        sa.Column("scrap", Quantity()),
        sa.Column("percent", Quantity()),
        sa.Column("remaining_days", sa.Integer()),
        sa.Column("expected", sa.Date()),
        sa.Column("over", sa.Boolean(), nullable=False),
        sa.Column("corrects", sa.Text(), nullable=False),
        sa.Column("void", sa.Boolean(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("acting_for", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("department", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("plan_id", "number", name=op.f("pk_reports")),
        sa.UniqueConstraint("plan_id", "no", name=op.f("uq_reports_plan_id_no")),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.plan_id"], name=op.f("fk_reports_plan_id_plans")),
    )
    op.create_index(op.f("ix_reports_plan_id_item_number"), "reports", ["plan_id", "item", "number"])
    op.create_index(op.f("ix_reports_plan_id_by_number"), "reports", ["plan_id", "by", "number"])
    op.create_index("ix_reports_key", "reports", ["plan_id", "key"], sqlite_where=KEYED, postgresql_where=KEYED)
    for statement in POSTGRESQL if op.get_bind().dialect.name == "postgresql" else SQLITE:
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("reports")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION reports_refuse()")
