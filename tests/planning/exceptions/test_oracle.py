"""Open rows of generated companies after every event and scan, and the cards they stand on, equal to those of the
independent program."""

from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from tests.oracle.company import Company
from tests.oracle.exceptions import roots, scans
from tests.oracle.generate import FEDORA, FIRST, LAST, company
from tests.planning.exceptions.ours import Excepting

WHOLE = (LAST - FIRST).days
Key = tuple[str, ...]


@pytest.mark.parametrize(
    ("seed", "orders", "days", "public"),
    [
        (1, 12, 15, False),
        pytest.param(2, 20, WHOLE, False, marks=pytest.mark.long),
        pytest.param(1, 80, WHOLE, True, marks=pytest.mark.long),
    ],
)
@pytest.mark.timeout(3600)
def test_every_scan(tmp_path: Path, seed: int, orders: int, days: int, public: bool) -> None:
    company(tmp_path, seed, orders, FEDORA if public else None)
    ours, seen = Excepting(tmp_path), Counter[str]()
    for view, theirs, when in scans(Company(tmp_path), FIRST, FIRST + timedelta(days)):
        if when == "evening":
            continue
        ours.scan(view.now, None if when == "full" else ours.subjects(view.now))
        found = {_key(one.key): one.severity.name.lower() for one in ours.episodes()}
        assert found == {_key(key): row.severity for key, row in theirs.open.items()}, view.now
        seen.update(key[0] for key in found)
        if when == "full":
            wanted = {_key(key): root[1] for key, root in roots(view, theirs.open).items()}
            assert {_key(key): item for key, item in ours.roots(view.now).items()} == wanted, view.now
    assert len(seen) >= 10, seen


def _key(key: tuple[str, ...]) -> Key:
    code, item, *second = map(str, key)
    return code, item, *(second or [""])
