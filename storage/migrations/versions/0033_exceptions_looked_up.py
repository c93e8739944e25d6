"""Indexes for the exceptions that are open, those on a card, and the cards of a purpose that a day has seen"""

from alembic import op

revision = "0033"
down_revision = "0032"
compatible = True
BY = (("exceptions", ("state",)), ("exceptions", ("card",)), ("cards", ("purpose", "created_at")))


def upgrade() -> None:
    for table, columns in BY:
        op.create_index(_named(table, columns), table, ["plan_id", *columns])


def downgrade() -> None:
    for table, columns in BY:
        op.drop_index(_named(table, columns), table)


def _named(table: str, columns: tuple[str, ...]) -> str:
    return op.f(f"ix_{table}_{'_'.join(('plan_id', *columns))}")
