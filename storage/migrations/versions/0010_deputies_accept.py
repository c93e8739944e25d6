"""Deputies accept before they act; a step may take any deputy who was named"""

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant

revision = "0010"
down_revision = "0009"

COLUMNS = ("accepted_at", "created_at", "ended_at", "ended_by", "person")
DELEGATIONS = sa.table("delegations", *map(sa.column, COLUMNS))


def upgrade() -> None:
    """Deputies named before keep acting, since they were named; what was ended had been taken back by its person."""
    op.add_column("delegations", sa.Column("accepted_at", Instant(), nullable=True))
    op.add_column("delegations", sa.Column("ended_by", sa.Text(), server_default=sa.text("''"), nullable=False))
    op.execute(sa.update(DELEGATIONS).values(accepted_at=DELEGATIONS.c.created_at))
    ended = DELEGATIONS.c.ended_at.is_not(None)
    op.execute(sa.update(DELEGATIONS).where(ended).values(ended_by=DELEGATIONS.c.person))
    op.add_column("steps", sa.Column("any_deputy", sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    """Who has not accepted does not act: such a delegation goes."""
    op.execute(sa.delete(DELEGATIONS).where(DELEGATIONS.c.accepted_at.is_(None)))
    with op.batch_alter_table("steps") as steps:
        steps.drop_column("any_deputy")
    with op.batch_alter_table("delegations") as delegations:
        delegations.drop_column("ended_by")
        delegations.drop_column("accepted_at")
