"""Counts of stock, each with its instant and its source, append-only"""

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant, Quantity

revision = "0025"
down_revision = "0024"

SAYS = "stock_snapshots is append-only"
# INSERT OR REPLACE deletes without asking a trigger on DELETE, hence the third.
SQLITE = tuple(
    f"CREATE TRIGGER stock_snapshots_no_{name} BEFORE {event} BEGIN SELECT RAISE(ABORT, '{SAYS}'); END"
    for name, event in (
        ("update", "UPDATE ON stock_snapshots"),
        ("delete", "DELETE ON stock_snapshots"),
        (
            "replace",
            "INSERT ON stock_snapshots WHEN EXISTS "
            "(SELECT 1 FROM stock_snapshots WHERE plan_id = NEW.plan_id AND number = NEW.number)",
        ),
    )
)
POSTGRESQL = (
    f"""CREATE FUNCTION stock_snapshots_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '{SAYS}' USING ERRCODE = 'restrict_violation'; END $$""",
    """CREATE TRIGGER stock_snapshots_no_change BEFORE UPDATE OR DELETE ON stock_snapshots
    FOR EACH ROW EXECUTE FUNCTION stock_snapshots_refuse()""",
    """CREATE TRIGGER stock_snapshots_no_truncate BEFORE TRUNCATE ON stock_snapshots
    FOR EACH STATEMENT EXECUTE FUNCTION stock_snapshots_refuse()""",
)
IMPORT = "import "

_stock = sa.table(
    "stock", sa.column("plan_id"), sa.column("product"), sa.column("on_hand", Quantity()),
    sa.column("safety", Quantity()),
)  # fmt: skip
_revisions = sa.table(
    "revisions", sa.column("plan_id"), sa.column("number"), sa.column("change"), sa.column("applied_at", Instant()),
    sa.column("applied_by"),
)  # fmt: skip
_snapshots = sa.table(
    "stock_snapshots",
    *(sa.column(name) for name in ("plan_id", "number", "product", "source", "by")),
    *(sa.column(name, Quantity()) for name in ("on_hand", "safety")),
    *(sa.column(name, Instant()) for name in ("as_of", "at")),
)


def upgrade() -> None:
    op.create_table(
        "stock_snapshots",
        sa.Column("plan_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("product", sa.Text(), nullable=False),
        sa.Column("as_of", Instant(), nullable=False),
        sa.Column("on_hand", Quantity(), nullable=False),
        sa.Column("safety", Quantity(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("difference", Quantity()),
        sa.PrimaryKeyConstraint("plan_id", "number", name=op.f("pk_stock_snapshots")),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.plan_id"], name=op.f("fk_stock_snapshots_plan_id_plans")),
    )
    op.create_index(
        op.f("ix_stock_snapshots_plan_id_product_as_of"), "stock_snapshots", ["plan_id", "product", "as_of"]
    )
    _keep_what_is_known()
    for statement in POSTGRESQL if op.get_bind().dialect.name == "postgresql" else SQLITE:
        op.execute(statement)


def _keep_what_is_known() -> None:
    """The stock of each plan was counted when its last tables came in, as far as anybody knows."""
    connection = op.get_bind()
    brought = sa.select(_revisions).where(_revisions.c.change.startswith(IMPORT)).order_by(_revisions.c.number)
    last = {row.plan_id: row for row in connection.execute(brought)}
    numbers: dict[str, int] = {}
    for row in connection.execute(sa.select(_stock).order_by(_stock.c.plan_id, _stock.c.product)).all():
        if by := last.get(row.plan_id):
            number = numbers[row.plan_id] = numbers.get(row.plan_id, 0) + 1
            values = {"on_hand": row.on_hand, "safety": row.safety, "as_of": by.applied_at, "at": by.applied_at}
            told = {"product": row.product, "source": f"import:{by.change.removeprefix(IMPORT)}", "by": by.applied_by}
            connection.execute(sa.insert(_snapshots).values(plan_id=row.plan_id, number=number, **values, **told))


def downgrade() -> None:
    op.drop_table("stock_snapshots")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION stock_snapshots_refuse()")
