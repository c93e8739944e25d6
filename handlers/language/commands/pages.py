"""链接 and 退出: how somebody opens the pages, and leaves them."""

from dataclasses import dataclass

from handlers.language.values.change_numbers import change_number
from handlers.language.values.objects import without_courtesy
from handlers.language.vocabulary import Command, Phrase, Say, Typed

PAGES = {
    "overview": "总览", "changes": "变更", "exceptions": "异常", "issues": "反馈", "board": "看板",
    "gantt": "甘特", "readiness": "齐套",
}  # fmt: skip
"""Pages by the first part of their address."""
_NAMED = {word: page for page, name in PAGES.items() for word in (page, name)}


@dataclass(frozen=True, slots=True)
class SendLink(Command):
    """Ask for a link that logs in. `page`: one of PAGES, or a change request's number; empty: the first page."""

    page: str = ""


@dataclass(frozen=True, slots=True)
class LogOut(Command):
    """End the speaker's sessions in every browser."""


def send_link(typed: Typed) -> SendLink:
    """Raises `leftover`."""
    words = without_courtesy(typed.rest)
    if not words:
        return SendLink()
    page = _NAMED.get(words.lower()) or change_number(words)
    if page is None:
        raise typed.refused("leftover", found=words, example="")
    return SendLink(page)


def log_out(typed: Typed) -> LogOut:
    """Raises `leftover`."""
    if words := without_courtesy(typed.rest):
        raise typed.refused("leftover", found=words, example="")
    return LogOut()


def _spell(command: SendLink, say: Say) -> str:
    return say(PAGES.get(command.page, command.page), command.page)


LINK = Phrase(
    "链接", "lj", "link",
    "链接 [总览|变更|异常|反馈|看板|甘特|齐套|变更单号]",
    "link [overview|changes|exceptions|issues|board|gantt|readiness|change no]",
    "链接", "link",
    "要一个只有你能用的链接，在浏览器里看计划", "a link of your own, to look at the plan in a browser",
    read=send_link, spells={SendLink: _spell}, everyday=True,
    also=("链接 总览", "link overview"),
)  # fmt: skip
LOG_OUT = Phrase(
    "退出", "tc", "logout",
    "退出", "logout",
    "退出", "logout",
    "退出网页：你的所有设备都要重新登录", "logs you out of the pages on every device",
    read=log_out, spells={LogOut: lambda asked, say: ""}, everyday=True,
)  # fmt: skip
