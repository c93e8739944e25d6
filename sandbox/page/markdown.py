"""Markdown as a phone draws it: the bot's words become HTML in which nothing can run."""

from collections.abc import Sequence
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from markupsafe import Markup

from sandbox.page.typeset import typeset


@lru_cache(maxsize=4096)
def markdown(text: str) -> Markup:
    """Rendered markdown, safe to put into a page: raw HTML is shown as text, only http(s) links lead anywhere."""
    return Markup(_RENDERER.render(text))


def _renderer() -> MarkdownIt:
    renderer = MarkdownIt("commonmark", {"html": False, "breaks": True})
    # An indented line in a chat is an indented line, not code; pictures would be requests to strangers.
    renderer.enable(["table", "strikethrough"]).disable(["image", "code"])
    renderer.validateLink = _leads_to_the_web  # type: ignore[method-assign]
    renderer.add_render_rule("link_open", _open_elsewhere)
    renderer.add_render_rule("text", _text)
    # A heading inside a chat bubble must not enter the page's own outline.
    renderer.add_render_rule("heading_open", lambda *_: '<p class="heading">')
    renderer.add_render_rule("heading_close", lambda *_: "</p>\n")
    return renderer


def _leads_to_the_web(url: str) -> bool:
    return url.lower().startswith(("https://", "http://"))


def _open_elsewhere(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    tokens[index].attrSet("target", "_blank")
    tokens[index].attrSet("rel", "noopener noreferrer nofollow")
    return renderer.renderToken(tokens, index, options, env)


def _text(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    return str(typeset(tokens[index].content))


_RENDERER = _renderer()
