"""Which Tongpan this is."""

import platform
import tomllib
from pathlib import Path

from storage.engine import sqlite_module


def version() -> str:
    """As the project file has it, the one place where it stands."""
    project = Path(__file__).parents[2] / "pyproject.toml"
    return str(tomllib.loads(project.read_text(encoding="utf-8"))["project"]["version"])


def version_line() -> str:
    """What a problem report should begin with."""
    return f"Tongpan {version()} (Python {platform.python_version()}, SQLite {sqlite_module().sqlite_version})"
