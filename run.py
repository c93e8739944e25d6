"""Tongpan's command line: `python run.py` shows what there is."""

import sys

from bot.cli import main

if __name__ == "__main__":
    sys.exit(main())
