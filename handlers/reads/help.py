"""帮助: the commands, from the records that they are."""

from cards.markdown import body
from handlers.language import Help
from handlers.turn import Ask, Turn
from planning.people.organisation import Role


def help_(turn: Turn, ask: Ask, command: Help) -> str:
    """All commands, or one in full; an admin is also told what this conversation is called in the settings."""
    phrases = turn.vocabulary.phrases
    chosen = [phrase for phrase in phrases if command.topic in ("", phrase.english)]
    here = turn.words("answer.this-conversation", conversation=ask.conversation) if ask.person.has(Role.ADMIN) else ""
    values = {"commands": chosen, "alone": len(chosen) == 1, "bot": turn.environment.bot_name, "here": here}
    return body(turn.words.locale, "help", **values)
