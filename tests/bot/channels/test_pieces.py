"""Long texts in pieces, text that can be stored, and calls that outlive who made them."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.common.clean import clean
from bot.channels.common.once import Once
from bot.channels.common.pieces import Parts, pieces


@given(st.text(alphabet="a二\n😀", max_size=60), st.integers(4, 30))
def test_every_piece_fits_and_no_word_is_lost(text: str, limit: int) -> None:
    cut = pieces(text, limit)
    assert all(len(piece.encode()) <= limit for piece in cut)
    assert "".join(cut).replace("\n", "") == text.replace("\n", "")


@pytest.mark.parametrize(
    ("text", "limit", "cut"),
    [
        ("", 5, []),
        ("\n\n", 5, []),
        ("一行", 6, ["一行"]),
        ("a\nb\nc", 3, ["a\nb", "c"]),
        ("abcdef\ng", 4, ["abcd", "ef\ng"]),
        ("一二三", 7, ["一二", "三"]),
    ],
)
def test_pieces(text: str, limit: int, cut: list[str]) -> None:
    assert pieces(text, limit) == cut


async def test_a_message_goes_on_after_its_last_piece_that_went_out() -> None:
    out: list[str] = []
    room = 2

    async def send(piece: str) -> None:
        if len(out) == room:
            raise RuntimeError("not now")
        out.append(piece)

    parts = Parts()
    with pytest.raises(RuntimeError):
        await parts.send("k1", ["一", "二", "三"], send)
    room = 9
    await parts.send("k1", ["一", "二", "三"], send)
    await parts.send("k1", ["一", "二", "三"], send)
    await parts.send("k2", ["四"], send)
    assert out == ["一", "二", "三", "四"]


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("改期\x00 MO-1", "改期 MO-1"),
        ("半个\ud83d字", "半个字"),
        ({"a\x00": ["\udc00x", {"b": "😀"}], "n": 1, "z": None}, {"a": ["x", {"b": "😀"}], "n": 1, "z": None}),
    ],
)
def test_clean(raw: object, cleaned: object) -> None:
    assert clean(raw) == cleaned


class TestOnce:
    async def test_the_same_request_is_worked_on_once(self) -> None:
        made: list[str] = []
        now = [0.0]
        once: Once[str] = Once(600, lambda: now[0])

        async def make() -> str:
            made.append("made")
            return "answer"

        assert [await once.answer("s", make, 1) for _ in range(3)] == ["answer"] * 3
        assert made == ["made"]
        now[0] = 601
        await once.answer("s", make, 1)
        assert made == ["made", "made"]

    async def test_a_failure_is_not_remembered(self) -> None:
        results = iter([RuntimeError("away"), "answer"])
        once: Once[str] = Once(600, lambda: 0.0)

        async def make() -> str:
            result = next(results)
            if isinstance(result, Exception):
                raise result
            return str(result)

        with pytest.raises(RuntimeError, match="away"):
            await once.answer("s", make, 1)
        assert await once.answer("s", make, 1) == "answer"

    async def test_who_gave_up_waiting_finds_it_done(self) -> None:
        gate = asyncio.Event()
        once: Once[str] = Once(600, lambda: 0.0)

        async def make() -> str:
            await gate.wait()
            return "answer"

        with pytest.raises(TimeoutError):
            await once.answer("s", make, 0.01)
        gate.set()
        assert await once.answer("s", make, 1) == "answer"


