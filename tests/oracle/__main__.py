"""What stands each evening, or with --scans which exceptions are open after each scan: a line of JSON each.

python -m tests.oracle FOLDER [--scans] [FIRST LAST]
"""

import json
import sys
from datetime import date
from pathlib import Path

from .history import evenings, listed, plain, scans, state
from .read import Company

folder, *days = (argument for argument in sys.argv[1:] if argument != "--scans")
company = Company(Path(folder))
first, last = map(date.fromisoformat, days or (company.settings["first"], company.settings["last"]))


def say(line: object) -> None:
    sys.stdout.write(json.dumps(line, default=plain, ensure_ascii=False) + "\n")


if "--scans" in sys.argv:
    for view, exceptions, full in scans(company, first, last):
        say({"at": view.now, "full": full, "open": listed(view, exceptions)})
else:
    for view, exceptions in evenings(company, first, last):
        say(state(view, exceptions))
