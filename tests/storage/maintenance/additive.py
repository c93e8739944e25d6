"""What a migration takes from a program that knows only the tables before it."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Inspector, inspect

from storage.connection.engine import open_engine

Seen = dict[str, dict[str, Any]]
"""By table: its columns by name, and what restrains its rows."""


def seen(url: str) -> Seen:
    engine = open_engine(url, writer=False)
    try:
        inspector = inspect(engine)
        names = set(inspector.get_table_names()) - {"alembic_version"}
        return {name: {"columns": _columns(inspector, name), **_restraints(inspector, name)} for name in names}
    finally:
        engine.dispose()


def taken(before: Seen, after: Seen) -> list[str]:
    """What is missing or forbidden now; empty: the migration only adds."""
    return [
        found
        for name, table in sorted(before.items())
        for found in (_of_table(name, table, after[name]) if name in after else [f"{name} is gone"])
    ]


def _of_table(name: str, before: dict[str, Any], after: dict[str, Any]) -> Iterator[str]:
    for column, was in before["columns"].items():
        now = after["columns"].get(column)
        if now is None:
            yield f"{name}.{column} is gone"
        elif now["type"] != was["type"]:
            yield f"{name}.{column} was {was['type']} and is {now['type']}"
        elif was["nullable"] and not now["nullable"]:
            yield f"{name}.{column} may not be empty any more"
    for column in after["columns"].keys() - before["columns"].keys():
        if after["columns"][column]["is_wanted"]:
            yield f"{name}.{column} is new and wanted of every row"
    for kind in ("unique", "foreign", "check"):
        for restraint in sorted(after[kind] - before[kind]):
            yield f"{name} has a new {kind} restraint: {restraint}"


def _columns(inspector: Inspector, table: str) -> dict[str, dict[str, Any]]:
    return {
        column["name"]: {
            "type": str(column["type"]),
            "nullable": column["nullable"],
            "is_wanted": not column["nullable"] and column["default"] is None,
        }
        for column in inspector.get_columns(table)
    }


def _restraints(inspector: Inspector, table: str) -> dict[str, set[str]]:
    primary = inspector.get_pk_constraint(table)["constrained_columns"]
    unique: list[object] = [one["column_names"] for one in inspector.get_unique_constraints(table)]
    unique += [one["column_names"] for one in inspector.get_indexes(table) if one["unique"]]
    foreign = inspector.get_foreign_keys(table)
    return {
        "unique": {str(columns) for columns in (primary, *unique)},
        "foreign": {f"{one['constrained_columns']} → {one['referred_table']}" for one in foreign},
        "check": {one["sqltext"] for one in inspector.get_check_constraints(table)},
    }
