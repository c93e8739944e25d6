"""What stands each evening, or with --scans after each event and each full scan: a line of JSON each.

python -m tests.oracle FOLDER [--scans] [FIRST LAST]
"""

import json
import sys
from datetime import date
from pathlib import Path

from .company import Company
from .exceptions import scans, state

folder, *days = (argument for argument in sys.argv[1:] if argument != "--scans")
company = Company(Path(folder))
first, last = map(date.fromisoformat, days or (company.settings["first"], company.settings["last"]))
for view, exceptions, when in scans(company, first, last):
    if (when == "evening") is ("--scans" not in sys.argv):
        line = {"at": view.now, "when": when} | state(view, exceptions)
        sys.stdout.write(json.dumps(line, default=str, ensure_ascii=False) + "\n")
