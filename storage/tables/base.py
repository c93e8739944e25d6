"""What every table shares: one `MetaData`, the key of the plan, and an index over what waits."""

from sqlalchemy import Column, Index, MetaData, PrimaryKeyConstraint, Table, Text, text

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    }
)


def plan_id() -> Column[str]:
    """The column that leads every key."""
    return Column("plan_id", Text, nullable=False)


def waiting(name: str, column: str, where: str) -> Index:
    """A partial index over the rows that still wait, so that finding the due ones costs what is due."""
    return Index(name, "plan_id", column, sqlite_where=text(where), postgresql_where=text(where))


schema_marks = Table(
    "schema_marks",
    metadata,
    Column("at", Text, nullable=False),
    Column("oldest", Text, nullable=False),
    PrimaryKeyConstraint("at"),
)
"""The migration that the tables stand at, and the one that the oldest program which may use them ends with."""
