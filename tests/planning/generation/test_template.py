"""What makes a template unusable, each with what to look for."""

from dataclasses import replace

import pytest

from planning.generation.template import Stage, Template, Tie

GOOD = Template("T", tuple(Stage(key, key, "task") for key in ("A", "B", "DL", "P")), (
    Tie("A", "B"), Tie("B", "DL"), Tie("DL", "P"),
))  # fmt: skip


@pytest.mark.parametrize(
    ("template", "faults"),
    [
        (GOOD, []),
        (replace(GOOD, stages=(*GOOD.stages, Stage("A", "A", "task"))), [("template_twice", "A")]),
        (replace(GOOD, ties=(*GOOD.ties, Tie("X", "B"))), [("template_stage", "X")]),
        (replace(GOOD, delivery="Y"), [("template_delivery", "Y")]),
        (replace(GOOD, ties=(*GOOD.ties, Tie("B", "A"))), [("template_loop", "A → B → A")]),
        (replace(GOOD, ties=(*GOOD.ties, Tie("A", "A"))), [("template_loop", "A → A")]),
        (replace(GOOD, stages=(*GOOD.stages, Stage("L", "L", "task"))), [("template_loose", "L")]),
    ],
)
def test_faults(template: Template, faults: list[tuple[str, str]]) -> None:
    found = [(fault.code, fault.facts.get("path") or fault.facts["stage"]) for fault in template.faults()]
    assert found == faults
