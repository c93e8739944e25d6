"""Print which lines and branches of each room the tests reach: `python -m tests.coverage`, after a run with `--cov`."""

import json
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath

from coverage import Coverage


@dataclass
class Reached:
    lines: int = 0
    lines_reached: int = 0
    branches: int = 0
    branches_reached: int = 0

    def add(self, summary: dict[str, int]) -> None:
        self.lines += summary["num_statements"]
        self.lines_reached += summary["covered_lines"]
        self.branches += summary["num_branches"]
        self.branches_reached += summary["covered_branches"]

    def __str__(self) -> str:
        return f"{share(self.lines_reached, self.lines)}  {share(self.branches_reached, self.branches)}"


def share(part: int, whole: int) -> str:
    return f"{part:6} of {whole:6} {100 * part / whole if whole else 100:6.1f} %"


def rooms() -> dict[str, Reached]:
    """By folder, a folder's own folders included."""
    found: defaultdict[str, Reached] = defaultdict(Reached)
    for file, summary in summaries():
        for folder in PurePath(file).parents:
            found["all" if folder == PurePath() else f"{folder}/"].add(summary)
    return dict(sorted(found.items()))


def summaries() -> Iterator[tuple[str, dict[str, int]]]:
    measured = Coverage()
    measured.load()
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "coverage.json"
        measured.json_report(outfile=str(report))
        for file, told in json.loads(report.read_text(encoding="utf-8"))["files"].items():
            yield file, told["summary"]


def table() -> str:
    head = f"{'room':32} {'lines':>25}  {'branches':>25}"
    return "\n".join((head, *(f"{room:32} {reached}" for room, reached in rooms().items())))


if __name__ == "__main__":
    sys.stdout.write(f"{table()}\n")
