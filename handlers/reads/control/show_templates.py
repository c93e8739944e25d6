"""模板: the process templates there are, or the stages of one."""

from handlers.govern.templates import template_named
from handlers.language.commands.generating import ShowTemplates
from handlers.turn import Ask, Turn
from planning.generation.template import Stage, Template
from planning.plan.ratio import written


def show_templates(turn: Turn, ask: Ask, command: ShowTemplates) -> str:
    """Raises Refused("generate-template")."""
    if command.name:
        template = template_named(turn, command.name)
        return "\n".join([turn.words("generate.one", template=template.name), *_rows(turn, template)])
    there = [_line(turn, one) for one in turn.environment.templates]
    return "\n".join(there) if there else turn.words("generate.none")


def _line(turn: Turn, template: Template) -> str:
    stages = " → ".join(template.stage(key).title for key in template.in_order())
    return turn.words("generate.template", template=template.name, stages=stages)


def _rows(turn: Turn, template: Template) -> list[str]:
    return [_row(turn, template, template.stage(key)) for key in template.in_order()]


def _row(turn: Turn, template: Template, stage: Stage) -> str:
    departments = turn.organisation.departments
    who = departments[stage.department].name if stage.department in departments else turn.words("generate.nobody")
    facts = [who, turn.words("generate.no-days") if stage.has_no_lead else turn.words("generate.days", n=stage.days)]
    for tie in template.out_of(stage.key):
        if tie.ratio is not None:
            then = template.stage(tie.then).title
            facts.append(turn.words("generate.ratio", ratio=written(tie.ratio), then=then))
    return turn.words("generate.stage", title=stage.title, facts=" · ".join(facts))
