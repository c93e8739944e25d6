"""Links to the pages in a message; the secret of one that logs in comes into the text when it is sent, and is not
kept."""

import re
from secrets import token_urlsafe
from urllib.parse import urlencode

from cards.markdown import own
from handlers.turn import Turn
from planning.people.web_access import LINK_LIFE, hash_of

LOGIN = "/in/"
_MARK = re.compile(r"\[\[link:([0-9a-f]{16})\]\]")


def mark_of(id: str) -> str:
    """What stands for the link's address in a text that is still to be sent."""
    return f"[[link:{id}]]"


def has_link(text: str) -> bool:
    return _MARK.search(text) is not None


def with_links(turn: Turn, conversation: str, text: str) -> str:
    """The text with the addresses of its links. Only what was made for this conversation opens anything: a mark can be
    typed by anybody."""

    def address(mark: re.Match[str]) -> str:
        found = address_of(turn, mark[1], conversation)
        return own(found) if found else mark[0]

    return _MARK.sub(address, text)


def address_of(turn: Turn, id: str, conversation: str) -> str:
    """The address of a link, with a secret that nobody has seen; empty: it is none of this conversation's."""
    secret = token_urlsafe(32)
    sealed = turn.uow.one_time_links.seal(id, conversation, hash_of(secret), turn.now + LINK_LIFE)
    return f"{turn.environment.pages_at}{LOGIN}{turn.uow.plan_id}.{secret}" if sealed else ""


def page_address(turn: Turn, path: str, **query: str) -> str:
    """The address of a page of this plan, for whoever is logged in; empty: there are no pages."""
    if not turn.environment.pages_at:
        return ""
    asked = {name: value for name, value in query.items() if value}
    if turn.environment.plans:
        asked["plan"] = turn.uow.plan_id
    return f"{turn.environment.pages_at}{path}{f'?{urlencode(asked)}' if asked else ''}"
