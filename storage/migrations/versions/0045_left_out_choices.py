"""Choices that nothing is learnt from any more"""

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0044"
compatible = True


def upgrade() -> None:
    op.add_column("questions", sa.Column("left_out_by", sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("questions", "left_out_by")
