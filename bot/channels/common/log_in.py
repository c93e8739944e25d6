"""Log-in to the pages with a platform's account: where the browser is sent, and who came back."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol


class NotAccepted(Exception):
    """A code that the platform does not take: used, too old, another app's, or made up."""


class Outsider(Exception):
    """An account of nobody in the company."""


@dataclass(frozen=True, slots=True)
class ClientScript:
    """What a page runs inside the platform's client to get a code. `library`: the platform's own, by its address;
    `source`: ours, which fills in and sends the page's form; `data`: what it is told, as `data-…` of that form."""

    library: str
    source: str
    data: Mapping[str, str]


class LogIn(Protocol):
    """One platform's way to log in. Nothing of a code or a token stands in what it raises."""

    platform: str
    """Whose ids it finds: a key of `Person.identities`."""
    code_field: str
    """The name of the code in the address that comes back."""

    def is_client(self, agent: str) -> bool:
        """Check whether a browser, by its User-Agent, is the platform's own client."""

    def script(self, company: str) -> ClientScript | None:
        """How a page inside the client gets a code; None: by an address, as everywhere. `company`: pinned as ours."""

    def address(self, back: str, state: str, inside: bool) -> str:
        """Where the browser is sent: `back` is where it returns to, `state` what it brings along."""

    async def user(self, code: str, by_script: bool) -> str:
        """The platform's id of who the code is of. Raises NotAccepted, Outsider, TryLater or Undeliverable."""

    async def stop(self) -> None: ...
