"""Whoever asks for help in English is answered in it, whatever the language of the installation."""

from tests.handlers.company import PRODUCTION, Company


async def test_who_asks_for_help_in_english_gets_it_in_english(company: Company) -> None:
    assert "What you can tell" in await company.types("han", "help", PRODUCTION)
    assert "你可以" not in await company.types("han", "help all", PRODUCTION)
    assert "What you can tell" not in await company.types("han", "帮助", PRODUCTION)
