"""Sample size: how much a figure may say by how many it was counted from."""

from enum import StrEnum

from planning.facts.on_time import FEW, MANY


class Sample(StrEnum):
    TOO_SMALL = "too_small"
    """No figure at all, only n."""
    SMALL = "small"
    """A fraction, without colour and arrow."""
    ENOUGH = "enough"
    """A percentage, with the colour of its target."""


def sample(n: int) -> Sample:
    if n < FEW:
        return Sample.TOO_SMALL
    return Sample.SMALL if n < MANY else Sample.ENOUGH
