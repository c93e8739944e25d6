"""帮助: what this person needs most and what waits for them; all commands, or one of them, from their records."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from cards.markdown import body
from handlers.language import EVERYTHING, Help, Phrase
from handlers.reads.change.waiting import waits_for
from handlers.reply import Reply
from handlers.turn import Ask, Turn
from planning.people.organisation import Person, Role

NEEDED: Mapping[Role, tuple[str, ...]] = {
    Role.ADMIN: ("rules", "shadow"),
    Role.COORDINATOR: ("pending", "freeze"),
    Role.APPROVER: ("approve", "modify"),
    Role.PLANNER: ("move", "impact"),
    Role.VIEWER: ("overview", "late"),
}
"""The two commands that people of a role need most, by their keys."""
EVERYBODYS = ("plan", "why", "todo")
MOST = 5
_ENGLISH = re.compile(r"\W*help\b", re.IGNORECASE)
SHOWN = 2
"""Waiting requests with a button of their own."""


def help_(turn: Turn, ask: Ask, command: Help) -> str | Reply:
    """The commands of somebody's roles, and buttons for what waits for them; an admin is also told what this
    conversation is called in the settings. Who asks in English is answered in it."""
    words = replace(turn.words, locale="en") if _ENGLISH.match(ask.text) else turn.words
    here = words("answer.this-conversation", conversation=ask.conversation) if ask.person.has(Role.ADMIN) else ""
    values = {"bot": turn.environment.bot_name, "here": here}
    if command.topic:
        phrases = [p for p in turn.vocabulary.phrases if command.topic in (EVERYTHING, p.english)]
        return body(words.locale, "help", commands=phrases, alone=command.topic != EVERYTHING, **values)
    waiting = list(dict.fromkeys(wait.change.no for wait in waits_for(turn, ask.person)))
    steps = ("待办", *(f"影响图 {no}" for no in waiting[:SHOWN]), "帮助 全部") if waiting else ()
    text = body(words.locale, "help-for", commands=list(_needed(turn, ask.person)), waiting=len(waiting), **values)
    return Reply(text, steps)


def _needed(turn: Turn, person: Person) -> Iterator[Phrase]:
    keys = [key for role in NEEDED if person.has(role) for key in NEEDED[role]]
    for key in dict.fromkeys([*keys, *EVERYBODYS][:MOST]):
        yield turn.vocabulary.named(key)
