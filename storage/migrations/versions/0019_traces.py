"""Events and messages carry the trace they belong to; those that are there belong to none"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
TABLES = ("inbox", "outbox")


def upgrade() -> None:
    for table in TABLES:
        op.add_column(table, sa.Column("trace", sa.Text(), nullable=False, server_default=sa.text("''")))


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_column(table, "trace")
