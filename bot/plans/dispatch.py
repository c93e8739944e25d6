"""Dispatch of what the channels bring to the plan it is of; an answer says which plan that was."""

from collections.abc import Sequence
from dataclasses import replace

from bot.plans.router import PlanRouter
from bot.plans.running_plan import RunningPlan
from handlers.events import Answer, Clicked, DirectoryChanged, Said


class Dispatch:
    """`bot.channels.common.channel.Inbound`, for every channel."""

    def __init__(self, plans: Sequence[RunningPlan]) -> None:
        self._plans, self._router = plans, PlanRouter(plans)

    async def said(self, event: Said) -> None:
        plan, event = self._router.of_words(event)
        await plan.inbox_worker.said(event)

    async def clicked(self, event: Clicked) -> Answer | None:
        plan = self._router.of_click(event)
        answer = await plan.inbox_worker.clicked(event)
        name = plan.environment.plan_name
        return replace(answer, card=replace(answer.card, plan=name)) if answer and name else answer

    async def answered(self, event: Clicked, answer: Answer) -> None:
        plan = self._router.of_card(answer.card_id) or self._router.of_click(event)
        await plan.inbox_worker.answered(event, answer)

    async def directory_changed(self, event: DirectoryChanged) -> None:
        """People are kept by one plan for all."""
        for plan in self._plans:
            if plan.environment.settings and plan.environment.settings.home == plan.id:
                await plan.inbox_worker.directory_changed(event)
