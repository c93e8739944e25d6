"""Pictures in the chat: what is to be drawn in the place of a message's text"""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
compatible = True


def upgrade() -> None:
    op.add_column("outbox", sa.Column("picture", sa.Text))


def downgrade() -> None:
    op.drop_column("outbox", "picture")
