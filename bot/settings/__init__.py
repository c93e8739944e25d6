"""The service's settings: `config.yaml` as one checked, frozen value."""

from bot.settings.load import load_settings
from bot.settings.mistake import Mistake, SettingsError
from bot.settings.model import Settings

__all__ = ["Mistake", "Settings", "SettingsError", "load_settings"]
