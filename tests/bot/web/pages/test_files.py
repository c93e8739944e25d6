"""Files of the pages: what they weigh, whose they are, and that nothing is fetched from elsewhere."""

import re
from gzip import compress
from hashlib import sha256

import pytest

from bot.web.pages.render import FILES, HERE
from tests.bot.web.pages.visitor import Visitor
from tests.handlers.company import Company

SQLITE = pytest.mark.parametrize("backend", ["sqlite"])
FIRST_VISIT = 120 * 1024
"""Bytes, compressed."""
ELSEWHERE = re.compile(r"""(?:src|href|action|url|fetch|import)\s*[=(]?\s*["'(]?\s*(?:https?:)?//""", re.IGNORECASE)


def test_what_is_not_ours_is_as_its_makers_published_it() -> None:
    lines = [line.split() for line in (FILES / "SHA256SUMS").read_text("utf-8").splitlines()]
    known = {name: digest for digest, name in lines}
    vendored = {file.name: sha256(file.read_bytes()).hexdigest() for file in FILES.glob("*.min.js")}
    assert vendored == known
    for name in vendored:
        assert (FILES / f"{name.partition('-')[0]}.LICENSE.txt").exists()


def test_nothing_is_fetched_from_elsewhere() -> None:
    own = [file for file in FILES.iterdir() if file.suffix in (".js", ".css") and ".min." not in file.name]
    for file in (*own, *(HERE / "templates").iterdir()):
        assert not ELSEWHERE.search(file.read_text("utf-8")), file.name


@SQLITE
async def test_a_first_visit_is_small_and_kept(company: Company, visitor: Visitor) -> None:
    opened = await visitor.log_in(company, "boss")
    weight = len(compress(opened.content))
    for address in re.findall(r'(?:src|href)="(/pages/static/[^"]+)"', opened.text):
        file = await visitor.open(address)
        assert file.status_code == 200
        assert "immutable" in file.headers["Cache-Control"]
        assert file.headers["X-Content-Type-Options"] == "nosniff"
        weight += len(compress(file.content))
    assert 20_000 < weight <= FIRST_VISIT


@SQLITE
@pytest.mark.parametrize("path", ["../render.py", "..%2frender.py", "%2e%2e/login.py", "x.js", ""])
async def test_no_other_file_is_served(visitor: Visitor, path: str) -> None:
    assert (await visitor.open(f"/pages/static/{path}")).status_code in (404, 405)
