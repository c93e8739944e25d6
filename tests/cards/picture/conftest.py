"""The API's own stage: a service with a small plan, asked by other systems."""

from tests.bot.web.conftest import (
    channel,
    clock,
    configured,
    empty,
    environment,
    factory,
    no_secret_in_the_logs,
    system,
)

__all__ = ["channel", "clock", "configured", "empty", "environment", "factory", "no_secret_in_the_logs", "system"]
