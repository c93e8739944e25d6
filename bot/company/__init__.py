"""The demo's company: an electronics maker with eight departments and a plan that is alive whatever today is."""

from bot.company.company import Company, Resident, Room
from bot.company.load import load_company, settings_document
from bot.company.stories import Story, load_stories

__all__ = ["Company", "Resident", "Room", "Story", "load_company", "load_stories", "settings_document"]
