"""The template that a name means."""

from dataclasses import replace

from handlers.language.commands.generating import Generate
from handlers.turn import Turn
from planning.generation.template import Template
from planning.refusal import Refused

_OFFERED = 4


def template_named(turn: Turn, name: str, command: Generate | None = None) -> Template:
    """Raises Refused("generate-template"), with a choice of the command by each of them."""
    there = turn.environment.templates
    found = [one for one in there if one.name.casefold() == name.casefold()] if name else list(there)
    if len(found) == 1:
        return found[0]
    offers = [turn.spell(replace(command, template=one.name)) for one in there[:_OFFERED]] if command else ()
    raise Refused("generate-template", offers=offers, templates=turn.words.list([one.name for one in there]))
