"""Inputs by the thousand to everything that parses: each is read or refused in its way; none crashes or hangs."""

import copy
import csv
import faulthandler
import json
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random
from typing import Any

import yaml

from bot.channels.common.clean import clean, parsed
from bot.channels.dingtalk import events as dingtalk
from bot.channels.wecom.aibot import events as aibot
from bot.channels.wecom.app import events as app
from bot.channels.wecom.app import xml
from bot.company import load_company
from bot.demo import Keys, _settings
from bot.platforms import PLATFORMS
from bot.settings import SettingsError, load_settings
from bot.tables import TableError
from bot.tables.read import read_plan
from cards.action import Action, BadAction
from handlers.inbound.commands import COMMANDS
from handlers.language import parse
from planning.refusal import Refused
from tests.bot.channels.hostile import TEXTS
from tests.chaos.count import Count
from tests.chaos.rounds import while_time

TODAY, NOW = date(2026, 11, 30), datetime(2026, 11, 30, 1, tzinfo=UTC)
HANGS = 60
"""Seconds after which an input is held to hang: then the run ends with a stack."""
LETTERS = "改期提交撤回推迟天因为 0123456789-+/.,，。:：@#*|\\\"'{}[]<>&=%\n\t\x00\x1b\u200b\ud800\U0001f69aMOSPQabcxyz"
VALUES: tuple[Any, ...] = (
    None, True, 0, -1, 10**30, 1.5, float("nan"), "", "x", "\ud800", [], {}, [[]], {"a": {}}, "9" * 400,
)  # fmt: skip
COMMAND_SEEDS = (
    "改期 SO-1042 +2天 因为 展会", "数量 SO-1042 120 因为 加单", "要求修改 012 改期 SO-1042 +1天",
    "如果 SO-1042 推迟3天会怎样", "what if SO-1042 slips 3 days", "委托 韩冬 12-01 到 12-05 因为 出差",
    *(words for phrase in COMMANDS.vocabulary.phrases for words in (phrase.example, phrase.example_en, *phrase.also)),
)  # fmt: skip
DINGTALK_SEED = {
    "conversationId": "cid1", "conversationType": "2", "msgId": "m1", "msgtype": "text", "text": {"content": "查计划"},
    "senderStaffId": "010", "senderCorpId": "c", "chatbotCorpId": "c", "createAt": 1764464400000, "robotCode": "r",
    "atUsers": [{"dingtalkId": "x", "staffId": "011"}], "repliedMsg": {"content": {"text": "x"}},
}  # fmt: skip
CLICK_SEED = {
    "userId": "010", "outTrackId": "c1", "spaceId": "cid1", "spaceType": "IM_GROUP", "corpId": "c",
    "content": '{"cardPrivateData": {"params": {"action": "c1/approve", "reason": "x"}}}',
}  # fmt: skip
AIBOT_SEED = {
    "msgid": "m1", "aibotid": "b", "chatid": "g", "chattype": "group", "from": {"userid": "u"}, "msgtype": "text",
    "text": {"content": "@通盘 查计划"}, "create_time": 1764464400,
    "quote": {"msgtype": "text", "text": {"content": "x"}},
    "event": {"eventtype": "template_card_event", "template_card_event": {"task_id": "t", "event_key": "t/approve"}},
}  # fmt: skip
XML_SEED = (
    "<xml><ToUserName>w</ToUserName><FromUserName>u</FromUserName><CreateTime>1764464400</CreateTime>"
    "<MsgType>text</MsgType><Content>查计划</Content><MsgId>1</MsgId><AgentID>1</AgentID><TaskId>t</TaskId>"
    "<EventKey>t/approve</EventKey><ResponseCode>r</ResponseCode></xml>"
)


@dataclass(frozen=True)
class Size:
    inputs: int = 4000
    seed: int = 3


LONG = Size(inputs=1_000_000)
Kind = tuple[Callable[[Random], Any], Callable[[Any], object], tuple[type[Exception], ...], int]
"""What draws an input, what reads it, how that refuses it, and how many of a thousand inputs it gets."""


