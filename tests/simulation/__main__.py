"""Print who was asked when, and how many steps ended unanswered."""

import argparse
import sys

from tests.memory import work_in_memory
from tests.simulation.replay import replay, report


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.simulation", description=__doc__)
    parser.add_argument("--requests", type=int, default=100)
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    work_in_memory()
    sys.stdout.write(report(replay(given.requests, given.seed)) + "\n")


if __name__ == "__main__":
    main()
