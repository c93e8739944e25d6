"""The section `language`: off without it, an address that keeps what is said, and bounds that hold."""

import dataclasses
from pathlib import Path
from typing import Any

import pytest

from bot.environment import environment_of
from bot.logs import secrets_of
from handlers.language_terms import LanguageTerms
from tests.bot.settings.test_settings import MINIMAL, complaints, load

ENVIRON = {"LANGUAGE_KEY": "sk-s3cret"}


def section(url: str = "https://llm.example.com", **more: object) -> str:
    values = {"url": f"'{url}'", "key": "${LANGUAGE_KEY}", "model": "m", "monthly_calls": 5, **more}
    return f"{MINIMAL}\nlanguage: {{{', '.join(f'{key}: {value}' for key, value in values.items())}}}\n"


def test_it_is_off_by_default(tmp_path: Path) -> None:
    settings = load(tmp_path, MINIMAL)
    assert settings.language is None
    assert environment_of(settings).language_model is None


def test_the_environment_knows_neither_address_nor_key(tmp_path: Path) -> None:
    settings = load(tmp_path, section(), ENVIRON)
    terms = environment_of(settings).language_model
    assert terms == LanguageTerms("m", 5)
    assert "sk-s3cret" not in repr(settings)
    assert "llm.example.com" not in f"{settings!r}{dataclasses.asdict(terms or LanguageTerms('', 1))}"
    assert {"sk-s3cret", "https://llm.example.com/v1/chat/completions"} <= set(secrets_of(settings))


@pytest.mark.parametrize(
    ("typed", "called"),
    [
        ("https://api.example.com", "https://api.example.com/v1/chat/completions"),
        ("https://api.example.com/", "https://api.example.com/v1/chat/completions"),
        ("https://api.example.com/v1", "https://api.example.com/v1/chat/completions"),
        ("https://api.example.com/api/paas/v4/", "https://api.example.com/api/paas/v4/chat/completions"),
        ("https://api.example.com/v1/chat/completions", "https://api.example.com/v1/chat/completions"),
        ("https://x.example.com/a/v1?api-version=7", "https://x.example.com/a/v1/chat/completions?api-version=7"),
        ("http://127.0.0.1:11434", "http://127.0.0.1:11434/v1/chat/completions"),
        ("http://localhost:8000/v1", "http://localhost:8000/v1/chat/completions"),
        ("http://[::1]:8000", "http://[::1]:8000/v1/chat/completions"),
    ],
)
def test_where_it_is_asked(tmp_path: Path, typed: str, called: str) -> None:
    language = load(tmp_path, section(typed), ENVIRON).language
    assert language is not None
    assert language.url.get_secret_value() == called


@pytest.mark.parametrize(
    "typed",
    [
        "http://llm.example.com", "http://10.0.0.5:8000", "http://127.0.0.1.example.com", "http://localhost.example.com",
        "ftp://llm.example.com", "https://user:pw@llm.example.com", "https://llm.example.com#x", "llm.example.com",
        "https://模型.example.com", "https://?x", "http://0.0.0.0:1",
    ],
)  # fmt: skip
def test_what_people_say_does_not_travel_in_the_clear(tmp_path: Path, typed: str) -> None:
    (told,) = complaints(tmp_path, section(typed), ENVIRON)
    assert "language.url" in told
    assert typed not in told, "an address may hold a password"


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"timeout": 3.5}, "3"), ({"timeout": 0}, "0"), ({"monthly_calls": 0}, "1"),
        ({"model": "''"}, "language.model"),
        ({"price_in": 2}, "price_out"), ({"price_in": -1, "price_out": 1}, "0"), ({"functions": "[]"}, "functions"),
        ({"key": "'two words'"}, "language.key"), ({"key": '"a\\nb"'}, "language.key"),
    ],
)  # fmt: skip
def test_what_is_no_setting_of_it(tmp_path: Path, more: dict[str, Any], told: str) -> None:
    (line,) = complaints(tmp_path, section(**more), ENVIRON)
    assert told in line
    assert "two words" not in line
