"""Exceptions know the full scan that made something of them last, and are found by their item"""

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant

revision = "0047"
down_revision = "0046"
compatible = True


def upgrade() -> None:
    op.add_column("exceptions", sa.Column("scanned", Instant()))
    op.create_index(op.f("ix_exceptions_plan_id_item"), "exceptions", ["plan_id", "item"])


def downgrade() -> None:
    op.drop_index(op.f("ix_exceptions_plan_id_item"), "exceptions")
    op.drop_column("exceptions", "scanned")
