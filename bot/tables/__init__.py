"""Plans as tables: CSV, TSV and XLSX files in and out."""

from bot.tables.problem import Problem, TableError
from bot.tables.read import ReadPlan, read_plan
from bot.tables.write import write_plan

__all__ = ["Problem", "ReadPlan", "TableError", "read_plan", "write_plan"]
