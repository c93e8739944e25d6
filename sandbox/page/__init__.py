"""The chat page of the demo: everybody's phone, side by side, in one browser window."""

from sandbox.page.actions import FORM_INPUT
from sandbox.page.app import create_page
from sandbox.page.plan import HttpPlan, PlanItem, PlanSource, PlanUnavailable, Revision
from sandbox.page.scene import Example, NextMorning

__all__ = [
    "FORM_INPUT",
    "Example",
    "HttpPlan",
    "NextMorning",
    "PlanItem",
    "PlanSource",
    "PlanUnavailable",
    "Revision",
    "create_page",
]
