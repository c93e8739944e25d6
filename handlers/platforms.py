"""Traits of the ways to people, as values: handlers ask for a trait, and for no platform by its name."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Traits:
    """One way to a platform's people: a long connection, a callback, an app. Its conversations are `prefix:…`."""

    prefix: str
    platform: str
    """Platform whose ids its people have: a key of `Person.identities`. Several ways may lead to one platform."""
    updates_in_place: bool = False
    """A shown card can be changed at any time; elsewhere each new state is another card or a used-up permission."""
    updates_once: bool = False
    """A shown card can be changed once by the permission that came with it, or with the last press on it."""
    answers_everyone: bool = False
    """The answer to a click is shown to all who see the card; elsewhere to the one who pressed."""
    has_forms: bool = False
    """A button can ask for a text before it is sent; elsewhere the bot asks in the chat."""
    groups: bool = True
    """It serves conversations of several people with cards that can be pressed."""
    speaks_first: bool = True
    """It says something without having been spoken to, and more than once."""
    to_person: str = ""
    """What stands before a person's id in the name of their own conversation with the bot; empty: it begins none."""
    mentions_the_bot: bool = False
    """What is said in a group comes with the mention of the bot in its text; elsewhere the platform takes it out."""
    bot_name: str = ""
    """What the bot is called there, where the settings say so."""
    hands_over_quotes: bool = True
    """What is said comes with the message it answers."""
    logs_in: bool = False
    """People log in to the pages with their account there; elsewhere by a link that the bot sends."""
    keeps_connection: bool = False
    """We keep a connection that may break; elsewhere the platform calls us."""
    one_connection: bool = False
    """The platform takes one connection, and cuts the earlier one."""
    acknowledges: bool = True
    """The platform waits to hear that a message was taken, which is said once its row is durable."""
    tries_again: bool = True
    """An event that could not be written down comes again: from the platform, else from the channel."""
    click_seconds: float = 4.0
    """The time for a click's answer; later it is not sent any more."""
    card_bytes: int = 0
    """The longest text a card draws, as markdown; a longer one is said in a message. 0: only short rows."""
    messages_a_minute: int = 0
    """Messages and cards that one conversation takes in a minute; 0: any number."""
    messages_an_hour: int = 0
    """The same in an hour."""
    calls_a_month: int = 0
    """Calls that the platform takes in a month from the whole company; 0: any number."""
    picture_bytes: int = 0
    """The largest picture it takes as a message; 0: it takes none."""
    message_bytes: int = 2048
    """The longest message; longer ones are sent in pieces, or cut where only one may be sent."""


@dataclass(frozen=True, slots=True)
class Platforms:
    """The traits of every way there is, by the conversations it serves."""

    by_prefix: Mapping[str, Traits] = field(default_factory=dict)

    @classmethod
    def of(cls, traits: Iterable[Traits]) -> "Platforms":
        return cls({each.prefix: each for each in traits})

    def serving(self, conversation: str) -> Traits:
        """Traits of a conversation; the ones that promise least, where no way leads any more."""
        prefix = prefix_of(conversation)
        return self.by_prefix.get(prefix) or Traits(prefix, prefix)


def prefix_of(conversation: str) -> str:
    return conversation.partition(":")[0]
