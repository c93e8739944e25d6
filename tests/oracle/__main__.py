"""python -m tests.oracle FOLDER [FIRST LAST]: what stands each evening, a line of JSON a day."""

import json
import sys
from datetime import date
from pathlib import Path

from .history import evenings, plain, state
from .read import Company

company = Company(Path(sys.argv[1]))
first, last = map(date.fromisoformat, sys.argv[2:4] or (company.settings["first"], company.settings["last"]))
for view, exceptions in evenings(company, first, last):
    sys.stdout.write(json.dumps(state(view, exceptions), default=plain, ensure_ascii=False) + "\n")
