"""The service over HTTP: its health, its metrics, the API for other systems, and the channels' callbacks."""

from bot.web.app import create_web
from bot.web.platform.dependencies import Served

__all__ = ["Served", "create_web"]
