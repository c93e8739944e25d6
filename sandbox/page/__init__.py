"""The chat page of the demo: everybody's phone, side by side, in one browser window.

What a browser test holds on to (`data-testid`, with further attributes in brackets): `persona`, `open-plan`,
`today`, `next-morning`, `toasts`; `goto` [data-goto = conversation key]; `column` [data-conversation] with
`member` [data-become = person id], `timeline`, `row` [data-row], `example`, `composer`, `send`; `card`
[data-card, data-revision] with `card-status`, `card-body`, `action` [data-action], `form` [data-action],
`form-input`, `form-send`, `outcome`, `picture-link` [data-picture]; `picture` over the page. Who one is stands in the
address: `/?as=wang.wu`.
"""

from sandbox.page.actions import FORM_INPUT
from sandbox.page.app import create_page
from sandbox.page.scene import Example, NextMorning, OpenPlan, PictureOf, Unavailable

__all__ = [
    "FORM_INPUT",
    "Example",
    "NextMorning",
    "OpenPlan",
    "PictureOf",
    "Unavailable",
    "create_page",
]
