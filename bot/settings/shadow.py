"""`shadow`: the departments and product lines that only observe, until they are enforced one after the other."""

from typing import Annotated

from pydantic import Field

from bot.settings.kinds import Identifier, Text
from bot.settings.section import Section
from planning.control.shadow import Shadow


class ShadowSettings(Section):
    """The section `shadow`; left out: everything is enforced."""

    departments: tuple[Identifier, ...] = ()
    products: tuple[Text, ...] = ()
    everything: Annotated[bool, Field(alias="all")] = False

    def shadow(self) -> Shadow:
        return Shadow(self.departments, self.products, self.everything)
