"""帮助: the commands, from the same table the parser reads."""

from cards.markdown import body
from handlers.language import COMMANDS, Help
from handlers.turn import Ask, Turn


def help_(turn: Turn, ask: Ask, command: Help) -> str:
    """All commands, or one in full."""
    chosen = [spec for spec in COMMANDS if command.topic in ("", spec.english)]
    return body(turn.words.locale, "help", commands=chosen, alone=len(chosen) == 1, bot=turn.house.bot_name)
