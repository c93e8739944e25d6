"""Until when a change of the settings waits for somebody's word"""

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant

revision = "0039"
down_revision = "0038"
compatible = True


def upgrade() -> None:
    op.add_column("settings_requests", sa.Column("expires_at", Instant()))


def downgrade() -> None:
    op.drop_column("settings_requests", "expires_at")
