"""Where the tests' files lie: in memory where there is room, for no test asks whether a disk keeps its promise."""

import os
import shutil
import tempfile
from pathlib import Path

MEMORY = Path("/dev/shm")
ENOUGH = 2 << 30
"""Bytes: more than a run needs, its PostgreSQL servers and all."""


def work_in_memory() -> None:
    """For this process and those it starts; who has set `TMPDIR` knows better."""
    if MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free >= ENOUGH:
        tempfile.tempdir = os.environ.setdefault("TMPDIR", str(MEMORY))
