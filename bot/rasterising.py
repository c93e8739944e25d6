"""SVG to PNG in a process of its own: rasterising holds the interpreter for up to a second, and clicks cannot wait."""

import asyncio
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import structlog

from cards.picture import png

log = structlog.get_logger()
PATIENCE = 30
"""Seconds; a picture takes about one."""
_one_at_a_time = ThreadPoolExecutor(1, "rasterising")
"""Pictures are no reason to keep every core from the rest."""


class NoPicture(Exception):
    """`reason` is `no-font` or `no-picture`; the log has the rest."""

    def __init__(self, reason: str, told: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        log.error("a picture could not be drawn", action="picture.failed", reason=reason, told=told[-500:])


async def rasterised(svg: str) -> bytes:
    """The PNG. Raises NoPicture when this machine has no font for the words in it, or the process fails."""
    return await asyncio.get_running_loop().run_in_executor(_one_at_a_time, _rasterised, svg)


def _rasterised(svg: str) -> bytes:
    command = [sys.executable, "-I", png.__file__]
    try:
        ended = subprocess.run(command, input=svg.encode(), capture_output=True, timeout=PATIENCE, check=False)
    except subprocess.TimeoutExpired as late:
        raise NoPicture("no-picture", f"no answer in {PATIENCE} s") from late
    if ended.returncode == 0:
        return ended.stdout
    reason = "no-font" if ended.returncode == png.NO_FONT else "no-picture"
    raise NoPicture(reason, ended.stderr.decode(errors="replace"))
