"""The calendars a plan's dates are counted in, kept with the plan"""

import sqlalchemy as sa
from alembic import op

from storage.columns import Json

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.add_column("plans", sa.Column("calendars", Json, server_default=sa.text("'{}'"), nullable=False))
    op.add_column("plans", sa.Column("calendars_hash", sa.Text(), server_default=sa.text("''"), nullable=False))


def downgrade() -> None:
    op.drop_column("plans", "calendars_hash")
    op.drop_column("plans", "calendars")
