"""Markdown bodies from Jinja2 templates, with what people typed made harmless."""

import re
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

TEMPLATES = Path(__file__).parent / "templates"
# Markdown's own signs in somebody's text become their full-width twins: readable, and without effect.
_HARMLESS = str.maketrans("*_`#[]<>|~", "＊＿｀＃［］＜＞｜～")
_INVISIBLE = re.compile(r"[\x00-\x1f\x7f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+")


_ADDRESS = re.compile(r"(?i)(?<=[a-z0-9])://|\b(www)\.")


def unlinked(text: str) -> str:
    """The text with addresses that are read and lead nowhere: chats make a link of every bare one, and what somebody
    typed as a reason stands on other people's cards."""
    return _ADDRESS.sub(lambda found: f"{found[1]}．" if found[1] else "：//", text)


_OPENS, _CLOSES = "\ue000", "\ue001"
_OWN = re.compile(f"{_OPENS}([^{_OPENS}{_CLOSES}]*){_CLOSES}")
_SIGNS = re.compile(f"[{_OPENS}{_CLOSES}]")


def own(address: str) -> str:
    """An address of ours, between signs that tell it from what somebody typed."""
    return f"{_OPENS}{address}{_CLOSES}"


def without_signs(text: str) -> str:
    """A text in which nothing passes for an address of ours: signs can be typed."""
    return _SIGNS.sub("", text)


def unlinked_but_own(text: str) -> str:
    """A message as it is sent: addresses of ours lead to our pages, all others nowhere."""
    typed, *rest = _OWN.split(text)
    told = [unlinked(typed)]
    for address, behind in zip(rest[::2], rest[1::2], strict=True):
        told += [address, unlinked(behind)]
    return without_signs("".join(told))


class Code(str):
    """Text shown as it was written, in a code span: to be copied, never to be read as markdown."""

    __slots__ = ()

    def __str__(self) -> str:
        fence = "`" * (max((len(run) for run in re.findall("`+", self)), default=0) + 1)
        inner = _INVISIBLE.sub(" ", self[:]).strip()
        return f"{fence} {inner} {fence}" if "`" in inner else f"{fence}{inner}{fence}"


def plain(value: object) -> object:
    """One harmless line of text; code as it is."""
    if not isinstance(value, str) or isinstance(value, Code):
        return value
    return _INVISIBLE.sub(" ", value).translate(_HARMLESS).strip()


_environment = Environment(
    loader=FileSystemLoader(TEMPLATES),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    autoescape=False,  # markdown, not HTML: `finalize` does what is needed
    finalize=plain,
)


def body(locale: str, template: str, **values: Any) -> str:
    """Render `templates/<locale>/<template>.md.j2`; blank lines at the ends and doubled ones inside are removed."""
    text = _environment.get_template(f"{locale}/{template}.md.j2").render(**values)
    return re.sub(r"\n{3,}", "\n\n", text).strip()
