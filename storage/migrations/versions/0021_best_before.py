"""What is said may have a moment after which it is better not said"""

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    with op.batch_alter_table("outbox") as outbox:
        outbox.add_column(sa.Column("best_before", Instant()))


def downgrade() -> None:
    op.execute("UPDATE outbox SET state = 'sent' WHERE state = 'stale'")
    with op.batch_alter_table("outbox") as outbox:
        outbox.drop_column("best_before")
