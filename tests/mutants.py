"""Mutation run over `planning/`: which rules does no test hold? A table of what survived, the worst files first.

    make mutants                                    # everything: hours
    make mutants SAMPLE=24                          # so many of each file, the same ones each time
    make mutants FILE=planning/change/approval.py   # one file
"""

import argparse
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from random import Random

MUTMUT = (str(Path(sys.executable).with_name("mutmut")),)
SEED = 8
HELD = ("killed", "timeout", "caught by type check")
COLUMNS = ("made", "tried", "held", "survived", "no tests")


def run(patterns: Sequence[str]) -> None:
    """One worker: the machine has other things to do. Raises CalledProcessError when the tests fail without mutants."""
    subprocess.run((*MUTMUT, "run", "--max-children", "1", *patterns), check=True)


def outcomes() -> dict[str, str]:
    """What became of each mutant so far, by its name; `not checked` of those that were not tried."""
    told = subprocess.run((*MUTMUT, "results", "--all", "true"), check=True, capture_output=True, text=True).stdout
    return dict(line.strip().split(": ", 1) for line in told.splitlines() if ": " in line)


def module(mutant: str) -> str:
    """`planning.change.approval` of `planning.change.approval.x_discard__mutmut_3`."""
    return mutant.rpartition(".")[0]


def sampled(mutants: Iterable[str], size: int) -> list[str]:
    """So many of each file, the same ones whenever the file is the same."""
    files: defaultdict[str, list[str]] = defaultdict(list)
    for mutant in sorted(mutants):
        files[module(mutant)].append(mutant)
    return [one for found in files.values() for one in Random(SEED).sample(found, min(size, len(found)))]


def table(outcomes: dict[str, str], wanted: str) -> list[str]:
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for mutant, outcome in outcomes.items():
        count = counts[module(mutant)]
        count["made"] += 1
        count["tried"] += outcome != "not checked"
        count["held" if outcome in HELD else outcome] += 1
    shown = sorted((file for file in counts if counts[file]["tried"] and file.startswith(wanted)),
                   key=lambda file: (-counts[file]["survived"] - counts[file]["no tests"], file))  # fmt: skip
    rows = [(file, *(counts[file][column] for column in COLUMNS)) for file in shown]
    total = ("all", *(sum(counts[file][column] for file in shown) for column in COLUMNS))
    return ["".join(f"{cell:<40}" if n == 0 else f"{cell:>10}" for n, cell in enumerate(row))
            for row in (("", *COLUMNS), *rows, total)]  # fmt: skip


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("file", nargs="?", type=Path)
    options.add_argument("--sample", type=int)
    given = options.parse_args()
    name = ".".join(given.file.with_suffix("").parts) if given.file else ""
    patterns = [f"{name}.*"] if name else []
    if given.sample:
        run(["planning.refusal.*"])  # makes the mutants of every file
        patterns = sampled((mutant for mutant in outcomes() if mutant.startswith(name)), given.sample)
    run(patterns)
    print("\n".join(table(outcomes(), name)))


if __name__ == "__main__":
    main()
