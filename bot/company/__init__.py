"""The demo's company: an electronics maker with eight departments and a plan that is alive whatever today is."""

from bot.company.company import Company, Resident, Room, Story
from bot.company.load import load_company, load_reports, load_stories, settings_document

__all__ = ["Company", "Resident", "Room", "Story", "load_company", "load_reports", "load_stories", "settings_document"]
