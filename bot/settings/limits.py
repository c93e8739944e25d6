"""The section `limits`: how much of what comes in is handled, so that nobody starves the others."""

from datetime import timedelta
from typing import Annotated

from pydantic import Field

from bot.settings.kinds import Section
from handlers.limits import Limits
from storage.delivery.rates import Rate

RateCount = Annotated[int, Field(ge=1, le=100_000)]
Limit = Annotated[int, Field(ge=0, le=100_000)]
"""0: any number."""


class LimitSettings(Section):
    person_burst: RateCount = 20
    person_per_minute: RateCount = 20
    conversation_burst: RateCount = 100
    conversation_per_minute: RateCount = 100
    strangers_burst: RateCount = 30
    strangers_per_minute: RateCount = 30
    open_per_proposer: Limit = 100
    open_per_item: Limit = 20
    waiting_messages: Limit = 1000
    waiting_answers: Limit = 50
    api_per_minute: Limit = 1200

    def limits(self) -> Limits:
        return Limits(
            of_person=_rate(self.person_burst, self.person_per_minute),
            of_conversation=_rate(self.conversation_burst, self.conversation_per_minute),
            of_strangers=_rate(self.strangers_burst, self.strangers_per_minute),
            open_of_proposer=self.open_per_proposer,
            open_of_item=self.open_per_item,
            waiting_messages=self.waiting_messages,
            waiting_answers=self.waiting_answers,
        )


def _rate(burst: int, per_minute: int) -> Rate:
    return Rate(burst, timedelta(minutes=1) / per_minute)
