"""The templates and what they may call."""

from collections.abc import Mapping
from pathlib import Path
from zlib import crc32

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

from sandbox.page import avatar, words
from sandbox.page.markdown import markdown
from sandbox.page.naming import change_named
from sandbox.page.typeset import typeset

HERE = Path(__file__).parent


class Drawing:
    """Renders a template to an answer; every value is escaped unless a filter made it safe."""

    def __init__(self, offers_pictures: bool = False) -> None:
        self._templates = Environment(
            loader=FileSystemLoader(HERE / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.globals.update(words=words, offers_pictures=offers_pictures)
        self._templates.filters.update(
            markdown=markdown,
            typeset=typeset,
            fingerprint=_fingerprint,
            initials=avatar.initials,
            hue=avatar.hue,
            day=words.day,
            short_day=words.short_day,
            moment=words.moment,
            change_named=change_named,
        )

    def page(self, template: str, values: Mapping[str, object], status: int = 200) -> HTMLResponse:
        return HTMLResponse(self._templates.get_template(template).render(values), status)


def _fingerprint(html: str) -> str:
    """Tells the script which pieces of a fetched fragment differ from what is on the screen."""
    return f"{crc32(html.encode()):x}"
