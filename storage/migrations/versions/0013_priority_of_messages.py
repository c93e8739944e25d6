"""Messages leave by priority, and a conversation's last minute is counted"""

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant

revision = "0013"
down_revision = "0012"
SENT = sa.text("state = 'sent'")


def upgrade() -> None:
    with op.batch_alter_table("outbox") as outbox:
        outbox.add_column(sa.Column("priority", sa.Integer(), nullable=False, server_default=sa.text("1")))
    op.create_index("ix_outbox_sent", "outbox", ["plan_id", "sent_at"], sqlite_where=SENT, postgresql_where=SENT)
    op.create_table(
        "rates",
        sa.Column("plan_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("free_at", Instant(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("plan_id", "kind", "subject", name=op.f("pk_rates")),
    )


def downgrade() -> None:
    op.drop_table("rates")
    op.drop_index("ix_outbox_sent", "outbox")
    with op.batch_alter_table("outbox") as outbox:
        outbox.drop_column("priority")
