"""The schema says which programs may run on it"""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
compatible = False  # the program before this one does not look for a mark


def upgrade() -> None:
    op.create_table(
        "schema_marks",
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("oldest", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("at", name=op.f("pk_schema_marks")),
    )


def downgrade() -> None:
    op.drop_table("schema_marks")
