"""The guides: what they name is there, and the picture is that of its source."""

import re
from html import unescape

import pytest

from tests import ROOT
from tests.docs.picture import DRAWN, SOURCE

GUIDES = ("CONTRIBUTING.md", "README.md", "README.zh-CN.md", "docs/architecture.md", "docs/rules.md", "news/README.md")
ROOMS = ("bot", "cards", "connectors", "docs", "handlers", "news", "planning", "sandbox", "storage", "tests")
NAMED = re.compile(rf"`((?:{'|'.join(ROOMS)})/[\w./-]*)`")
LINKED = re.compile(r"\]\((?!https?:)([\w./-]+)(?:#([\w-]+))?\)")


@pytest.mark.parametrize("guide", GUIDES)
def test_every_file_it_names_is_there(guide: str) -> None:
    text = (ROOT / guide).read_text(encoding="utf-8")
    assert [name for name in NAMED.findall(text) if not (ROOT / name).exists()] == []


@pytest.mark.parametrize("guide", GUIDES)
def test_every_link_leads_somewhere(guide: str) -> None:
    here = (ROOT / guide).parent
    links = LINKED.findall((ROOT / guide).read_text(encoding="utf-8"))
    assert [link for link, _ in links if not (here / link).exists()] == []


def test_the_picture_says_what_its_source_says() -> None:
    """Where each letter stands depends on the machine's fonts; what is written there does not."""
    words = re.compile(r">([^<>\n\[\]]+)<")
    source = {unescape(word).strip() for word in words.findall(SOURCE.read_text(encoding="utf-8"))} - {""}
    source |= {label.strip() for label in re.findall(r'label="([^"]+)"', SOURCE.read_text(encoding="utf-8"))}
    drawn = {unescape(word).replace("\xa0", " ").strip() for word in words.findall(DRAWN.read_text(encoding="utf-8"))}
    assert source - drawn == set(), "draw it anew: make picture"
