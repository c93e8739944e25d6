"""Indexes for what is looked up by its time, so that it costs the same however many changes are stored"""

from alembic import op

revision = "0032"
down_revision = "0031"
compatible = True
BY = (("changes", ("proposer", "created_at")), ("changes", ("ended_at",)), ("revisions", ("applied_at",)))


def upgrade() -> None:
    for table, columns in BY:
        op.create_index(_named(table, columns), table, ["plan_id", *columns])


def downgrade() -> None:
    for table, columns in BY:
        op.drop_index(_named(table, columns), table)


def _named(table: str, columns: tuple[str, ...]) -> str:
    return op.f(f"ix_{table}_{'_'.join(('plan_id', *columns))}")
