"""The service over HTTP: its health, its metrics, the API for other systems, and the channels' callbacks."""

from bot.web.app import create_web

__all__ = ["create_web"]
