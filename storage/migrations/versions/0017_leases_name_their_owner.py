"""A lease names the process that holds it, and processes are known by their beats"""

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    for table in ("inbox", "outbox"):
        with op.batch_alter_table(table) as leased:
            leased.add_column(sa.Column("owner", sa.Text()))
    op.create_table(
        "processes",
        sa.Column("plan_id", sa.Text(), nullable=False),
        sa.Column("process", sa.Text(), nullable=False),
        sa.Column("started_at", Instant(), nullable=False),
        sa.Column("beats", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("plan_id", "process", name=op.f("pk_processes")),
    )


def downgrade() -> None:
    op.drop_table("processes")
    for table in ("outbox", "inbox"):
        with op.batch_alter_table(table) as leased:
            leased.drop_column("owner")
