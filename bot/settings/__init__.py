"""The service's settings: `config.yaml` as one checked, frozen value."""

from bot.settings.load import load_settings
from bot.settings.mistake import Mistake, SettingsError
from bot.settings.model import Settings
from bot.settings.platforms import settings_of

__all__ = ["Mistake", "Settings", "SettingsError", "load_settings", "settings_of"]
