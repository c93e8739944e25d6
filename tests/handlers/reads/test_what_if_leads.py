"""影响 says first what matters most: which orders would be late."""

from tests.handlers.company import PRODUCTION, Company


async def test_the_lateness_stands_first_in_what_if(company: Company) -> None:
    told = await company.types("han", "影响 MO-1 推迟2天", PRODUCTION)
    lines = [line for line in told.splitlines() if line]
    assert lines[1] == "- ⚠ DL-1 星河发货 晚 2 天"
    assert "影响：影响" not in told
    assert "**影响**" not in told
