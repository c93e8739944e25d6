"""`python -m tests.chaos [name…]`: the long form of each scenario, or of those named; a line for each.

`--minutes 20`: each for so long at most; its line says how far it came.
"""

import argparse
import asyncio
import logging
import sys
from math import inf

from tests.chaos import rounds
from tests.chaos.scenarios import SCENARIOS


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="name", help=", ".join(SCENARIOS))
    parser.add_argument("--short", action="store_true", help="the sizes that run with the other tests")
    parser.add_argument("--minutes", type=float, default=inf, help="what each may take; it ends after a whole round")
    asked = parser.parse_args()
    if unknown := set(asked.names) - SCENARIOS.keys():
        parser.error(f"no scenario {', '.join(sorted(unknown))}: there are {', '.join(SCENARIOS)}")
    logging.disable(logging.CRITICAL)  # of the simulated platforms, whose callers die
    clean = True
    for name in asked.names or SCENARIOS:
        scenario = SCENARIOS[name]
        rounds.begin(asked.minutes)
        count = asyncio.run((scenario.short if asked.short else scenario.long)())
        print(count, flush=True)  # noqa: T201
        clean = clean and count.is_clean
    return 0 if clean else 1


if __name__ == "__main__":
    sys.exit(main())
