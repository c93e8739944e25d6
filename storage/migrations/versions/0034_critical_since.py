"""Since when an exception is critical: what was told of it before counts among a day's cards"""

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant

revision = "0034"
down_revision = "0033"
compatible = True
CRITICAL = 3


def upgrade() -> None:
    op.add_column("exceptions", sa.Column("critical_at", Instant()))
    op.execute(sa.text(f"UPDATE exceptions SET critical_at = opened_at WHERE worst = {CRITICAL}"))


def downgrade() -> None:
    op.drop_column("exceptions", "critical_at")
