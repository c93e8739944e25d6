"""A conversation's last hour is counted, as its last minute is"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
SENT = sa.text("state = 'sent'")


def upgrade() -> None:
    _index("conversation", "sent_at")


def downgrade() -> None:
    _index("sent_at")


def _index(*columns: str) -> None:
    op.drop_index("ix_outbox_sent", "outbox")
    op.create_index("ix_outbox_sent", "outbox", ["plan_id", *columns], sqlite_where=SENT, postgresql_where=SENT)
