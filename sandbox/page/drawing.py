"""The templates and what they may call: words, marks, a person's coloured disc, the change request a card names."""

import re
from collections.abc import Mapping
from pathlib import Path
from zlib import crc32

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

from sandbox.page import words
from sandbox.page.markdown import markdown
from sandbox.page.typeset import typeset
from sandbox.world import Face

HERE = Path(__file__).parent
HUES = 10
"""Colours in `avatar.css`."""
NUMBER = r"CR-[0-9]{8}-[0-9]{3,9}"
CARD = r"[0-9A-Za-z_]+-[0-9a-f]{16}(?:-v[0-9]+)?"
_NAMED = re.compile(NUMBER)


class Drawing:
    """Renders a template to an answer; every value is escaped unless a filter made it safe."""

    def __init__(self, offers_pictures: bool = False, offers_plan: bool = False) -> None:
        self._templates = Environment(
            loader=FileSystemLoader(HERE / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.globals.update(words=words, offers_pictures=offers_pictures, offers_plan=offers_plan)
        self._templates.filters.update(
            markdown=markdown,
            typeset=typeset,
            fingerprint=_fingerprint,
            initials=initials,
            hue=hue,
            day=words.day,
            change_named=change_named,
            preview_named=preview_named,
        )

    def page(self, template: str, values: Mapping[str, object], status: int = 200) -> HTMLResponse:
        return HTMLResponse(self._templates.get_template(template).render(values), status)


def _fingerprint(html: str) -> str:
    """Tells the script which pieces of a fetched fragment differ from what is on the screen."""
    return f"{crc32(html.encode()):x}"


def initials(name: str) -> str:
    """王小明 → 小明, Zhang San → ZS, and never empty: the platforms show the end of a Chinese name."""
    parts = name.split()
    if name.isascii():
        return "".join(part[0] for part in parts[:2]).upper() or "?"
    return (parts[-1] if parts else "?")[-2:]


def hue(person: str) -> int:
    """The colour of a person's disc: always the same for the same person, on every start."""
    return crc32(person.encode()) % HUES


def change_named(face: Face) -> str:
    """The first change request the card names; empty: none."""
    said = (face.status, face.title, face.body, *(value for _, value in face.facts), face.note)
    found = _NAMED.search("\n".join(said))
    return found[0] if found else ""


def preview_named(face: Face) -> str:
    """The word that stands in the place of a number on a preview's card; empty: it is none. WeCom draws the status
    as the first line."""
    first_lines = (face.status, face.body.partition("\n")[0])
    return next(filter(None, map(words.preview, first_lines)), "")
