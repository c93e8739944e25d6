"""The migrations of a program that comes after this one: ours, and one more."""

import shutil
from pathlib import Path

from storage.connection.compatibility import SCRIPTS, scripts_in
from storage.maintenance.migrate import upgrade

TOMORROW = "9999"
ADDS = 'op.add_column("companies", sa.Column("of_tomorrow", sa.Text()))'
"""What changes nothing for whoever does not know of it."""


def migrated_tomorrow(url: str, folder: Path, *, compatible: bool, steps: str = ADDS) -> None:
    """Bring a database to tables that this program has never heard of."""
    upgrade(url, scripts=scripts_of_tomorrow(folder, compatible=compatible, steps=steps))


def scripts_of_tomorrow(folder: Path, *, compatible: bool, steps: str = ADDS) -> Path:
    place = folder / "migrations of tomorrow"
    shutil.copytree(SCRIPTS, place, ignore=shutil.ignore_patterns("__pycache__"))
    (place / "versions" / f"{TOMORROW}_tomorrow.py").write_text(
        f'"""Tomorrow"""\n\nimport sqlalchemy as sa\nfrom alembic import op\n\nrevision = "{TOMORROW}"\n'
        f'down_revision = "{scripts_in(SCRIPTS).get_current_head()}"\ncompatible = {compatible}\n\n\n'
        f"def upgrade() -> None:\n    {steps}\n",
        encoding="utf-8",
    )
    return place
