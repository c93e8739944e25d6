"""The command line. `main` is all that `run.py` needs."""

from bot.cli.entrance import main

__all__ = ["main"]
