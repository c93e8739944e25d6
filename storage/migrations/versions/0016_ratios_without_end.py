"""A link's ratio may be a fraction whose decimals never end: what it is divided by"""

import sqlalchemy as sa
from alembic import op

from storage.columns import Quantity

revision = "0016"
down_revision = "0015"
TABLES = ("links", "past_links")


def upgrade() -> None:
    for table in TABLES:
        op.add_column(table, sa.Column("ratio_per", Quantity(), nullable=True))


def downgrade() -> None:
    """A fraction becomes the number it is near to."""
    for table in TABLES:
        number = "CAST(ratio AS REAL) / CAST(ratio_per AS REAL)" if _is_sqlite() else "ratio / ratio_per"
        op.execute(f"UPDATE {table} SET ratio = {number} WHERE ratio_per IS NOT NULL")
        op.drop_column(table, "ratio_per")


def _is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"
