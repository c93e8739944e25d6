"""`python -m tests.bench [--quick]`: measure, print, assert nothing."""

import argparse
import platform

from tests.bench import (
    calls,
    deciding,
    deliveries,
    exceptions,
    facts,
    floods,
    floor,
    live,
    pages,
    progress,
    questions,
    readiness,
    rebasing,
    scheduling,
    speech,
    stored,
)
from tests.simulation.figures import live_through


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="10,000 items instead of 100,000, growth to 100,000")
    quick = parser.parse_args().quick
    print(f"Python {platform.python_version()} on {platform.machine()}")
    scheduling.compare(10_000 if quick else 100_000)
    live.what_if(10_000 if quick else 100_000)
    readiness.every_order(10_000 if quick else 100_000)
    exceptions.full_scans(10_000 if quick else 100_000)
    facts.facts(10_000 if quick else 100_000)
    progress.departments(10_000 if quick else 100_000)
    speech.a_sentence()
    deciding.eight_departments()
    calls.platform_calls()
    live_through(10 if quick else 60)
    rebasing.second_look(5_000)
    questions.decisions_beside_questions(10_000 if quick else 100_000)
    pages.windows(10_000 if quick else 100_000)
    pages.decisions_beside_readers(10_000, 100 if quick else 600)
    floods.floods(10_000)
    deliveries.deliveries(500 if quick else 2_000)
    floor.card_beside_the_floor()
    stored.growing((1_000, 10_000, 100_000) if quick else (1_000, 10_000, 100_000, 1_000_000))
    scheduling.grow((1_000, 10_000, 100_000) if quick else (1_000, 10_000, 100_000, 1_000_000))


if __name__ == "__main__":
    main()
