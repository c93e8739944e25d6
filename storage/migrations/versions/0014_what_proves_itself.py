"""What lets a database prove itself: hashes of the plan in each revision, and anchors of the trail

Revisions that are there keep their hashes; the first one after this seals the whole plan.
"""

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant

revision = "0014"
down_revision = "0013"

SAYS = "audit_anchors is append-only"
# INSERT OR REPLACE deletes without asking a trigger on DELETE, hence the third.
SQLITE = tuple(
    f"CREATE TRIGGER audit_anchors_no_{name} BEFORE {event} BEGIN SELECT RAISE(ABORT, '{SAYS}'); END"
    for name, event in (
        ("update", "UPDATE ON audit_anchors"),
        ("delete", "DELETE ON audit_anchors"),
        (
            "replace",
            "INSERT ON audit_anchors WHEN EXISTS "
            "(SELECT 1 FROM audit_anchors WHERE plan_id = NEW.plan_id AND number = NEW.number)",
        ),
    )
)
POSTGRESQL = (
    f"""CREATE FUNCTION audit_anchors_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '{SAYS}' USING ERRCODE = 'restrict_violation'; END $$""",
    """CREATE TRIGGER audit_anchors_no_change BEFORE UPDATE OR DELETE ON audit_anchors
    FOR EACH ROW EXECUTE FUNCTION audit_anchors_refuse()""",
    """CREATE TRIGGER audit_anchors_no_truncate BEFORE TRUNCATE ON audit_anchors
    FOR EACH STATEMENT EXECUTE FUNCTION audit_anchors_refuse()""",
)


def upgrade() -> None:
    hashes = (("plans", "content_sum"), ("revisions", "plan_hash"), ("revisions", "stock_hash"))
    for table, name in hashes:
        op.add_column(table, sa.Column(name, sa.Text(), nullable=False, server_default=sa.text("''")))
    op.create_table(
        "audit_anchors",
        sa.Column("plan_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("anchor", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("plan_id", "number", name=op.f("pk_audit_anchors")),
    )
    for statement in POSTGRESQL if op.get_bind().dialect.name == "postgresql" else SQLITE:
        op.execute(statement)


def downgrade() -> None:
    """Revisions that sealed the plan would no longer fit their hashes: an older program reads them as broken."""
    op.drop_table("audit_anchors")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION audit_anchors_refuse()")
    for table, name in (("revisions", "stock_hash"), ("revisions", "plan_hash"), ("plans", "content_sum")):
        op.drop_column(table, name)
