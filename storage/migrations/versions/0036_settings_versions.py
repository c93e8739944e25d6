"""Versions of the settings' sections, append-only"""

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant

revision = "0036"
down_revision = "0035"
compatible = True

SAYS = "settings_versions is append-only"
# INSERT OR REPLACE deletes without asking a trigger on DELETE, hence the third.
SQLITE = tuple(
    f"CREATE TRIGGER settings_versions_no_{name} BEFORE {event} BEGIN SELECT RAISE(ABORT, '{SAYS}'); END"
    for name, event in (
        ("update", "UPDATE ON settings_versions"),
        ("delete", "DELETE ON settings_versions"),
        (
            "replace",
            "INSERT ON settings_versions WHEN EXISTS "
            "(SELECT 1 FROM settings_versions WHERE plan_id = NEW.plan_id AND number = NEW.number)",
        ),
    )
)
POSTGRESQL = (
    f"""CREATE FUNCTION settings_versions_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '{SAYS}' USING ERRCODE = 'restrict_violation'; END $$""",
    """CREATE TRIGGER settings_versions_no_change BEFORE UPDATE OR DELETE ON settings_versions
    FOR EACH ROW EXECUTE FUNCTION settings_versions_refuse()""",
    """CREATE TRIGGER settings_versions_no_truncate BEFORE TRUNCATE ON settings_versions
    FOR EACH STATEMENT EXECUTE FUNCTION settings_versions_refuse()""",
)


def upgrade() -> None:
    op.create_table(
        "settings_versions",
        sa.Column("plan_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("section", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("effective_from", Instant(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("approved_by", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("file_hash", sa.Text(), nullable=False),
        sa.Column("prev_hash", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("plan_id", "number", name=op.f("pk_settings_versions")),
        sa.UniqueConstraint("plan_id", "section", "version", name=op.f("uq_settings_versions_plan_id_section_version")),
    )
    for statement in POSTGRESQL if op.get_bind().dialect.name == "postgresql" else SQLITE:
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("settings_versions")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION settings_versions_refuse()")
