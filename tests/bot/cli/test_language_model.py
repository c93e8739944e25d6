"""What the operator sees of the language model: doctor asks it on request, the report counts."""

import asyncio
from zoneinfo import ZoneInfo

import pytest

from bot.clock import SystemClock
from sandbox.language_model import LanguageModel, right
from storage.unit_of_work import UnitOfWork
from tests.bot.cli.conftest import Ended, Office
from tests.bot.cli.test_audit import with_database

SHANGHAI = ZoneInfo("Asia/Shanghai")
KEY = "sk-0nly-f0r-tests"
SECTION = "language: {{url: '{url}', key: {key}, model: some-model, monthly_calls: 10, timeout: 3{more}}}"


async def asked(office: Office, model: LanguageModel, more: str = "", key: str = KEY) -> Ended:
    async with model.served() as url:
        office.settings(more=SECTION.format(url=url, key=key, more=more))
        return await asyncio.to_thread(office.run, "doctor", "--model")


async def test_it_is_asked_on_request(office: Office) -> None:
    office.plan()
    model = LanguageModel(KEY, "some-model", lambda said: ["进度 XX-1"])
    ended = await asked(office, model)
    assert "✓ 语言模型 some-model：答了 进度 XX-1" in ended.out
    assert ended.status == 0
    assert not model.refused
    (body,) = model.bodies
    assert "王五".encode() not in body
    assert b"MO-1" not in body


async def test_and_not_otherwise(office: Office) -> None:
    office.plan()
    model = LanguageModel(KEY, "some-model")
    async with model.served() as url:
        office.settings(more=SECTION.format(url=url, key=KEY, more=""))
        ended = await asyncio.to_thread(office.run, "doctor")
    assert "doctor --model" in ended.out
    assert not model.bodies


@pytest.mark.parametrize(
    ("key", "content", "told"),
    [
        ("wrong-key", '{"commands": []}', "✗ 语言模型 some-model：3 秒内没有能用的回答（HTTP 401）"),
        (KEY, "hello", "✗ 语言模型 some-model：3 秒内没有能用的回答（unreadable）"),
        (KEY, '{"commands": []}', "! 语言模型 some-model：能答，但"),
    ],
)
async def test_what_is_wrong_is_told(office: Office, key: str, content: str, told: str) -> None:
    office.plan()
    ended = await asked(office, LanguageModel(KEY, "some-model", always=lambda: right(content)), key=key)
    assert told in ended.out
    assert key not in ended.out + ended.err
    assert "127.0.0.1" not in ended.out


def test_the_report_and_doctor_count(office: Office) -> None:
    office.settings(more=SECTION.format(url="https://llm.example.com/v1", key=KEY, more=", price_in: 2, price_out: 8"))
    office.plan()

    def unit(uow: UnitOfWork) -> None:
        calls = uow.language_calls_of("main")
        month = f"{SystemClock().now().astimezone(SHANGHAI):%Y-%m}"
        for _ in range(10):
            assert calls.take(month, 10)
        assert not calls.take(month, 10)
        calls.answered(month, 500_000, 250_000)
        uow.commit()

    with_database(unit)
    told = "语言模型 some-model 本月问了 10 / 10 次，答了 1 次（发出 500,000、收到 250,000 token）"
    assert told in office.run("language", "report").out
    ended = office.run("doctor")
    assert f"! {told} 花费约 30.00" in ended.out
    assert "llm.example.com" not in ended.out

