"""Print who was asked when and how many steps ended unanswered, or what days of a company warned of and cost."""

import argparse
import sys

from tests.memory import work_in_memory
from tests.simulation.figures import live_through
from tests.simulation.replay import replay, report


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.simulation", description=__doc__)
    parser.add_argument("--requests", type=int, default=100)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--days", type=int, default=0, help="days of a whole company instead, on both platforms")
    given = parser.parse_args()
    work_in_memory()
    if given.days:
        live_through(given.days, given.seed)
    else:
        sys.stdout.write(report(replay(given.requests, given.seed)) + "\n")


if __name__ == "__main__":
    main()
