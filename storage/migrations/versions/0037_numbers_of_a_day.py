"""An index by which PostgreSQL finds the numbers of a day, whatever order its language has for them

SQLite compares texts by their bytes: the primary key serves there.
"""

from alembic import op

revision = "0037"
down_revision = "0036"
compatible = True
INDEX = "ix_changes_numbers"


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.create_index(INDEX, "changes", ["plan_id", "no"], postgresql_ops={"no": "text_pattern_ops"})


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.drop_index(INDEX, "changes")
