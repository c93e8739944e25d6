"""A draft that reports have led to names their item"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"

INDEX = "ix_changes_facts_of"
FROM_FACTS = sa.text("facts_of <> ''")
_changes = sa.table(
    "changes", sa.column("plan_id"), sa.column("no"), sa.column("state"), sa.column("text"), sa.column("facts_of")
)


def upgrade() -> None:
    op.add_column("changes", sa.Column("facts_of", sa.Text(), nullable=False, server_default=sa.text("''")))
    op.create_index(
        INDEX, "changes", ["plan_id", "facts_of"], sqlite_where=FROM_FACTS, postgresql_where=FROM_FACTS
    )
    _name_items()


def _name_items() -> None:
    """Until now the text of such a draft was the report's number and the item."""
    connection, mine = op.get_bind(), _changes.c
    drafts = sa.select(mine.plan_id, mine.no, mine.text).where(mine.state == "draft", mine.text.startswith("RP-"))
    for row in connection.execute(drafts).all():
        of_item = row.text.partition(" ")[2]
        one = sa.update(_changes).where(mine.plan_id == row.plan_id, mine.no == row.no)
        connection.execute(one.values(facts_of=of_item))


def downgrade() -> None:
    op.drop_index(INDEX, "changes")
    op.drop_column("changes", "facts_of")
