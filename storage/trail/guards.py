"""Triggers that keep tables append-only, as migrations made them; a database that lacks one was worked on."""

from collections.abc import Mapping

from sqlalchemy import Connection, text

APPEND_ONLY = ("audit_events", "audit_anchors", "reports", "stock_snapshots", "settings_versions")
POSTGRESQL = text(
    "SELECT t.tgname, p.prosrc FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid "
    "WHERE NOT t.tgisinternal AND t.tgenabled IN ('O', 'A') AND t.tgrelid = to_regclass(:table)"
)
SQLITE = text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :table")


def missing_guards(connection: Connection) -> list[str]:
    """Names of the triggers that are gone, switched off or no longer what they were."""
    return [name for table in APPEND_ONLY for name in _missing(connection, table)]


def _missing(connection: Connection, table: str) -> list[str]:
    postgresql = connection.dialect.name == "postgresql"
    rows = connection.execute(POSTGRESQL if postgresql else SQLITE, {"table": table})
    found = {row[0]: row[1] for row in rows}
    wanted = _on_postgresql(table) if postgresql else _on_sqlite(table)
    return [name for name, body in wanted.items() if body not in found.get(name, "")]


def _on_sqlite(table: str) -> Mapping[str, str]:
    there = f"WHEN EXISTS (SELECT 1 FROM {table} WHERE plan_id = NEW.plan_id AND number = NEW.number) BEGIN"
    refusal = f"SELECT RAISE(ABORT, '{table} is append-only'); END"
    return {
        f"{table}_no_update": f"BEFORE UPDATE ON {table} BEGIN {refusal}",
        f"{table}_no_delete": f"BEFORE DELETE ON {table} BEGIN {refusal}",
        f"{table}_no_replace": f"BEFORE INSERT ON {table} {there} {refusal}",
    }


def _on_postgresql(table: str) -> Mapping[str, str]:
    refusal = f"BEGIN RAISE EXCEPTION '{table} is append-only' USING ERRCODE = 'restrict_violation'; END"
    return {f"{table}_no_change": refusal, f"{table}_no_truncate": refusal}