async def run(size: Size) -> Count:
    """Crashes count as lost."""
    random, tried, refused, crashed, slowest = Random(size.seed), Counter[str](), Counter[str](), Counter[str](), 0.0
    with _kinds() as kinds:
        each = [(name, kind) for name, kind in kinds.items() for _ in range(kind[3])]
        for _ in while_time(range(size.inputs // len(each))):
            for name, (draw, read, refusals, _) in each:
                given = draw(random)
                faulthandler.dump_traceback_later(HANGS, exit=True)
                begun = time.perf_counter()
                try:
                    read(given)
                except refusals:
                    refused[name] += 1
                except Exception as error:
                    crashed[f"{name} {type(error).__name__} {str(error)[:80]} of {str(given)[:300]!r}"] += 1
                finally:
                    faulthandler.cancel_dump_traceback_later()
                tried[name] += 1
                slowest = max(slowest, time.perf_counter() - begun)
    told: dict[str, object] = {"inputs": tried.total(), **{f"of {name}": n for name, n in tried.items()}}
    told |= {"refused": refused.total(), "slowest ms": round(slowest * 1000)}
    if crashed:
        told["crashes"] = "; ".join(crashed)
    return Count("inputs", crashed.total(), figures=told)


@contextmanager
def _kinds() -> Iterator[Mapping[str, Kind]]:
    with tempfile.TemporaryDirectory() as folder:
        tables, settings = _Tables(Path(folder)), _SettingsFile(Path(folder))
        unreadable = (dingtalk.Unreadable,)
        yield {
            "commands": (_command, lambda words: parse(words, TODAY, COMMANDS.vocabulary), (Refused,), 300),
            "frames": (_frame, lambda words: clean(parsed(words)), (ValueError,), 200),
            "dingtalk": (_of(DINGTALK_SEED), lambda data: dingtalk.said(clean(data), "d", "r", NOW), unreadable, 150),
            "clicks": (_of(CLICK_SEED), lambda data: dingtalk.clicked(clean(data), "d", "r", 1, NOW), unreadable, 100),
            "aibot": (_of(AIBOT_SEED), _read_aibot, (aibot.Unreadable,), 100),
            "callbacks": (lambda random: _spoilt(random, XML_SEED), _read_xml, (ValueError,), 80),
            "actions": (lambda random: _spoilt(random, "c1/approve@abc/choice"), Action.unpack, (BadAction,), 50),
            "imports": (tables.draw, tables.read, (TableError,), 12),
            "settings": (settings.draw, settings.read, (SettingsError,), 8),
        }


def _spoilt(random: Random, words: str) -> str:
    """With letters gone, new, doubled or in another order."""
    letters = list(words)
    for _ in range(random.choice((1, 1, 2, 3, 8))):
        at = random.randrange(len(letters) + 1)
        match random.randrange(5):
            case 0:
                del letters[at : at + random.randrange(1, 5)]
            case 1:
                letters[at:at] = random.choices(LETTERS, k=random.randrange(1, 6))
            case 2:
                letters[at:at] = letters[at : at + random.randrange(1, 20)] * random.choice((1, 1, 2, 50))
            case 3:
                letters[at:] = random.sample(letters[at:], len(letters[at:]))
            case _ if at < len(letters):
                letters[at] = random.choice(LETTERS)
    return "".join(letters)


def _command(random: Random) -> str:
    if random.random() < 0.2:
        return "".join(random.choices(LETTERS, k=random.randrange(60)))
    words = random.choice(COMMAND_SEEDS)
    if random.random() < 0.2:
        words += random.choice(("\n", " ", "，", "；")) + random.choice(COMMAND_SEEDS)
    return _spoilt(random, words)


def _frame(random: Random) -> str | bytes:
    if random.random() < 0.05:
        return random.choice(list(TEXTS.values()))
    words = _spoilt(random, json.dumps(random.choice((DINGTALK_SEED, AIBOT_SEED)), ensure_ascii=random.random() < 0.5))
    return words if random.random() < 0.5 else words.encode("utf-8", "surrogatepass")


def _of(seed: Mapping[str, Any]) -> Callable[[Random], Any]:
    def draw(random: Random) -> Any:
        table = json.loads(json.dumps(seed))
        for _ in range(random.choice((1, 1, 2, 4))):
            _spoil_table(random, table)
        return table

    return draw


def _spoil_table(random: Random, table: Any) -> None:
    """One value of it, however deep, gone, another, or of another kind."""
    while isinstance(table, dict | list) and table:
        at: Any = random.choice(list(table)) if isinstance(table, dict) else random.randrange(len(table))
        inner = table[at]
        if isinstance(inner, dict | list) and inner and random.random() < 0.6:
            table = inner
            continue
        if random.random() < 0.25:
            del table[at]
        else:
            is_words = isinstance(inner, str) and random.random() < 0.4
            table[at] = _spoilt(random, inner) if is_words else _value(random)
        return


def _value(random: Random) -> Any:
    return copy.deepcopy(random.choice(VALUES))


def _read_aibot(body: Any) -> None:
    tidy = clean(body)
    aibot.event_type(tidy)
    aibot.said(tidy, NOW)
    aibot.clicked(tidy, NOW)


def _read_xml(words: str) -> None:
    root = xml.parse(words.encode("utf-8", "surrogatepass"))
    app.is_message(root), app.is_click(root)
    app.said(root, NOW)
    app.clicked(root, NOW)


class _Tables:
    """The demo's plan as files, with cells spoilt."""

    def __init__(self, folder: Path) -> None:
        self._company, self._file = load_company(TODAY), folder / "plan.csv"
        with (Path("bot") / "company" / "items.csv").open(encoding="utf-8-sig") as items:
            self._rows = list(csv.reader(items))

    def draw(self, random: Random) -> list[list[str]]:
        rows = [row[:] for row in self._rows[: random.randrange(2, 40)]]
        for _ in range(random.choice((1, 2, 3))):
            row = random.choice(rows)
            at = random.randrange(len(row))
            row[at] = random.choice((_spoilt(random, row[at]), "", "2026-02-30", "1e400", "=A1", "-1", "x" * 5000))
        return rows

    def read(self, rows: list[list[str]]) -> None:
        with self._file.open("w", encoding="utf-8", errors="surrogatepass", newline="") as file:
            csv.writer(file).writerows(rows)
        known: dict[str, Any] = {"organisation": self._company.organisation, "calendar": self._company.plan.calendar}
        read_plan(self._file, None, today=TODAY, plan_id="main", plan_name="x", **known)


class _SettingsFile:
    def __init__(self, folder: Path) -> None:
        self._file = folder / "config.yaml"
        document = _settings("http://127.0.0.1:1", "sqlite:///x.db", Keys.fresh())
        self._seed = json.loads(json.dumps(document, default=str))

    def draw(self, random: Random) -> str:
        table = json.loads(json.dumps(self._seed))
        _spoil_table(random, table)
        words = yaml.safe_dump(table, allow_unicode=True)
        return _spoilt(random, words) if random.random() < 0.3 else words

    def read(self, words: str) -> None:
        self._file.write_text(words, encoding="utf-8", errors="surrogatepass")
        load_settings(self._file, {}, PLATFORMS, NOW)
