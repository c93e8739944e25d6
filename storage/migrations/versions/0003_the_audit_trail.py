"""The audit trail, which the database itself keeps append-only

A later migration that lets Alembic copy `audit_events` on SQLite has to put its triggers back.
"""

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant, Json

revision = "0003"
down_revision = "0002"

SAYS = "audit_events is append-only"
# INSERT OR REPLACE deletes without asking a trigger on DELETE, hence the third.
SQLITE = tuple(
    f"CREATE TRIGGER audit_events_no_{name} BEFORE {event} BEGIN SELECT RAISE(ABORT, '{SAYS}'); END"
    for name, event in (
        ("update", "UPDATE ON audit_events"),
        ("delete", "DELETE ON audit_events"),
        (
            "replace",
            "INSERT ON audit_events WHEN EXISTS "
            "(SELECT 1 FROM audit_events WHERE plan_id = NEW.plan_id AND number = NEW.number)",
        ),
    )
)
POSTGRESQL = (
    f"""CREATE FUNCTION audit_events_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '{SAYS}' USING ERRCODE = 'restrict_violation'; END $$""",
    """CREATE TRIGGER audit_events_no_change BEFORE UPDATE OR DELETE ON audit_events
    FOR EACH ROW EXECUTE FUNCTION audit_events_refuse()""",
    """CREATE TRIGGER audit_events_no_truncate BEFORE TRUNCATE ON audit_events
    FOR EACH STATEMENT EXECUTE FUNCTION audit_events_refuse()""",
)


def upgrade() -> None:
    op.create_table(
        "audit_events",
        sa.Column("plan_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("facts", Json, nullable=False),
        sa.Column("prev_hash", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("plan_id", "number", name=op.f("pk_audit_events")),
    )
    op.create_index(op.f("ix_audit_events_plan_id_at"), "audit_events", ["plan_id", "at"])
    op.create_index(op.f("ix_audit_events_plan_id_kind_number"), "audit_events", ["plan_id", "kind", "number"])
    op.create_table(
        "audit_heads",
        sa.Column("plan_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("plan_id", name=op.f("pk_audit_heads")),
    )
    for statement in POSTGRESQL if op.get_bind().dialect.name == "postgresql" else SQLITE:
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("audit_heads")
    op.drop_table("audit_events")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION audit_events_refuse()")
