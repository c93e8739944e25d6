"""Every table, a file for each room that reads and writes them. `plan_id` leads every key: the plan is the unit of
consistency and of distribution; but `schema_marks` is about the database as a whole."""

from storage.tables import change, control, delivery, facts, people, plan, rhythm, trail, web
from storage.tables.base import metadata

__all__ = ["change", "control", "delivery", "facts", "metadata", "people", "plan", "rhythm", "trail", "web"]
