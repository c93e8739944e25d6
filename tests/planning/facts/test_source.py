"""How old a source is, as it is shown: at most once its interval is fresh, at most one and a half times late."""

import pytest

from planning.facts.source import Freshness, SourceAge, id_of


@pytest.mark.parametrize(
    ("age", "expected", "freshness"),
    [(0, 9, "fresh"), (9, 9, "fresh"), (9.01, 9, "late"), (13.5, 9, "late"), (13.51, 9, "stale"), (500, 0, "fresh")],
)
def test_by_what_is_expected_of_it(age: float, expected: float, freshness: str) -> None:
    assert SourceAge("erp", "ERP", age, expected).freshness is Freshness(freshness)


@pytest.mark.parametrize(
    ("written", "source"), [("import:plan.csv", "import"), ("api:erp", "api:erp"), ("chat", "chat")]
)
def test_a_ledger_names_its_writer(written: str, source: str) -> None:
    assert id_of(written) == source
