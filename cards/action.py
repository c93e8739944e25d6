"""Payload of a button: a card and a verb. It carries no authority; the server decides from its records."""

import re
from dataclasses import dataclass
from enum import StrEnum

MAX_BYTES = 1024
"""WeCom's limit for a button's key (rule W12)."""
_CARD_ID = re.compile(r"[0-9A-Za-z_\-@]{1,128}")


class Verb(StrEnum):
    SUBMIT = "submit"
    DISCARD = "discard"
    APPROVE = "approve"
    REJECT = "reject"
    MODIFY = "modify"
    TRANSFER = "transfer"
    RECEIVED = "received"
    REMIND = "remind"
    SETTLE = "settle"
    """Choice of the one of two conflicting requests that stands."""
    EXTEND = "extend"
    DETOUR = "detour"
    """The same wish, begun on the earliest day outside the fences."""
    URGENT = "urgent"
    """The way through the fence as an emergency."""
    SAY = "say"
    """Have an offered command carried out as if it had been typed; the choice is its place."""
    FILL = "fill"
    """Complete an offered command by words of one's own."""
    NEITHER = "neither"
    """None of what is offered was meant."""
    ACCEPT = "accept"
    """Act for somebody away."""
    DECLINE = "decline"
    """Do not act for somebody away, or not any more."""
    CALL_OFF = "call_off"
    """Take back that somebody is asked to act."""
    CONFIRM = "confirm"
    """Let a change of the settings take effect."""
    REFUSE = "refuse"
    """Do not let it."""
    APPLY = "apply"
    """Ask to be let in, as somebody unknown; the choice is a department."""
    CURE = "cure"
    """Propose the change that would end an exception."""
    TAKE = "take"
    """See to an exception."""
    SNOOZE = "snooze"
    MUTE = "mute"
    PROBLEM = "problem"
    """Say what is wrong with what the card is about."""
    SEE_TO = "see_to"
    """Be the one who sees to an issue."""
    REPLY = "reply"
    HAND_ON = "hand_on"
    CHANGE = "change"
    """Propose a change of the item of an issue."""
    AGREE = "agree"
    """Confirm what was agreed on."""
    DISPUTE = "dispute"
    """Say that it was agreed otherwise."""
    DRAFT = "draft"
    """Propose the change that was agreed on."""
    SOLVED = "solved"
    UNSOLVED = "unsolved"
    DETAILS = "details"
    """What does not stand on the card: the whole effect, the steps, the reason for the reader."""
    BACK = "back"
    """Leave a second page (reasons, colleagues, details) without choosing."""


class BadAction(ValueError):
    """The text is not an action of one of our cards."""


@dataclass(frozen=True, slots=True)
class Action:
    """Packs to `card/verb`, `card/verb/choice`, and where it decides `card/verb@seen/choice`."""

    card: str
    verb: Verb
    choice: str = ""
    seen: str = ""
    """The beginning of the hash of the effect that the card showed: nobody decides on another (rule I9). Empty:
    the button decides nothing; an action that decides without it is a forged one."""

    def pack(self) -> str:
        verb = f"{self.verb}@{self.seen}" if self.seen else self.verb
        packed = "/".join(filter(None, (self.card, verb, self.choice)))
        if len(packed.encode()) > MAX_BYTES:
            raise BadAction(f"an action may have {MAX_BYTES} bytes, this one has {len(packed.encode())}")
        return packed

    @classmethod
    def unpack(cls, packed: str) -> "Action":
        card, _, rest = packed.partition("/")
        does, _, choice = rest.partition("/")
        verb, _, seen = does.partition("@")
        if not _CARD_ID.fullmatch(card) or verb not in set(Verb) or len(packed) > MAX_BYTES:
            raise BadAction("not an action of one of our cards")
        return cls(card, Verb(verb), choice, seen)
